// One view for one field: label, help, native inputs, what is wrong, and an earlier text beside it.
// env: {put(path, value, {now}), path: [..], today}; a view: {node, set(value), focus(), invalid(sentence), earlier(...)}.
import { h, blank, uid, prose, button, localDay, t } from "./dom.js";
import { choice, choices, scale } from "./choices.js";
import { breath, wait } from "./timers.js";
import { rows } from "./rows.js";
import { shares } from "./shares.js";

// autofill, cloud suggestions and writing services are kept off: what is typed stays on this computer
const QUIET = { autocomplete: "off", dir: "auto", writingsuggestions: "false", autocorrect: "off", "data-gramm": "false", "data-lt-active": "false" };

const labelled = (field, control) => h("div", { class: "wb-field", "data-field": field.id, "data-kind": field.kind },
  h("label", { class: "wb-label", for: control.id }, field.label), help(field, control), control);

/** The small text under a label, tied to its control for screen readers. */
function help(field, control) {
  if (!field.help) return null;
  const id = uid("wb-help");
  control.setAttribute("aria-describedby", id);
  return h("p", { class: "wb-help", id }, field.help);
}

function grow(box) {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function written(field, env, control) {
  const set = value => {
    const text = blank(value) ? "" : String(value);
    if (control.value !== text) control.value = text;
    if (field.kind === "area") requestAnimationFrame(() => grow(control));
  };
  control.addEventListener("input", () => {
    if (field.kind === "area") grow(control);
    env.put(env.path, control.value === "" ? null : control.value);
  });
  control.addEventListener("blur", () => env.flush());
  return { node: labelled(field, control), set, focus: () => control.focus(), control };
}

const text = (field, env) => written(field, env, h("input", { id: uid(), type: "text", spellcheck: "true", ...QUIET }));
const area = (field, env) => written(field, env, h("textarea", { id: uid(), rows: 3, spellcheck: "true", ...QUIET }));

const decimals = step => (String(step ?? 1).split(".")[1] || "").length;

function number(field, env) {
  const control = h("input", { id: uid(), type: "text", inputmode: "decimal", class: "wb-number", ...QUIET, dir: "ltr" });
  const range = blank(field.min) ? (blank(field.max) ? "" : t("up to {high}", { high: field.max })) : blank(field.max) ? t("{low} or more", { low: field.min }) : t("{low} to {high}", { low: field.min, high: field.max });
  const telling = range && (field.max <= 24 || field.unit === "%");     // that a count stays below 1000 helps nobody
  const hint = uid("wb-unit");
  const unit = h("span", { class: "wb-unit", id: hint }, [field.unit, telling && `(${range})`].filter(Boolean).join(" "));
  const view = {
    node: labelled(field, control), control,
    set: value => { control.value = blank(value) ? "" : String(value); },
    focus: () => control.focus(),
  };
  const box = h("div", { class: "wb-with-unit" });
  control.replaceWith(box);
  box.append(control, unit);
  control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), hint].filter(Boolean).join(" "));
  const read = (raw, now) => {
    const typed = raw.trim().replace(",", ".");
    const value = Number(typed), outside = (!blank(field.min) && value < field.min) || (!blank(field.max) && value > field.max);
    const wrong = !/^[+-]?\d*\.?\d*$/.test(typed) || !Number.isFinite(value) ? t("Please write this as a number, such as 3 or 2.5. It is not stored yet.")
      : typed && outside ? t("Please choose a number, {range}. It is not stored yet.", { range }) : null;
    env.put(env.path, wrong || typed === "" ? null : value, { now });     // not the digits before a wrong one
    view.invalid(wrong);
  };
  control.addEventListener("input", () => read(control.value));
  control.addEventListener("blur", () => env.flush());
  control.addEventListener("keydown", event => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const step = field.step || 1, from = Number(control.value.replace(",", "."));
    const start = blank(control.value) || Number.isNaN(from) ? (field.min ?? 0) - (event.key === "ArrowUp" ? step : 0) : from;
    const next = start + (event.key === "ArrowUp" ? step : -step);
    control.value = Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, next)).toFixed(decimals(step));
    read(control.value);
  });
  return view;
}

