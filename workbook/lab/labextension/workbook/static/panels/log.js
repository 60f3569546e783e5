// A log: a new entry that begins with its first answer, and below it the entries made before.
import { h, button, localDay, localMinute, prose, timeZone, trouble, uid, unread, t } from "../dom.js";
import { sheet } from "../sheetview.js";
import { flushAll, waiting } from "../save.js";
import { entryList } from "../entries.js";
import { supportBlock } from "../support.js";
import { holdFocus, keepInSight, ledTo, question } from "../parts.js";
import { switchBoard } from "../switches.js";

const yesterday = () => { const day = new Date(); day.setDate(day.getDate() - 1); return localDay(day); };

/** Among a step's exercises a log is one more fold: one of them is open at a time. */
function fold(spec, title, log) {
  const card = h("details", { class: "wb-form", name: `wb-exercise-${spec.page}` }, h("summary", {}, title), h("div", { class: "wb-form-body" }, log));
  keepInSight(card);
  return card;
}

export async function render({ model, el, spec, call, on }) {
  const ask = (what, args = {}) => call(what, { case: spec.case, ...args });
  const place = h("div", { class: "wb-entry" }), wrong = trouble(), { say, guard: guarded } = wrong;
  const support = h("div", {}), optional = h("div", {});
  const due = spec.due.length ? h("div", { class: "wb-due" }, spec.due.map(line => h("p", { class: "wb-help" }, line))) : null;
  const fields = { quick: spec.quick, more: spec.more };
  let entry = null, listTimer = 0;

  const list = entryList({ spec, ask: guarded(ask), edit: guarded(id => edit(id)) });
  const later = () => { clearTimeout(listTimer); listTimer = setTimeout(() => void list.refresh(), 1200); };

  /** Show an entry: `when` is {} for now, {at} or {day}; a fresh one exists from its first answer on. */
  function show({ response = crypto.randomUUID(), values = {}, when = {}, title = null, fresh = true, known = false }) {
    entry?.view.end();
    entry = { response, when, begun: null, fresh };
    const own = entry;
    // the moment of a new entry is the one of its first answer, not the one at which it was sent again
    const extra = {
      get at() { return own.fresh && !own.when.day ? own.when.at || (own.begun ??= new Date().toISOString()) : undefined; },
      get day() { return own.when.day; },
    };
    // among exercises the first questions give way to what is unfolded: never more than five are in sight there
    const parts = [{ title: null, plain: !spec.folded, fields: fields.quick }, ...fields.more.map(part => ({ ...part, folded: true }))];
    entry.view = sheet({ model, spec, call, parts, values, response, extra: known ? undefined : extra, onStored: later });
    const finish = button(fresh ? t("Finish this entry") : t("Done correcting"), guarded(async () => {
      await own.view.leave();
      show(await blankEntry());
      await list.refresh();
      place.querySelector("h4").focus();      // the one of the entry that is shown now
    }));
    const heading = h("h4", { tabindex: "-1" }, title || (spec.once ? t("Today") : t("A new entry")));
    place.replaceChildren(heading, spec.form.audience === "client" || fresh ? whenPicker(own) : "", own.view.node,
      h("div", { class: "wb-buttons" }, spec.once ? null : finish, own.view.status));
    optional.hidden = !fresh;
  }

  const blankEntry = async () => (spec.once ? day(localDay(new Date())) : {});

  async function day(which) {
    const found = await ask("day", { day: which });
    const title = spec.once && which === localDay(new Date()) ? t("Today") : t("The whole day {day}", { day: which });
    return { response: found.response, values: found.values, when: { day: which }, fresh: true, title };
  }

  async function edit(response) {
    const found = await ask("open", { response });
    const stamp = found.whole_day ? { day: found.day } : { at: localMinute(new Date(found.at)) };
    show({ response, values: found.values, when: stamp, fresh: false, title: t("Correcting an entry; what it said before is kept") });
    entry.view.focus();
  }

  /** Now, yesterday as a whole, or another time. */
  function whenPicker(own) {
    const name = uid("wb-when");
    const other = h("input", { type: "datetime-local", "aria-label": t("Date and time"), max: localMinute(new Date()), autocomplete: "off", hidden: true });
    const move = guarded(async when => {
      const { kept } = own.view, apart = spec.once && own.fresh;   // there each day has its own entry
      if (kept.items.size) await flushAll();   // what is on its way makes the entry, and that is the one which is meant
      if (!apart) own.when = when;
      if (!apart && (kept.savedAt || !own.fresh)) {
        await ask("when", { response: own.response, zone: timeZone(), ...when });
        later();
      } else if (when.day && (apart || !(kept.items.size || kept.held.size))) {
        show(await day(when.day));
        place.querySelector(".wb-when input:checked")?.focus();
      }
    });
    const today = localDay(new Date()), { day: whole, at: moment } = own.when;
    const pick = {
      now: () => move({ at: new Date().toISOString() }),
      yesterday: () => move({ day: yesterday() }),
      today: () => move({ day: today }),
      other: () => other.focus(),
    };
    const at = whole === yesterday() ? "yesterday" : spec.once && whole === today ? "today" : whole || moment ? "other" : "now";
    const now = ["now", own.fresh ? t("Now") : t("Move to now")], before = ["yesterday", t("Yesterday")];
    const radios = (spec.once ? [["today", t("Today")], before] : [now, before, ["other", t("Another time")]]).map(([value, label]) => {
      const input = h("input", { type: "radio", name, value, id: uid(), checked: value === at, autocomplete: "off" });
      input.addEventListener("change", () => { other.hidden = value !== "other"; void pick[value](); });
      return h("label", { for: input.id }, input, h("span", {}, label));
    });
    if (at === "other") { other.hidden = false; other.value = own.when.at ? localMinute(new Date(own.when.at)) : `${own.when.day}T12:00`; }
    other.addEventListener("change", () => {
      if (!other.value) return;
      if (other.value > localMinute(new Date())) { say(t("This time is still to come. Please choose one that has been.")); return; }
      void move({ at: other.value });
    });
    return h("fieldset", { class: "wb-when" }, h("legend", { class: "wb-label" }, t("When")), h("div", { class: "wb-options" }, radios, other));
  }

  /** The fields to ask have changed: the entry that is open shows them, with what is typed in it already; `item`, just switched on, in sight. */
  function asked(answer, item) {
    Object.assign(fields, { quick: answer.quick, more: answer.more });
    const { response, when, fresh, view } = entry;
    show({ response, when, fresh, values: view.current });
    if (item) question(place, item);
    board.show(answer.optional);
  }
  const board = switchBoard({ spec, el: optional, ask: guarded(ask), flush: () => entry.view.kept.flush(), asked });

  const showSupport = (yes, low) => support.replaceChildren(yes ? supportBlock(low) : "");
  on("support", ({ show, low = true }) => showSupport(show, low));

  const title = h("h3", {}, spec.form.title);
  const log = h("section", { class: "wb-log", "data-form": spec.form.id, "aria-label": spec.form.title },
    spec.folded ? null : title, prose(spec.form.purpose, "wb-purpose"), unread(spec.notice),
    due, support, place, wrong, optional, board.counselor, list.node);
  const card = spec.folded ? fold(spec, title, log) : log;
  el.append(card);
  showSupport(spec.support);
  board.show(spec.optional);
  list.show(spec.entries, spec.in_all);
  await begin();
  const deaf = ledTo(spec.form.id, card);     // a link may lead to a question, so that is drawn first
  if (spec.focus) holdFocus(el, () => entry.view.focus());
  return () => { deaf(); clearTimeout(listTimer); board.end(); entry?.view.end(); };

  async function begin() {
    // after a kernel died: the entry whose words still wait is shown again, and they go out through the new kernel
    const [response, kept] = waiting(spec.page, spec.case, spec.form.id).entries().next().value || [];
    if (!response) return show(await blankEntry().catch(error => { say(error.message); return {}; }));
    const stored = await ask("open", { response }).catch(() => null);
    return show({ response, values: stored?.values || {}, when: kept.extra.day ? { day: kept.extra.day } : { at: kept.extra.at }, fresh: !stored, known: true });
  }
}
