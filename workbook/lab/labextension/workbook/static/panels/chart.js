// A chart. It asks for its drawing once its place on the page is shown, so that forms open first, and again when the
// log has changed. The drawing is an image with the same words for those who do not see it.
import { h, button, t, uid } from "../dom.js";
import { on } from "../hub.js";
import { linkStyle } from "../tables.js";

const NARROW = 560;   // pixels: below this the drawing for small screens is asked for
const SETTLE = 1500;  // milliseconds after the last save before a chart is drawn again
const CALM = 4000;    // and before a picture is that stands beside the form in which someone types
const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function render({ el, spec, call }) {
  linkStyle();
  const name = uid("wb-period");
  const quiet = !spec.periods.length;      // the picture of a form: nothing is seen of it while there is nothing to draw
  let period = spec.periods[0]?.id ?? "all", shown = false, stale = true, timer = 0, asked = 0, last = null;

  const image = h("img", { class: "wb-chart", alt: "", hidden: true });
  const words = h("figcaption", {});
  const title = h("h3", { hidden: quiet }, spec.title);
  const say = h("p", { class: "wb-muted", role: "status" }, quiet ? "" : t("The chart is being drawn …"));
  const tablePlace = h("div", { class: "wb-scroll", tabindex: "0", role: "group", "aria-label": t("{title}: table", { title: spec.title }), hidden: true });
  const showTable = button(t("Show the table"), () => toggle(), { class: "wb-button", "aria-expanded": "false", hidden: true });
  const periods = h("fieldset", { class: "wb-periods" }, h("legend", { class: "wb-sr" }, t("{title}: period", { title: spec.title })),
    spec.periods.map(one => h("label", {}, h("input", { type: "radio", name, value: one.id, checked: one.id === period, autocomplete: "off",
      onchange: () => { period = one.id; void draw(); } }), h("span", {}, one.label))));
  el.append(title, ...(quiet ? [] : [periods]), h("figure", { class: "wb-chart-figure" }, image, words), say, h("div", { class: "wb-buttons" }, showTable), tablePlace);

  async function draw() {
    stale = false;
    const mine = ++asked;
    el.setAttribute("aria-busy", "true");
    try {
      const narrow = el.clientWidth > 0 && el.clientWidth < NARROW;
      const answer = await call("draw", { case: spec.case, theme: dark.matches ? "dark" : "light", period, narrow });
      if (mine === asked) show(answer, narrow);
    } catch (error) {
      if (mine === asked) { stale = true; say.textContent = error.message; }
    }
    if (mine === asked) el.removeAttribute("aria-busy");
  }

  function show(answer, narrow) {
    last = answer;
    const bare = !answer.svg && answer.rows.length > 0;      // a table alone: there is nothing to unfold
    image.hidden = !answer.svg;
    showTable.hidden = !answer.svg;
    title.hidden = quiet && !answer.svg;
    periods.hidden = !answer.svg && !bare && period === spec.periods[0]?.id;
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
    tablePlace.replaceChildren(h("table", { class: "wb-table" },
      h("caption", { class: "wb-sr" }, spec.title),
      h("thead", {}, h("tr", {}, last.columns.map(column => h("th", { scope: "col" }, column)))),
      h("tbody", {}, last.rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), rest.map(cell => h("td", {}, cell)))))), ...marks);
  }

  const refresh = () => {
    stale = true;
    clearTimeout(timer);
    timer = setTimeout(() => { if (shown && stale) void draw(); }, quiet ? CALM : SETTLE);
  };
  const watch = new IntersectionObserver(seen => {
    shown = seen[seen.length - 1].isIntersecting;
    if (shown && stale) void draw();
  }, { rootMargin: "200px" });
  watch.observe(el);
  const redraw = () => { stale = true; if (shown) void draw(); };
  dark.addEventListener("change", redraw);
  const stops = [on("saved", refresh), on("imported", refresh)];
  return () => { watch.disconnect(); clearTimeout(timer); dark.removeEventListener("change", redraw); stops.forEach(stop => stop?.()); };
}
