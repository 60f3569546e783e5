// What an import would do, before anything is stored: counts, the first rows, and every row or cell that stays out.
import { h } from "./dom.js";
import { scroller, table as plain } from "./tables.js";

/** "1 row", "1,476 rows". */
export const amount = (number, one, many = `${one}s`) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;

/** Elements for the answer of "preview". */
export function preview(seen, questions) {
  const { counts } = seen, label = new Map(questions.map(one => [`${one.form}/${one.field}`, one.label]));
  const contacts = counts.contacts_found ? ` ${amount(counts.contacts_found, "row is a contact", "rows are contacts")}; ${counts.contact.toLocaleString("en-GB")} of them can be brought in.` : "";
  const others = counts.no_contact ? ` ${amount(counts.no_contact, "row is no contact", "rows are no contacts")}.` : "";
  return [
    h("p", {}, `${amount(counts.rows, "row")} read: ${counts.accepted.toLocaleString("en-GB")} taken, ${counts.rejected.toLocaleString("en-GB")} rejected.${others}${contacts} ${amount(counts.daily, "entry", "entries")} for the day, ${amount(counts.event, "event")}.`),
    counts.event ? h("details", {}, h("summary", {}, `Events (${counts.event})`), h("ul", {}, seen.events.map(text => h("li", {}, text)))) : "",
    first(seen.first, label),
    ...problems(seen),
  ];
}

function first(rows, label) {
  if (!rows.length) return h("p", {}, "Nothing can be brought in with these choices.");
  const names = [...new Set(rows.flatMap(row => row.answers.map(one => `${one.form}/${one.field}`)))];
  const cell = (row, name) => {
    const one = row.answers.find(given => `${given.form}/${given.field}` === name);
    return one ? (one.raw.trim() === one.answer ? one.answer : `${one.raw} → ${one.answer}`) : "–";
  };
  return table("The first rows: what stands in the file → what it becomes", ["Row", "When", ...names.map(name => label.get(name) || name)],
    rows.map(row => [String(row.row), row.when, ...names.map(name => cell(row, name))]));
}

function problems(seen) {
  if (!seen.problems.length) return [h("p", {}, "Nothing stays out.")];
  const whole = seen.problems.filter(one => one.whole_row), cells = seen.problems.filter(one => !one.whole_row);
  const listed = seen.reasons.reduce((sum, one) => sum + one.times, 0) > seen.problems.length ? [h("p", {}, `The first ${seen.problems.length} are listed.`)] : [];
  const part = (title, all) => (all.length ? [h("details", { open: all.length <= 20 }, h("summary", {}, `${title} (${all.length})`),
    table(title, ["Row", "Column", "Why", "What stands there"], all.map(one => [String(one.row), one.column, one.reason, one.cell])))] : []);
  return [
    h("p", {}, "What stays out, and why (the number is the row as a spreadsheet shows it):"),
    h("ul", {}, seen.reasons.map(one => h("li", {}, `${one.reason} – ${amount(one.times, "time")}`))),
    ...listed, ...part("Rejected rows", whole), ...part("Single cells left out", cells),
  ];
}

const table = (caption, head, rows) => scroller(caption, plain(caption, head, rows));
