// One answer of one day in the week's grid, as a small native control.
import { h, blank, button, uid } from "./dom.js";

const QUIET = { autocomplete: "off", writingsuggestions: "false", "data-gramm": "false" };

function number(field, { label, put, say, flush }) {
  const control = h("input", { type: "text", inputmode: "numeric", "aria-label": label, class: "wb-cell", ...QUIET });
  const low = field.min ?? 0, high = field.max ?? Infinity;
  control.addEventListener("input", () => {
    const typed = control.value.trim().replace(",", "."), value = Number(typed);
    const fits = typed !== "" && Number.isFinite(value) && value >= low && value <= high && (field.kind !== "scale" || Number.isInteger(value));
    const wrong = typed !== "" && !fits;
    if (wrong) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (wrong) say(`${label}: a number${high < Infinity ? ` from ${low} to ${high}` : ""}, please. It is not stored yet.`);
    put(fits ? value : null);                    // not the digits before a wrong one
  });
  control.addEventListener("blur", flush);
  return { control, set: value => { control.value = blank(value) ? "" : String(value); } };
}

function text(_field, { label, put, flush }) {
  const control = h("input", { type: "text", dir: "auto", spellcheck: "true", "aria-label": label, class: "wb-cell wb-cell-text", ...QUIET });
  control.addEventListener("input", () => put(control.value || null));
  control.addEventListener("blur", flush);
  return { control, set: value => { control.value = blank(value) ? "" : String(value); } };
}

function tick(_field, { label, put }) {
  const control = h("input", { type: "checkbox", "aria-label": label, autocomplete: "off" });
  control.addEventListener("change", () => put(control.checked ? true : null, { now: true }));
  return { control, set: value => { control.checked = value === true; } };
}

function choice(field, { label, put }) {
  const options = field.options.map(([value, words]) => h("option", { value }, words));
  const control = h("select", { "aria-label": label, class: "wb-cell", autocomplete: "off" }, h("option", { value: "" }, "–"), options);
  const chosen = () => put(control.value || null, { now: true });
  control.addEventListener("change", chosen);
  control.addEventListener("keydown", event => {
    const index = /^[1-9]$/.test(event.key) ? Number(event.key) : event.key === "Delete" || event.key === "Backspace" ? 0 : -1;
    if (index < 0 || index > field.options.length) return;
    event.preventDefault();
    control.selectedIndex = index;
    chosen();
  });
  return { control, set: value => { control.value = blank(value) ? "" : value; } };
}

/** Several at once: a button with what is chosen opens a small dialog with the boxes. */
function choices(field, { label, put }) {
  let values = [];
  const control = button("", () => ask(), { class: "wb-cell", "aria-haspopup": "dialog" });
  const set = next => {
    values = next || [];
    const words = field.options.filter(([value]) => values.includes(value)).map(([, each]) => each).join(", ");
    control.textContent = words || "–";
    control.setAttribute("aria-label", `${label}: ${words || "not answered"}`);
  };
  function ask() {
    const boxes = field.options.map(([value, words]) => {
      const input = h("input", { type: "checkbox", id: uid(), value, checked: values.includes(value), autocomplete: "off" });
      input.addEventListener("change", () => {
        set(boxes.map(each => each.querySelector("input")).filter(each => each.checked).map(each => each.value));
        put(values.length ? values : null, { now: true });
      });
      return h("div", { class: "wb-tick" }, input, h("label", { for: input.id }, words));
    });
    const dialog = h("dialog", { class: "wb-picker", "aria-label": label }, h("p", { class: "wb-label" }, label), boxes,
      h("div", { class: "wb-buttons" }, button("Done", () => dialog.close())));
    dialog.addEventListener("close", () => { dialog.remove(); control.focus(); });
    control.closest(".wb-panel").append(dialog);
    dialog.showModal();
  }
  return { control, set };
}

const KINDS = { scale: number, number, text, tick, choice, choices };

/** {node, control, set(value)} for one cell; `label` names field and day for screen readers. */
export function cell(field, value, env) {
  const made = (KINDS[field.kind] || text)(field, env);
  made.set(value);
  return { ...made, node: made.control };
}
