// A chart: an image with the same words for those who do not see it, drawn for the width that it has.
import { h, button, t } from "../dom.js";
import { keepFresh, periods } from "../fresh.js";
import { scroller, table } from "../tables.js";

const NARROW = 560;   // pixels: below this the drawing for small screens is asked for
const RESIZED = 300;  // milliseconds after the last change of the width before another drawing is asked for
const CALM = 4000;    // and after a save, for a picture that stands beside the form in which someone types
const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function render({ el, spec, call }) {
  const quiet = !spec.periods.length;      // the picture of a form: nothing is seen of it while there is nothing to draw
  const [first] = spec.periods.map(one => one.id);
  let period = first ?? "all", last = null, narrow = false;

  const image = h("img", { class: "wb-chart", alt: "", hidden: true });
  const words = h("figcaption", {});
  const title = h("h3", { hidden: quiet }, spec.title);
  const say = h("p", { class: "wb-muted", role: "status" }, quiet ? "" : t("The chart is being drawn …"));
  const tablePlace = scroller(t("{title}: table", { title: spec.title }));
  tablePlace.hidden = true;
  const showTable = button(t("Show the table"), () => toggle(), { "aria-expanded": "false", hidden: true });
  const choice = quiet ? "" : periods(t("{title}: period", { title: spec.title }), spec.periods.map(one => [one.id, one.label]), period,
    chosen => { period = chosen; void fresh.read(); });
  el.append(title, choice, h("figure", { class: "wb-chart-figure" }, image, words), say,
    h("div", { class: "wb-buttons" }, showTable), tablePlace);

  const fresh = keepFresh(el, { ask, show, fail: text => { say.textContent = text; }, settle: quiet ? CALM : undefined });
  const isNarrow = () => el.clientWidth < NARROW;

  function ask() {
    narrow = isNarrow();
    return call("draw", { case: spec.case, theme: dark.matches ? "dark" : "light", period, narrow });
  }

  function show(answer) {
    last = answer;
    const bare = !answer.svg && answer.rows.length > 0;      // a table alone: there is nothing to unfold
    image.hidden = !answer.svg;
    showTable.hidden = !answer.svg;
    title.hidden = quiet && !answer.svg;
    if (choice) choice.hidden = !answer.svg && !bare && period === first;
    image.toggleAttribute("data-narrow", narrow);
    if (answer.svg) {
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(answer.svg)}`;
      image.alt = answer.alt;
    }
    words.replaceChildren(...[answer.few, answer.cannot].filter(Boolean).map(text => h("p", {}, text)));
    say.textContent = answer.svg || bare || quiet ? "" : answer.alt;
    if (!answer.svg) tablePlace.hidden = !bare;
    if (!tablePlace.hidden) fill();
  }

  function toggle() {
    tablePlace.hidden = !tablePlace.hidden;
    showTable.textContent = tablePlace.hidden ? t("Show the table") : t("Hide the table");
    showTable.setAttribute("aria-expanded", String(!tablePlace.hidden));
    if (tablePlace.hidden) tablePlace.replaceChildren(); else fill();
  }

  function fill() {
    const marks = last.marks.length ? [h("p", {}, t("Marked on the chart:")), h("ul", {}, last.marks.map(mark => h("li", {}, mark)))] : [];
    tablePlace.replaceChildren(table(spec.title, last.columns, last.rows), ...marks);
  }

  let timer = 0;
  const resized = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (last && el.clientWidth && isNarrow() !== narrow) fresh.renew(); }, RESIZED);
  });
  resized.observe(el);
  dark.addEventListener("change", fresh.renew);
  return () => { fresh.end(); clearTimeout(timer); resized.disconnect(); dark.removeEventListener("change", fresh.renew); };
}