function dated(field, env, type) {
  const control = h("input", { id: uid(), type, autocomplete: "off" });
  if (field.past) control.max = type === "date" ? localDay(new Date()) : `${localDay(new Date())}T23:59`;
  const view = {
    node: labelled(field, control), control,
    set: value => { control.value = blank(value) ? "" : String(value).slice(0, type === "date" ? 10 : 16); },
    focus: () => control.focus(),
  };
  control.addEventListener("input", () => {
    if (control.validity.badInput) return;                 // half typed: nothing to keep yet
    if (control.value && control.max && control.value > control.max) { view.invalid(t("This day is still to come. Please choose today or an earlier day.")); return; }
    view.invalid(null);
    env.put(env.path, control.value || null, { now: true });
  });
  control.addEventListener("blur", () => {
    if (control.validity.badInput) view.invalid(t("Please write the whole date. It is not stored yet."));
    env.flush();
  });
  return view;
}

function tick(field, env) {
  const control = h("input", { id: uid(), type: "checkbox", autocomplete: "off" });
  control.addEventListener("change", () => env.put(env.path, control.checked ? true : null, { now: true }));
  const node = h("div", { class: "wb-field", "data-field": field.id, "data-kind": "tick" },
    h("div", { class: "wb-tick" }, control, h("label", { for: control.id }, field.label)), help(field, control));
  return { node, control, set: value => { control.checked = value === true; }, focus: () => control.focus() };
}

function read(field) {
  const node = h("div", { class: "wb-field wb-read", "data-field": field.id },
    field.label && h("p", { class: "wb-label" }, field.label), prose(field.text));
  return { node, set: () => {}, focus: () => {} };
}

const KINDS = {
  text, area, number, shares, tick, read, scale, choice, choices, rows, breath, wait,
  date: (field, env) => dated(field, env, "date"),
  datetime: (field, env) => dated(field, env, "datetime-local"),
};

/** The view of one field with its value set. An unknown kind is shown as a text box, so that no answer is out of reach. */
export function fieldView(field, value, env) {
  const view = (KINDS[field.kind] || text)(field, env);
  const wrong = h("p", { class: "wb-invalid", id: uid("wb-wrong"), role: "alert", hidden: true });
  view.invalid = sentence => {
    wrong.textContent = sentence || "";
    wrong.hidden = !sentence;
    for (const [name, value] of [["aria-invalid", "true"], ["aria-errormessage", wrong.id]]) {
      if (sentence) view.control?.setAttribute(name, value);
      else view.control?.removeAttribute(name);
    }
  };
  const thoughts = h("ul", { class: "wb-notices", role: "status", hidden: true });
  view.node.append(wrong, thoughts);
  view.notice ??= says => {
    thoughts.replaceChildren(...(says || []).map(sentence => h("li", {}, sentence)));
    thoughts.hidden = !says?.length;
  };
  view.earlier = (shown, isText, decide) => {
    view.node.querySelector(".wb-earlier")?.remove();
    view.node.append(earlierBox(
      t("This was also answered somewhere else. What you wrote here is kept as current. The other answer was:"), shown, isText, decide));
  };
  view.set(value);
  return view;
}

/** Another page changed this answer too: that answer beside it, to choose from. decide: "earlier" | "mine" | "both". */
export function earlierBox(about, shown, isText, decide) {
  const choose = how => () => { box.remove(); decide(how); };
  const box = h("div", { class: "wb-earlier", role: "group", "aria-label": t("An earlier answer") },
    h("p", {}, about), h("blockquote", { dir: "auto" }, shown),
    h("div", { class: "wb-buttons" }, button(t("Use the earlier one"), choose("earlier")), button(t("Keep mine"), choose("mine")),
      isText && button(t("Keep both"), choose("both"))));
  return box;
}
