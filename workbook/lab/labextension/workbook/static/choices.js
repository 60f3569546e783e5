// Scales and choices: native radios and checkboxes, one Tab stop each, digits choose, Delete takes back.
import { h, blank, uid, button, t } from "./dom.js";

const PAUSE = 900;   // milliseconds within which a second digit belongs to the first (1 then 0 is 10)

/** The box of a field with several controls: its label and help belong to all of them. */
export function frame(field) {
  const helpId = field.help ? uid("wb-help") : null;
  return h("fieldset", { class: "wb-field", "data-field": field.id, "data-kind": field.kind, "aria-describedby": helpId },
    h("legend", { class: "wb-label" }, field.label), helpId && h("p", { class: "wb-help", id: helpId }, field.help));
}

function takeBack(field, onclick) {
  // not a Tab stop of its own: Delete does the same from the keyboard
  return button(t("Clear"), onclick, { class: "wb-clear", tabindex: "-1", hidden: true, "aria-label": t("Clear: {question}", { question: field.label }), title: t("Take this answer back (Delete)") });
}

/** Radios of one group: `entries` are [value, label]; the returned view works on values. */
function radios(field, env, entries, list) {
  const name = uid("wb-radio"), box = frame(field);
  const inputs = entries.map(([value, label]) => {
    const input = h("input", { type: "radio", name, value: String(value), id: uid(), autocomplete: "off" });
    list.append(h("label", { for: input.id }, input, h("span", {}, label)));
    input.addEventListener("change", () => chosen(value));
    return input;
  });
  const clear = takeBack(field, () => { chosen(null); inputs[0].focus(); });
  const set = value => {
    inputs.forEach((input, at) => { input.checked = !blank(value) && String(entries[at][0]) === String(value); });
    clear.hidden = !inputs.some(input => input.checked);
  };
  const chosen = value => { set(value); env.put(env.path, value, { now: true }); };
  list.addEventListener("keydown", event => {
    if ((event.key === "Delete" || event.key === "Backspace") && inputs.some(input => input.checked)) {
      event.preventDefault();
      chosen(null);
    }
  });
  if (list.className === "wb-scale") box.append(h("div", { class: "wb-with-clear" }, list, clear));
  else { list.append(clear); box.append(list); }
  const focus = () => (inputs.find(input => input.checked) || inputs[0]).focus();
  const pick = at => { inputs[at].focus(); chosen(entries[at][0]); };
  return { node: box, set, focus, pick, inputs };
}

/** A rating on whole numbers. Not answered is shown as not answered. */
export function scale(field, env) {
  const low = field.min ?? 0, high = field.max ?? 10;
  const entries = Array.from({ length: high - low + 1 }, (_, at) => [low + at, String(low + at)]);
  const list = h("div", { class: "wb-scale", style: `--wb-steps: ${Math.min(entries.length, 11)}` });
  const view = radios(field, env, entries, list);
  view.node.append(h("div", { class: "wb-ends", "aria-hidden": "true" },
    h("span", {}, field.low ? `${low} ${field.low}` : String(low)), h("span", {}, field.high ? `${high} ${field.high}` : String(high))));
  if (field.low || field.high) {
    // the ends belong to the group's name: a screen reader hears them once, on entering
    view.node.querySelector("legend").append(h("span", { class: "wb-sr" }, t(" ({low} to {high})", { low: `${low} ${field.low || ""}`, high: `${high} ${field.high || ""}` })));
  }
  let typed = "", at = 0;
  list.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[-\d]$/.test(event.key)) return;
    event.preventDefault();
    const fresh = Date.now() - at > PAUSE;
    at = Date.now();
    typed = fresh ? event.key : typed + event.key;
    let index = entries.findIndex(([value]) => String(value) === typed);
    if (index < 0 && event.key !== "-") { typed = event.key; index = entries.findIndex(([value]) => String(value) === typed); }
    if (index >= 0) view.pick(index);
  });
  return view;
}

/** One of several. Digits 1-9 choose by position. */
export function choice(field, env) {
  const list = h("div", { class: "wb-options" });
  const view = radios(field, env, field.options, list);
  list.addEventListener("keydown", event => {
    const index = digit(event);
    if (index !== null && index < view.inputs.length) { event.preventDefault(); view.pick(index); }
  });
  return view;
}

const digit = event => /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey ? Number(event.key) - 1 : null;

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Any of several: arrow keys move, the space bar or a digit ticks. */
export function choices(field, env) {
  const box = frame(field), list = h("div", { class: "wb-options" });
  const inputs = field.options.map(([value, label], at) => {
    const input = h("input", { type: "checkbox", value, id: uid(), tabindex: at ? "-1" : "0", autocomplete: "off" });
    input.addEventListener("change", changed);
    input.addEventListener("focus", () => stop(at));
    list.append(h("label", { for: input.id }, input, h("span", {}, label)));
    return input;
  });
  const clear = takeBack(field, () => { set([]); changed(); inputs[0].focus(); });
  const stop = here => inputs.forEach((input, at) => { input.tabIndex = at === here ? 0 : -1; });
  const set = values => {
    inputs.forEach(input => { input.checked = (values || []).includes(input.value); });
    clear.hidden = !inputs.some(input => input.checked);
  };
  function changed() {
    const ticked = inputs.filter(input => input.checked).map(input => input.value);
    clear.hidden = !ticked.length;
    env.put(env.path, ticked.length ? ticked : null, { now: true });
  }
  list.addEventListener("keydown", event => {
    const here = inputs.indexOf(document.activeElement), index = digit(event);
    if (index !== null && index < inputs.length) {
      event.preventDefault();
      inputs[index].checked = !inputs[index].checked;
      inputs[index].focus();
      changed();
    } else if (STEPS[event.key]) {
      event.preventDefault();
      inputs[(here + STEPS[event.key] + inputs.length) % inputs.length].focus();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      set([]);
      changed();
    }
  });
  list.append(clear);
  box.append(list);
  return { node: box, set, focus: () => inputs.find(input => input.tabIndex === 0).focus() };
}
