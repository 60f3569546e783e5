// A week of the log as a grid: items down, days across; one Tab stop, arrow keys move, digits answer.
import { h, button, prose, shortDay, localDay, unread } from "../dom.js";
import { emit } from "../hub.js";
import { drawer } from "../save.js";
import { earlierBox } from "../fields.js";
import { savingWords } from "../sheetview.js";
import { cell } from "../cells.js";
import { supportBlock } from "../support.js";

export function render({ el, spec, call, on }) {
  const status = h("p", { class: "wb-status" }), note = h("p", { class: "wb-invalid", role: "alert", hidden: true });
  const support = h("div", {}), conflicts = h("div", {});
  const table = h("table", { class: "wb-week", role: "grid", "aria-label": spec.form.title });
  const scroller = h("div", { class: "wb-scroll" }, table);
  let grid = [], kept = [], shown = spec;

  const say = text => { note.textContent = text || ""; note.hidden = !text; };

  function open(dayId) {
    const one = drawer(spec.page, spec.case, `${spec.form.id}@week`, dayId);
    one.attach(call, {
      onState: () => { status.textContent = savingWords(one) || status.textContent; },
      onAnswer: answer => {
        const wrong = Object.values(answer.invalid || {});
        if (wrong.length) say(wrong[0]);
        (answer.earlier || []).forEach(offer => settle(dayId, offer));
        if (answer.saved_at) emit("stored", { form: spec.form.id, fields: [] });
      },
    });
    return one;
  }

  function settle(dayId, { path, shown: words, text }) {
    const field = spec.fields.find(each => each.id === path[0]);
    const decide = async how => {
      try {
        const { value } = await call("take_earlier", { case: spec.case, response: dayId, path, how });
        if (how !== "mine") grid[spec.fields.indexOf(field)]?.[shown.days.indexOf(dayId)]?.set(value);
      } catch (error) { say(error.message); }
    };
    conflicts.append(earlierBox(`${field.label}, ${dayId}: this was also answered somewhere else. The other answer was:`, words, text, decide));
  }

  function draw(week) {
    shown = week;
    kept.forEach(one => one.flush());
    kept = week.days.map(open);
    const head = week.days.map(day => {
      const others = week.others[day];
      const [name, ...date] = shortDay(new Date(`${day}T12:00`)).split(" ");
      return h("th", { scope: "col" }, name, h("br"), date.join(" "), others ? h("span", { class: "wb-others" }, others === 1 ? "1 other entry" : `${others} other entries`) : null);
    });
    grid = spec.fields.map(field => week.days.map((day, column) => {
      const one = kept[column], value = one.over(week.values[day] || {})[field.id];
      const put = (next, how) => {
        say("");
        one.put([field.id], next, { ...how, seen: week.values[day]?.[field.id] ?? null });
        (week.values[day] ??= {})[field.id] = next;
      };
      return cell(field, value, { label: `${field.label}, ${shortDay(new Date(`${day}T12:00`))}`, put, say, flush: () => one.flush() });
    }));
    const ends = field => field.low && h("span", { class: "wb-help" }, ` ${field.min} ${field.low} – ${field.max} ${field.high || ""}`);
    const rows = spec.fields.map((field, row) => h("tr", {}, h("th", { scope: "row" }, field.label, ends(field)),
      grid[row].map((one, column) => h("td", { onfocusin: () => stop(row, column) }, one.node))));
    table.replaceChildren(h("thead", {}, h("tr", {}, h("td", {}), head)), h("tbody", {}, rows));
    stop(0, week.days.length - 1);
    next.disabled = week.days.at(-1) >= week.today;
  }

  const stop = (row, column) => grid.forEach((cells, r) => cells.forEach((one, c) => { one.control.tabIndex = r === row && c === column ? 0 : -1; }));

  table.addEventListener("keydown", event => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = grid.findIndex(cells => cells.some(one => one.control === event.target));
    if (row < 0) return;
    const column = grid[row].findIndex(one => one.control === event.target);
    if (step[1] && inWords(event.target, step[1])) return;
    event.preventDefault();
    const goal = grid[row + step[0]]?.[column + step[1]];
    if (goal) { goal.control.focus(); goal.control.select?.(); }
  });

  // left and right go through the words of a text first; a number, or a text that is marked as a whole, is left at once
  function inWords(cell, step) {
    if (!cell.classList.contains("wb-cell-text") || cell.selectionEnd - cell.selectionStart === cell.value.length) return false;
    return step < 0 ? cell.selectionStart > 0 : cell.selectionEnd < cell.value.length;
  }

  const turn = by => async () => {
    const last = new Date(`${shown.days.at(-1)}T12:00`);
    last.setDate(last.getDate() + by);
    const goal = localDay(last) > shown.today ? shown.today : localDay(last);
    try { draw(await call("week", { case: spec.case, last: goal })); } catch (error) { say(error.message); }
  };
  const before = button("Week before", turn(-7)), next = button("Week after", turn(7));
  on("support", ({ show }) => support.replaceChildren(show ? supportBlock() : ""));
  el.append(h("section", { class: "wb-weekly", "aria-label": `A week of: ${spec.form.title}` },
    h("h3", {}, "A whole week at once"),
    prose("Fill in what you remember; leave the rest empty. Arrow keys move between days, numbers answer, Delete takes an answer back.", "wb-purpose"),
    unread(spec.notice), support,
    h("div", { class: "wb-buttons" }, before, next, status),
    scroller, note, conflicts));
  draw(spec);
  scroller.scrollLeft = scroller.scrollWidth;        // on a narrow screen today is in sight
  return () => kept.forEach(one => void one.leave().catch(() => null));
}
