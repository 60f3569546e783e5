// One form: a fold with title, why, example and its fields; saved while one types. Of a page's exercises one is open at a time.
import { h, prose, button, clock } from "../dom.js";
import { sheet } from "../sheetview.js";
import { inSight } from "../parts.js";
import { supportBlock } from "../support.js";

/** A closed form says its one sentence and shows nothing else. */
function closed(el, spec) {
  el.append(h("section", { class: "wb-form wb-gate-closed" }, h("h3", {}, spec.form.title), h("p", {}, spec.closed)));
}

/** Why this helps, how long it takes, and an example in our own words. */
function opening(form) {
  return [
    prose(form.purpose, "wb-purpose"),
    form.minutes ? h("p", { class: "wb-help" }, `About ${form.minutes} minutes. Leave out whatever does not fit.`) : null,
    form.example && h("details", { class: "wb-example" }, h("summary", {}, "An example"), prose(form.example)),
  ];
}

/** Once an answer was saved the fold shows it, so that a page tells at a glance what was begun. */
const since = iso => {
  const date = new Date(iso), today = new Date().toDateString() === date.toDateString();
  return today ? `Saved ${clock(date)}` : `Last saved ${date.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}`;
};

export function render({ model, el, spec, call, on }) {
  if (spec.closed) return closed(el, spec);
  const form = sheet({ model, spec, call, parts: spec.parts, values: spec.values, response: null });
  if (spec.saved_at) form.status.textContent = since(spec.saved_at);
  if (spec.bare) {
    el.append(h("section", { class: "wb-form", "aria-label": spec.form.title }, form.node, form.status));
    return form.end;
  }
  const name = `wb-exercise-${spec.page}`;
  const support = h("div", {});
  on("support", ({ show }) => support.replaceChildren(show ? supportBlock() : ""));
  const done = button("Done for now", async () => {
    await form.leave();
    fold.open = false;
    fold.querySelector("summary").focus();
  });
  const fold = h("details", { class: "wb-form", name, "data-form": spec.form.id },
    h("summary", {}, h("h3", {}, spec.form.title), form.status),
    h("div", { class: "wb-form-body" }, opening(spec.form), support, form.node, h("div", { class: "wb-buttons" }, done)));
  const others = [...document.querySelectorAll("details.wb-form[open]")].some(other => other.name === name && other.isConnected);
  el.append(fold);
  if (spec.opened ?? !others) fold.open = true;     // once it is on the page: one that comes in open beside another is closed
  fold.addEventListener("toggle", () => { if (fold.open) inSight(fold); });
  return form.end;
}
