// Further charts: a short list under the themes; what is ticked is drawn below, in the order of the list.
import { h, t, trouble, uid } from "../dom.js";
import { afterChanges } from "../fresh.js";
import { drawModel } from "../panel.js";

export async function render({ model, el, spec, call }) {
  const ask = (what, args = {}) => call(what, { case: spec.case, ...args });
  const list = h("div", {}), shown = h("div", {});
  const wrong = trouble();
  const places = new Map();          // chart -> {host, end}
  let order = [], drawn = "";
  el.append(list, wrong, shown);

  async function draw() {
    const { groups } = await ask("list");
    const now = JSON.stringify(groups);
    if (now === drawn) return;
    drawn = now;
    order = groups.flatMap(group => group.charts.map(chart => chart.id));
    const open = list.querySelector("details")?.open;
    list.replaceChildren(groups.length
      ? h("details", { class: "wb-further", open }, h("summary", {}, t("Choose more pictures ({count})", { count: order.length })),
        h("p", { class: "wb-muted" }, spec.about), groups.map(fieldset))
      : h("p", { class: "wb-muted" }, spec.nothing));
    for (const chart of groups.flatMap(group => group.charts)) if (chart.on) await put(chart.id);
    for (const id of [...places.keys()]) if (!order.includes(id)) take(id);
  }

  const fieldset = group => h("fieldset", { class: "wb-choose" }, h("legend", {}, group.title), group.charts.map(chart => {
    const input = h("input", { type: "checkbox", id: uid("wb-chart"), checked: chart.on, autocomplete: "off", onchange: async () => {
      wrong.say("");
      try {
        await ask("choose", { chart: chart.id, on: input.checked });
        if (input.checked) await put(chart.id); else take(chart.id);
      } catch (error) { input.checked = !input.checked; wrong.say(error.message); }
    } });
    return h("div", { class: "wb-tick" }, input, h("label", { for: input.id }, chart.title));
  }));

  async function put(id) {
    if (places.has(id)) return;
    const place = { host: h("div", { class: "wb-chosen", "data-chart": id }), end: null };
    places.set(id, place);
    const after = [...places].filter(([other]) => order.indexOf(other) > order.indexOf(id)).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))[0];
    shown.insertBefore(place.host, after ? after[1].host : null);
    const { model: chart } = await ask("open", { chart: id });
    const end = await drawModel(model, chart, place.host);
    if (places.get(id) === place) place.end = end; else end?.();
  }

  function take(id) {
    const place = places.get(id);
    places.delete(id);
    place?.end?.();
    place?.host.remove();
  }

  await draw();
  const deaf = afterChanges(() => void draw().catch(() => null));
  return () => { deaf(); [...places.keys()].forEach(take); };
}
