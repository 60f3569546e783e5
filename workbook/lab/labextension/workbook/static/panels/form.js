// One form: a fold with title, why, example and its fields; saved while one types. Of a page's exercises one is open at a time.
import { h, busily, prose, button, clock, locale, pageLink, t } from "../dom.js";
import { sheet } from "../sheetview.js";
import { keepInSight, ledTo } from "../parts.js";
import { supportBlock } from "../support.js";
import { drawModel } from "../panel.js";

/** A closed form says its one sentence; where a calm moment or the client's own wish opens it, it can be looked at again. */
function closed(model, el, spec, call) {
  const again = () => busily(el, async () => {
    const { model: id } = await call("again", { case: spec.case, want: spec.way === "opt-in" });
    el.replaceChildren();
    await drawModel(model, id, el);
    el.querySelector("summary, button")?.focus();
  });
  const ways = {
    "opt-in": () => [prose(spec.form.purpose, "wb-purpose"), h("p", { class: "wb-help" }, t("This part is here if you want it, and only then.")), button(t("Show this part"), again)],
    calm: () => [h("p", {}, spec.closed), h("div", { class: "wb-buttons" }, pageLink("02-pause.ipynb", t("Breathe first"), { class: "wb-button" }), button(t("Look again"), again))],
  };
  const inside = spec.again && ways[spec.way] ? ways[spec.way]() : [h("p", {}, spec.closed)];
  const card = h("section", { class: "wb-form wb-gate-closed", "data-way": spec.way }, spec.form.title ? h("h3", {}, spec.form.title) : null, inside);
  el.append(card);
  return ledTo(spec.form.id, card);
}

/** Why this helps, how long it takes, and an example in our own words. */
function opening(form) {
  return [
    prose(form.purpose, "wb-purpose"),
    form.minutes ? h("p", { class: "wb-help" }, form.minutes === 1 ? t("About a minute. Leave out whatever does not fit.") : t("About {minutes} minutes. Leave out whatever does not fit.", { minutes: form.minutes })) : null,
    form.example && h("details", { class: "wb-example" }, h("summary", {}, t("An example")), prose(form.example)),
  ];
}

/** Once an answer was saved the fold shows it, so that a page tells at a glance what was begun. */
const since = iso => {
  const date = new Date(iso), today = new Date().toDateString() === date.toDateString();
  return today ? t("Saved {time}", { time: clock(date) }) : t("Last saved {day}", { day: date.toLocaleDateString(locale(), { day: "numeric", month: "short" }) });
};

export function render({ model, el, spec, call, on }) {
  if (spec.closed) return closed(model, el, spec, call);
  const form = sheet({ model, spec, call, parts: spec.parts, values: spec.values, response: null });
  form.notice(spec.notices);
  if (spec.saved_at) form.status.textContent = since(spec.saved_at);
  if (spec.bare) {
    el.append(h("section", { class: "wb-form", "aria-label": spec.form.title }, form.node, form.status));
    return form.end;
  }
  const name = `wb-exercise-${spec.page}`;
  const support = h("div", {});
  on("support", ({ show }) => support.replaceChildren(show ? supportBlock(false) : ""));
  const done = button(t("Done for now"), async () => {
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
  keepInSight(fold);
  const deaf = ledTo(spec.form.id, fold);
  return () => { deaf(); form.end(); };
}
