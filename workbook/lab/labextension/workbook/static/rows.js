// A list of cards: scripts, plans, messages that stay here. One card is open at a time; a deleted one can be brought back.
import { h, blank, uid, button, locale, longDay, shortDay, t } from "./dom.js";
import { fieldView } from "./fields.js";
import { parts } from "./parts.js";

const SHOWN = 20;   // of a long list only the newest cards are drawn, until the others are wanted
const DATED = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/;
const dated = value => [longDay(value.slice(0, 10), locale()), value.slice(11)].filter(Boolean).join(", ");

function headline(field, row) {
  const first = [field.summary, ...field.fields.map(each => each.id)].find(id => id && !blank(row[id]) && typeof row[id] !== "object");
  const inner = field.fields.find(each => each.id === first);
  const value = first ? row[first] : "";
  const label = inner?.options?.find(([key]) => key === value)?.[1] ?? (DATED.test(value) ? dated(value) : String(value));
  return label.length > 90 ? `${label.slice(0, 90)}…` : label || t("Nothing written yet");
}

/** View of a `rows` field. The answer is {row id: {field id: answer, _created, _deleted}}; each change is its own patch. */
export function rows(field, env) {
  const title = uid("wb-rows");
  const list = h("ul", { class: "wb-cards", "aria-labelledby": title });
  const undo = h("div", { class: "wb-undo", role: "status" });
  const add = button(field.add || t("Add one"), () => {
    const id = crypto.randomUUID();
    values[id] = { _created: new Date().toISOString(), _new: true };
    open(id);
  });
  const earlier = button("", () => {
    whole = true;
    draw();
    list.querySelector("button")?.focus();
  }, { class: "wb-quiet", hidden: true });
  const node = h("div", { class: "wb-field wb-rows", "data-field": field.id },
    h("p", { class: "wb-label", id: title }, field.label), field.help && h("p", { class: "wb-help" }, field.help), earlier, list, undo, h("div", { class: "wb-buttons" }, add));
  let values = {}, opened = null, whole = false, views = new Map();
  const noticed = new Map();   // "row/field" -> what was noticed about a draft

  const put = (id, inner, value, how) => {
    const row = values[id];
    row[inner] = value;
    if (row._new) {                                     // the card begins to exist with its first answer
      delete row._new;
      env.put([...env.path, id, "_created"], row._created);
    }
    env.put([...env.path, id, inner], value, how);
  };

  function card(id) {
    const row = values[id], created = row._created ? new Date(row._created) : null;
    const item = h("li", { class: "wb-card", "data-row": id });
    if (opened !== id) {
      const name = headline(field, row);
      item.append(h("div", { class: "wb-card-line" }, h("span", { class: "wb-card-text", dir: "auto" }, name),
        created && h("span", { class: "wb-help" }, shortDay(created)),
        button(t("Edit"), () => open(id), { class: "wb-quiet", "aria-label": t("Edit: {what}", { what: name }) }),
        button(t("Delete"), () => remove(id), { class: "wb-quiet", "aria-label": t("Delete: {what}", { what: name }) })));
      return item;
    }
    views = new Map();
    const inner = each => {
      const view = fieldView(each, row[each.id], { ...env, path: [...env.path, id, each.id], put: (path, value, how) => put(id, each.id, value, how) });
      views.set(each.id, view);
      view.notice(noticed.get(`${id}/${each.id}`));
      return view.node;
    };
    item.append(...parts(field.parts || [{ title: null, fields: field.fields }], inner),
      h("div", { class: "wb-buttons" }, button(t("Done"), () => close(true)), button(t("Delete"), () => remove(id), { class: "wb-quiet" })));
    return item;
  }

  function draw() {
    const ids = Object.keys(values).filter(id => values[id] && !values[id]._deleted)
      .sort((a, b) => String(values[a]._created || "").localeCompare(String(values[b]._created || "")));
    const shown = whole ? ids : ids.filter((id, at) => at >= ids.length - SHOWN || id === opened);
    list.replaceChildren(...shown.map(card));
    list.hidden = !ids.length;
    earlier.hidden = shown.length === ids.length;
    earlier.textContent = t("Show {count} earlier", { count: ids.length - shown.length });
  }

  function open(id) {
    close(false);
    opened = id;
    undo.replaceChildren();
    draw();
    views.values().next().value?.focus();
  }

  function close(back) {
    if (opened && values[opened]?._new) delete values[opened];   // nothing was written: no empty card stays behind
    const was = opened;
    opened = null;
    env.flush();
    if (!back) return;
    draw();
    (list.querySelector(`[data-row="${was}"] button`) || add).focus();
  }

  function remove(id) {
    const fresh = values[id]._new;
    if (opened === id) opened = null;
    if (fresh) delete values[id];
    else { values[id]._deleted = true; env.put([...env.path, id, "_deleted"], true, { now: true }); }
    draw();
    if (fresh) { add.focus(); return; }
    const back = button(t("Undo"), () => {
      values[id]._deleted = false;
      env.put([...env.path, id, "_deleted"], false, { now: true });
      undo.replaceChildren();
      draw();
      list.querySelector(`[data-row="${id}"] button`)?.focus();
    });
    undo.replaceChildren(t("Deleted. "), back);
    back.focus();
  }

  const set = value => { values = structuredClone(value || {}); draw(); };
  const at = path => (opened === path[0] ? views.get(path[1]) : null);
  const setAt = (path, value) => { (values[path[0]] ??= {})[path[1]] = value; at(path)?.set(value); if (opened !== path[0]) draw(); };
  const notice = ([id, inner], says) => { noticed.set(`${id}/${inner}`, says); at([id, inner])?.notice(says); };
  return { node, set, setAt, at, notice, open, focus: () => (list.querySelector("button") || add).focus() };
}
