// Parts of a form: at most five fields in sight. With several parts each is a fold, and opening one closes the other.
import { h, uid, t } from "./dom.js";
import { on } from "./hub.js";
import { onceMoved } from "./spot.js";

const drawing = new WeakMap();   // a fold -> {ids, fill}: what it holds, and how it is drawn before it was ever opened

/** Elements for `parts` ([{title, fields}]); `inner(field)` gives the element of one field. Later parts are drawn when first opened. */
export function parts(list, inner) {
  const filled = list.filter(part => part.fields.length);
  if (filled.length === 1 && !filled[0].title) return filled[0].fields.map(inner);
  const name = uid("wb-part");
  return filled.map((part, at) => {
    if (part.plain) return h("div", {}, part.fields.map(inner));
    const body = h("div", { class: "wb-part-body" });
    const fold = h("details", { class: "wb-part", name, open: at === 0 && !part.folded }, h("summary", {}, part.title || t("Start here")), body);
    const fill = () => { if (!body.childElementCount) body.append(...part.fields.map(inner)); };
    if (fold.open) fill();
    drawing.set(fold, { ids: part.fields.map(field => field.id), fill });
    fold.addEventListener("toggle", () => { if (fold.open) fill(); });
    keepInSight(fold);
    return fold;
  });
}

/** Is this on the page in front? One that was left may still listen, and has the same parts. */
export const inFront = node => node.isConnected && !node.closest(".lm-mod-hidden");

/** A link may lead to a part of a page, or to one question of it: it unfolds, comes to the top and gets the focus. Returns how to stop listening. */
export function ledTo(form, node) {
  return on("wanted", (led) => {
    if (led.form !== form || !inFront(node)) return;
    led.found = true;
    if (node.matches("details")) node.open = true;
    const part = (led.field && question(node, led.field)) || node;
    rest(part);
    part.scrollIntoView({ block: "start" });
  });
}

/** One question or text of a form, its fold open; of one that a log does not ask yet the tick that switches it on; else null. */
export function question(node, id) {
  for (const fold of node.querySelectorAll("details.wb-part")) {
    const { ids = [], fill } = drawing.get(fold) || {};
    if (!ids.includes(id)) continue;
    fill();
    fold.open = true;
  }
  const asked = node.querySelector(`[data-field="${CSS.escape(id)}"]`);
  if (asked) return asked;
  const tick = node.querySelector(`[data-items~="${CSS.escape(id)}"]`), fold = tick?.closest("details");
  if (fold) fold.open = true;
  return tick;
}

/** The focus, on the first thing of a part that takes it; a text takes no answer, and holds it itself. */
function rest(part) {
  const found = [...part.querySelectorAll("summary, input, select, textarea, button, a[href]")].some(one => {
    one.focus({ preventScroll: true });
    return document.activeElement === one;
  });
  if (found) return;
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

/** Opening one fold closes another above it, and the page moves: one that the reader opened stays in sight. */
export function keepInSight(fold) {
  const look = () => {
    const top = fold.getBoundingClientRect().top;
    if (fold.open && (top < 0 || top > window.innerHeight)) fold.scrollIntoView({ block: "nearest" });
  };
  // not whenever it opens: a page whose first fold comes in open would jump to it
  fold.querySelector("summary").addEventListener("click", () => fold.addEventListener("toggle", look, { once: true }));
}

/** Puts the focus by `focus()`, and puts it back while the page settles: JupyterLab moves it while a page runs. Ends when somebody goes elsewhere. */
export function holdFocus(el, focus) {
  let left = 25, rested = 0;
  const stop = () => clearInterval(timer);
  const hold = () => {
    if (!left-- || rested >= 5) return stop();
    if (document.querySelector("dialog[open]") || !el.offsetParent) return undefined;
    const at = document.activeElement;
    if (el.contains(at)) rested += 1;
    else if (at?.closest(".wb-form, .wb-log")) return stop();   // a link led to another part of the page
    else { rested = 0; focus(); }
    return undefined;
  };
  const timer = setInterval(hold, 100);
  onceMoved(stop);
  hold();
}
