// The review: what the log says, in words, once its place is shown; before that the request to write down what matters.
// Nothing here is coloured, ranked or added up. Every word comes from the kernel.
import { h, button, uid } from "../dom.js";
import { on, emit } from "../hub.js";
import { linkStyle } from "../tables.js";

const SETTLE = 1500;  // milliseconds after the last save before it is read again

export function render({ el, spec, call }) {
  linkStyle();
  const name = uid("wb-review");
  const say = h("p", { class: "wb-muted", role: "status" }, spec.say.loading);
  const place = h("div", { class: "wb-review" });
  let period = "last", anyway = false, shown = false, stale = true, timer = 0, asked = 0;
  el.append(say, place, ways(spec));

  async function look() {
    stale = false;
    const mine = ++asked;
    try {
      const answer = await call("look", { case: spec.case, period, anyway });
      if (mine !== asked) return;
      say.textContent = "";
      place.replaceChildren(...(answer.asks ? first(answer.asks) : found(answer)));
    } catch (error) {
      if (mine === asked) { stale = true; say.textContent = error.message; }
    }
  }

  /** The criteria come before the data; who wants to look all the same may. */
  function first(asks) {
    const show = button(asks.anyway, async () => { anyway = true; await look(); place.querySelector("h3")?.focus(); });
    return [h("p", { class: "wb-lead" }, asks.text),
      h("div", { class: "wb-buttons" }, button(asks.write, () => emit("wanted", { form: asks.form })), show)];
  }

  function found({ overview, periods }) {
    const pick = periods.length ? h("fieldset", { class: "wb-periods" }, h("legend", { class: "wb-sr" }, overview.period), periods.map(([value, label]) =>
      h("label", {}, h("input", { type: "radio", name, value, checked: value === period, autocomplete: "off", onchange: () => choose(value) }), h("span", {}, label)))) : null;
    return [h("h3", { tabindex: "-1" }, overview.period), pick, h("p", { class: "wb-help" }, spec.say.reading), ...overview.sections.map(section)].filter(Boolean);
  }

  async function choose(value) {
    period = value;
    await look();
    place.querySelector(`input[value="${value}"]`)?.focus();
  }

  const refresh = () => {
    stale = true;
    clearTimeout(timer);
    timer = setTimeout(() => { if (shown && stale) void look(); }, SETTLE);
  };
  const watch = new IntersectionObserver(seen => {
    shown = seen[seen.length - 1].isIntersecting;
    if (shown && stale) void look();
  }, { rootMargin: "200px" });
  watch.observe(el);
  const stops = [on("saved", refresh), on("imported", refresh)];
  return () => { watch.disconnect(); clearTimeout(timer); stops.forEach(stop => stop?.()); };
}

function section({ title, lines, note }) {
  return h("section", {}, h("h4", {}, title),
    h("dl", {}, lines.map(([label, says, own]) => h("div", {}, h("dt", { dir: "auto" }, label), h("dd", {}, says), own && h("dd", { class: "wb-muted", dir: "auto" }, own)))),
    note && h("p", { class: "wb-help" }, note));
}

function ways({ ways: list, say }) {
  const title = uid("wb-ways");
  const link = one => one.page ? h("a", { href: one.page, "data-wb-open": one.page }, one.title)
    : button(one.title, () => emit("wanted", { form: one.form }), { class: "wb-quiet" });
  return h("nav", { class: "wb-ways", "aria-labelledby": title }, h("h3", { id: title }, say.ways), h("p", {}, say.equal),
    h("ul", {}, list.map(one => h("li", {}, h("strong", {}, one.label), h("span", {}, one.says), link(one)))),
    h("p", { class: "wb-help" }, say.careful));
}
