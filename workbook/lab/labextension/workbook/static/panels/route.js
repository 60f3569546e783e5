// The way of a case: sections of its route, each point done, open or set aside. What is closed is counted, never named.
import { h, button, pageLink, phrase, t, trouble, uid } from "../dom.js";
import { inCounselorView } from "../counselorview.js";
import { labelled } from "../formlet.js";

const WORDS = { done: phrase("done"), open: phrase("open"), aside: phrase("set aside") };

export function render({ el, spec, call }) {
  let view = spec, opened = null;
  const wrong = trouble();
  const list = h("div", { class: "wb-route" });
  const title = h("h2", {}, view.name), cited = h("p", { class: "wb-muted" });
  const pick = h("select", { onchange: () => ask("look", { route: pick.value }) },
    view.routes.map(([value, label]) => h("option", { value, selected: value === view.route }, value === view.own ? t("{way} – yours", { way: label }) : label)));
  const counselor = h("div", { class: "wb-counselor-box" });
  let sources = {};

  el.append(title, h("p", { class: "wb-help" }, t("A way is only an order. What you did on one way counts on every other, and you may set aside whatever does not fit.")),
    labelled(t("Look at another way"), pick), counselor, wrong, list);
  draw();

  const ask = wrong.guard(async (what, args = {}) => {
    view = await call(what, { route: view.route, ...args });
    draw();
    stay(args.points?.[0]);
  });

  function draw() {
    title.textContent = view.name;
    cited.textContent = sources[view.route] ? `After: ${sources[view.route]}` : "";
    const first = opened ?? view.sections.findIndex(section => section.points.some(point => point.state === "open"));
    list.replaceChildren(...view.sections.map((section, at) => fold(section, at, at === first)));
  }

  /** The list is drawn anew: whoever came by keyboard goes on at the same point. */
  function stay(point) {
    const acts = [...list.querySelectorAll("[data-point]")].find(one => one.dataset.point === point);
    (acts?.querySelector("button") || acts?.parentElement.querySelector(".wb-state"))?.focus();
  }

  function fold(section, at, open) {
    const count = state => section.points.filter(point => point.state === state).length;
    const told = Object.keys(WORDS).filter(count).map(state => `${count(state)} ${t(WORDS[state])}`).join(", ");
    const details = h("details", { class: "wb-part", open }, h("summary", {}, `${at + 1}. ${section.title}`, h("span", { class: "wb-muted" }, told && ` – ${told}`)),
      h("ul", { class: "wb-points" }, groups(section.points).map(group)),
      section.closed && view.neutral ? h("p", { class: "wb-muted" }, section.points.length ? `${t("Some more waits here.")} ${view.neutral}` : view.neutral) : null);
    details.addEventListener("toggle", () => { if (details.open) opened = at; });
    return details;
  }

  /** The points of one exercise under its name; each leads to its own question. */
  function group({ form, title: name, page, points }) {
    const link = (label, field) => pageLink(page, label, { "data-wb-form": form || null, "data-wb-field": field || null });
    if (points.length === 1 && points[0].label === name) return h("li", {}, link(name, points[0].field), ...state(points[0]));
    return h("li", {}, link(name), points[0].joins ? h("span", { class: "wb-muted" }, ` – ${t("begins there, and then stands in your log")}`) : null,
      h("ul", {}, points.map(point => h("li", {}, point.joins ? point.label : link(point.label, point.field), ...state(point)))));
  }

  function state(point) {
    const place = h("span", { class: "wb-point-acts", "data-point": point.ids[0] }), label = point.label || point.title;
    const act = (words, go) => button(words, go, { class: "wb-quiet", "aria-label": t("{act}: {point}", { act: words, point: label }) });
    if (point.state === "aside") place.append(act(t("Take up again"), () => ask("take_up", { points: point.ids })));
    else if (point.state === "open") place.append(...(point.read ? [act(t("I have read it"), () => ask("read", { points: point.ids }))] : []), act(t("Set aside"), () => place.replaceWith(why(point))));
    return [h("span", { class: `wb-state wb-state-${point.state}`, tabindex: "-1" }, ` – ${t(WORDS[point.state])}${point.reason ? `: ${point.reason}` : ""}`), " ", place];
  }

  function why(point) {
    const reason = h("input", { type: "text", id: uid("why"), maxlength: 500, autocomplete: "off", dir: "auto" });
    const form = h("form", { class: "wb-inline", onsubmit: event => { event.preventDefault(); void ask("aside", { points: point.ids, reason: reason.value }); } },
      h("label", { for: reason.id }, t("Why not now?")), reason, h("button", { type: "submit", class: "wb-button" }, t("Set aside")), button(t("Keep it"), () => { draw(); stay(point.ids[0]); }));
    requestAnimationFrame(() => reason.focus());
    return form;
  }

  return inCounselorView(counselor, async () => {
    sources = (await call("counselor")).cited;
    cited.textContent = sources[view.route] ? `After: ${sources[view.route]}` : "";
    counselor.append(cited);
  });
}

/** Points of the same exercise in a row stand under its name. */
function groups(points) {
  const found = [];
  for (const point of points) {
    const last = found.at(-1);
    if (last && last.form === point.form && last.page === point.page) last.points.push(point);
    else found.push({ form: point.form, title: point.title, page: point.page, points: [point] });
  }
  return found;
}
