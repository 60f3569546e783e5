// The review: what the log says, in words, once its place is shown; before that the request to write down what matters.
// Nothing here is coloured, ranked or added up. Every word comes from the kernel.
import { h, button } from "../dom.js";
import { emit } from "../hub.js";
import { keepFresh, periods } from "../fresh.js";

export function render({ el, spec, call }) {
  const say = h("p", { class: "wb-muted", role: "status" }, spec.say.loading);
  const place = h("div", { class: "wb-review" });
  let period = "last", anyway = false;
  el.append(say, place);
  const fresh = keepFresh(el, {
    ask: () => call("look", { case: spec.case, period, anyway }),
    show: answer => {
      say.textContent = "";
      place.replaceChildren(...(answer.asks ? first(answer.asks) : found(answer)));
    },
    fail: text => { say.textContent = text; },
  });

  /** The criteria come before the data; who wants to look all the same may. */
  function first(asks) {
    const show = button(asks.anyway, async () => { anyway = true; await fresh.read(); place.querySelector("h3")?.focus(); });
    return [h("p", { class: "wb-lead" }, asks.text),
      h("div", { class: "wb-buttons" }, button(asks.write, () => emit("wanted", { form: asks.form })), show)];
  }

  function found({ overview, periods: list }) {
    const pick = list.length ? periods(overview.period, list, period, choose) : null;
    return [h("h3", { tabindex: "-1" }, overview.period), pick, h("p", { class: "wb-help" }, spec.say.reading), ...overview.sections.map(section)].filter(Boolean);
  }

  async function choose(value) {
    period = value;
    await fresh.read();
    place.querySelector(`input[value="${value}"]`)?.focus();
  }

  return fresh.end;
}

function section({ title, lines, note }) {
  return h("section", {}, h("h4", {}, title),
    h("dl", {}, lines.map(([label, says, own]) => h("div", {}, h("dt", { dir: "auto" }, label), h("dd", {}, says), own && h("dd", { class: "wb-muted", dir: "auto" }, own)))),
    note && h("p", { class: "wb-help" }, note));
}
