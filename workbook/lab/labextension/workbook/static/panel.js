// The one door of every panel: a widget model comes in, ./panels/<kind>.js draws it.
import { h, stylesheet, t, trouble } from "./dom.js";
import "./save.js";

const SILENCE = "The page does not answer just now. Your words are kept here; please wait a moment or open the page again.";

/** The two-way channel of the contract: call(do, args) asks the kernel, on(name, listener) hears what it pushes. */
export function channel(model) {
  const waiting = new Map(), listeners = new Map();
  let number = 0;
  const hear = message => {
    if (message?.re !== undefined) {
      const asked = waiting.get(message.re);
      waiting.delete(message.re);
      if (!asked) return;
      clearTimeout(asked.timer);
      if (message.error) asked.reject(new Error(message.error));
      else asked.resolve(message);
    } else if (message?.push) {
      (listeners.get(message.push) || []).forEach(listener => listener(message));
    }
  };
  model.on("msg:custom", hear);
  const call = (what, args = {}, { timeout = 60000 } = {}) => new Promise((resolve, reject) => {
    const n = ++number;
    const timer = setTimeout(() => { waiting.delete(n); reject(new Error(t(SILENCE))); }, timeout);
    waiting.set(n, { resolve, reject, timer });
    try {
      model.send({ n, do: what, ...args });
    } catch {                                   // the kernel is gone
      clearTimeout(timer);
      waiting.delete(n);
      reject(new Error(t(SILENCE)));
    }
  });
  const on = (name, listener) => listeners.set(name, [...(listeners.get(name) || []), listener]);
  const end = () => model.off("msg:custom", hear);
  return { call, on, end };
}

const PLAIN = new Set(["Enter", "Backspace", "Delete", "Home", "End", "PageUp", "PageDown", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

/** JupyterLab has one-letter shortcuts (x cuts the cell!): keys that mean something in a form end here. */
function keepKeys(event) {
  const writes = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (writes || PLAIN.has(event.key)) event.stopPropagation();
}

export async function render({ model, el }) {
  ["forms.css", "panels.css"].forEach(stylesheet);
  const kind = model.get("kind");
  const host = h("div", { class: "wb-panel", "data-kind": kind });
  host.addEventListener("keydown", keepKeys);
  el.append(host);
  const { call, on, end } = channel(model);
  let cleanup, gone = false;
  try {
    if (!/^[a-z]+$/.test(kind)) throw new Error("unknown kind of panel");
    const { render: draw } = await import(`./panels/${kind}.js`);
    const ended = await draw({ model, el: host, spec: model.get("spec") || {}, call, on });
    cleanup = typeof ended === "function" ? ended : null;
    if (gone) cleanup?.();
  } catch (error) {
    console.error("workbook panel", kind, error.name, error.stack?.split("\n")[1]);
    host.append(trouble(t("This part of the page could not be shown. Your answers are safe. Please open the page again.")));
  }
  return () => { gone = true; cleanup?.(); end(); };
}

/** Draws the panel of another widget model (its id) into `host`. */
export async function drawModel(model, id, host) {
  return render({ model: await model.widget_manager.get_model(id), el: host });
}
