// The form in which somebody says what the columns of a file mean. found: what the kernel knows of the file.
import { h, button, uid, timeZone } from "./dom.js";
import { labelled } from "./formlet.js";

const NONE = { value: "", label: "– none –" };

/** {node, read() -> mapping as JSON, conversions(list)}; onChange after each change, onHeading(named) to read anew. */
export function mappingForm(found, { onChange, onHeading }) {
  const last = found.mapping, columns = found.columns.map(one => ({ value: one.name, label: one.name }));
  const column = new Map(found.columns.map(one => [one.name, one])), question = new Map(found.questions.map(one => [key(one), one]));
  const rows = [];

  const heading = h("input", { type: "checkbox", id: uid(), checked: found.named, onchange: () => onHeading(heading.checked) });
  const date = select("Column with the date", columns, last?.date ?? found.date ?? "", true);
  const time = select("Column with the time", columns, last ? last.time ?? "" : found.time ?? "");
  const zone = input("Time zone of the clock that was used", last?.zone ?? timeZone() ?? "UTC");
  const orderPlace = h("div", {});
  let order = last?.order ?? "";
  const asksOrder = () => {
    const likely = column.get(date.value())?.orders ?? [];
    if (!likely.some(one => one.id === order)) order = likely.length === 1 ? likely[0].id : "";
    const name = uid("wb-order");
    const radio = one => h("label", {}, h("input", { type: "radio", name, value: one.id, checked: one.id === order, autocomplete: "off",
      onchange: () => { order = one.id; onChange(); } }), h("span", {}, `${one.label} (${one.example})`));
    const words = likely.length > 1 ? "These dates can be read in several ways. Which one is right?" : "How its dates are read";
    orderPlace.replaceChildren(likely.length ? h("fieldset", { class: "wb-asked" }, h("legend", {}, words), h("div", { class: "wb-options" }, likely.map(radio)))
      : h("p", { class: "wb-invalid" }, "No dates were found in this column. Please choose another one."));
  };
  date.control.addEventListener("change", asksOrder);
  asksOrder();

  const day = list("daily"), contact = list("contact");
  const who = match("Rows that are contacts", "Column that says who was there", last?.contact);
  const events = select("Column whose changes become dated events", columns, last?.events ?? "");
  const left = match("Rows to leave out", "Column", last?.leave_out);
  for (const one of last?.answered ?? []) (one.form === "daily" ? day : contact).add(one);
  if (!last) { day.add({ form: "daily", field: "mood" }); contact.add({ form: "contact", field: "quality" }); }

  const node = h("div", {},
    group("When", h("p", { class: "wb-tick" }, heading, h("label", { for: heading.id }, "The first row names the columns")),
      pair(date.node, time.node, zone.node), orderPlace),
    group("The day", h("p", { class: "wb-help" }, "Which column answers which question of the log? Leave a column empty to skip it."), day.node),
    group("Contacts with the partner", h("p", { class: "wb-help" }, "Choose a column and its value to take only some rows as contacts, and what to bring in from them."),
      who.node, contact.node),
    group("Events and rows to leave out", pair(events.node), left.node));
  node.addEventListener("change", onChange);
  node.addEventListener("input", onChange);

  /** Questions of one log, each with its column. */
  function list(form) {
    const place = h("div", {});
    const add = given => { const made = answered(form, given); rows.push(made); place.append(made.node); return made; };
    const more = button("Add another question", () => add({ form }).focus());
    return { add, node: h("div", {}, place, h("div", { class: "wb-buttons" }, more)) };
  }

  function answered(form, given) {
    const asked = select("Question", found.questions.filter(one => one.form === form).map(one => ({ value: one.field, label: one.label })), given.field ?? "", true);
    const from = select("Column", columns, given.column ?? "");
    const low = input("Lowest possible number in the column", given.low ?? "", "decimal"), high = input("Highest possible number", given.high ?? "", "decimal");
    const means = select("A high number there means", [], "", true);
    const seen = h("p", { class: "wb-help" }), shown = h("p", { class: "wb-help" });
    const range = pair(low.node, high.node, means.node);
    const follow = () => {
      const one = question.get(key({ form, field: asked.value() })), facts = column.get(from.value());
      const scale = one?.kind === "scale";
      range.hidden = !scale || !facts;
      const before = means.value() || (given.reversed ? "yes" : "");
      means.options([{ value: "no", label: one?.high ? `‘${one.high}’` : "more" }, { value: "yes", label: one?.low ? `‘${one.low}’` : "less" }], before || "no");
      seen.textContent = facts ? `In this file: ${facts.range ? `${facts.range[0]} to ${facts.range[1]}` : facts.examples.join(", ") || "nothing"}; ${facts.missing} empty.` : "";
      shown.textContent = "";
    };
    asked.control.addEventListener("change", follow);
    from.control.addEventListener("change", follow);
    follow();
    const node = h("div", { class: "wb-asked" }, pair(asked.node, from.node), seen, range, shown);
    return {
      node, focus: () => asked.control.focus(),
      read: () => (from.value() ? { form, field: asked.value(), column: from.value(), low: range.hidden ? null : low.value(), high: range.hidden ? null : high.value(), reversed: !range.hidden && means.value() === "yes" } : null),
      convert: all => {
        const mine = all.find(one => one.form === form && one.field === asked.value());
        shown.textContent = mine && from.value() ? `Becomes: ${mine.formula}. So ${mine.examples.map(([before, after]) => `${before} → ${after}`).join(", ")}.` : "";
      },
    };
  }

  function match(title, label, given) {
    const from = select(label, columns, given?.column ?? ""), place = h("div", {});
    let value = null;
    const follow = () => {
      const facts = column.get(from.value());
      if (!facts) { value = null; place.replaceChildren(); return; }
      const before = given && given.column === from.value() ? given.value : "";
      value = facts.values.length ? select("has the value", facts.values.map(one => ({ value: one, label: one })), before, true) : input("has the value", before);
      place.replaceChildren(value.node);
    };
    from.control.addEventListener("change", follow);
    follow();
    return { node: h("div", { role: "group", "aria-label": title }, h("p", { class: "wb-label" }, title), pair(from.node, place)), read: () => (value ? { column: from.value(), value: value.value() } : null) };
  }

  return {
    node,
    read: () => ({ date: date.value(), time: time.value() || null, order, zone: zone.value(), answered: rows.map(one => one.read()).filter(Boolean), contact: rowsOf("contact") ? who.read() : null, events: events.value() || null, leave_out: left.read() }),
    conversions: all => rows.forEach(one => one.convert(all)),
  };

  function rowsOf(form) { return rows.some(one => one.read()?.form === form); }
}

const key = one => `${one.form}/${one.field}`;
const pair = (...parts) => h("div", { class: "wb-pair" }, parts);
const group = (legend, ...parts) => h("fieldset", {}, h("legend", {}, legend), parts);

function select(label, choices, value, needed = false) {
  const control = h("select", { autocomplete: "off" });
  const fill = (all, chosen) => control.replaceChildren(...(needed ? all : [NONE, ...all]).map(one => h("option", { value: one.value, selected: one.value === chosen }, one.label)));
  fill(choices, value);
  return { control, node: labelled(label, control), value: () => control.value, options: fill };
}

function input(label, value, mode = null) {
  const control = h("input", { type: "text", value, inputmode: mode, class: mode ? "wb-number" : null, autocomplete: "off", spellcheck: "false" });
  return { control, node: labelled(label, control), value: () => control.value.trim().replace(",", mode ? "." : ",") };
}
