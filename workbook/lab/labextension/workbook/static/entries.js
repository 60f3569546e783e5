// The entries made before: correct one, keep it private, delete it with all its versions.
import { h, button, clock, shortDay, t } from "./dom.js";

const when = entry => (entry.whole_day ? `${shortDay(new Date(`${entry.day}T12:00`))}, ${t("whole day")}` : `${shortDay(new Date(entry.at))}, ${clock(new Date(entry.at))}`);

/** {node, show(entries, inAll), refresh()}; `ask(what, args)` reaches the kernel, `edit(id)` opens an entry above. */
export function entryList({ spec, ask, edit }) {
  const items = h("ul", { class: "wb-cards" }), more = button(t("Show older entries"), () => { count += 20; void refresh(); }, { class: "wb-quiet" });
  const none = h("p", { class: "wb-help" }, t("No entry yet. The first answer above begins one."));
  const client = spec.form.audience === "client";
  const node = h("details", { class: "wb-entries", open: !client }, h("summary", {}, t("Earlier entries")),
    client && h("p", { class: "wb-help" }, spec.no_lock), none, items, more);
  let count = spec.entries.length || 8;

  const drawn = new Map();   // response -> { shown: the entry as text, item }

  // A list that arrives while a card is in use must not take that card from under the hand: what did not change stays
  // where it is, with its focus, and a question that is being asked moves into the card drawn anew.
  function show(entries, inAll) {
    const before = new Map(drawn);
    drawn.clear();
    for (const entry of entries) {
      const was = before.get(entry.response), shown = JSON.stringify(entry);
      const item = was?.shown === shown ? was.item : card(entry);
      if (was && was.item !== item) item.append(...was.item.querySelectorAll(".wb-confirm"));
      drawn.set(entry.response, { shown, item });
    }
    const cards = [...drawn.values()].map(kept => kept.item);
    [...items.children].filter(item => !cards.includes(item)).forEach(item => item.remove());
    cards.forEach((item, at) => { if (items.children[at] !== item) items.insertBefore(item, items.children[at] ?? null); });
    none.hidden = entries.length > 0;
    items.hidden = !entries.length;
    more.hidden = inAll <= entries.length;
  }

  const take = answer => { if (answer) show(answer.entries, answer.in_all); };
  const refresh = async () => { if (node.isConnected) take(await ask("recent", { count: Math.max(count, 8) })); };

  function card(entry) {
    const label = when(entry);
    const open = button(t("Edit"), () => edit(entry.response), { class: "wb-quiet", "aria-label": t("Edit: {what}", { what: label }) });
    const hide = button(t("Private"), async () => { take(await ask("private", { response: entry.response, private: !entry.private })); focusOn(entry.response, 1); },
      { class: "wb-quiet", "aria-pressed": String(entry.private), "aria-label": t("Private: {what}", { what: label }) });
    const remove = button(t("Delete"), () => confirm(item, entry), { class: "wb-quiet", "aria-label": t("Delete: {what}", { what: label }) });
    const item = h("li", { class: "wb-card", "data-entry": entry.response },
      h("div", { class: "wb-card-line" },
        h("span", { class: "wb-card-text" }, h("strong", {}, label), entry.private ? t(" (private)") : "", h("br"), h("span", { dir: "auto" }, entry.line)),
        open, client && hide, remove));
    return item;
  }

  const focusOn = (response, at) => items.querySelectorAll(`[data-entry="${response}"] button`)[at]?.focus();

  function confirm(item, entry) {
    const keep = button(t("Keep it"), () => { box.remove(); focusOn(entry.response, client ? 2 : 1); });
    const gone = button(t("Delete for good"), async () => {
      take(await ask("delete", { response: entry.response }));
      node.querySelector("summary").focus();
    }, { class: "wb-button wb-danger" });
    const box = h("div", { class: "wb-confirm", role: "group", "aria-label": t("Delete this entry?") },
      h("p", {}, t("Delete this entry with all its earlier versions? It cannot be brought back.")), h("div", { class: "wb-buttons" }, keep, gone));
    item.querySelector(".wb-confirm")?.remove();
    item.append(box);
    keep.focus();
  }

  return { node, show, refresh };
}
