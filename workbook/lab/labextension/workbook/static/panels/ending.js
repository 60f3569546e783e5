// When the work ends: close, open again, export, erase; closed cases and what is due. In Counselor view only.
import { h, button, longDay as day, trouble } from "../dom.js";
import { hub } from "../hub.js";
import { inCounselorView } from "../counselorview.js";
import { closeCase, reopenCase } from "../closing.js";
import { exportCase } from "../exporting.js";
import { labelled } from "../formlet.js";
import { eraseCase } from "../erasing.js";
import { scroller, table } from "../tables.js";

const DONE = { closed: "closed", reopened: "opened again", kept: "another retention date" };

export function render({ el, call }) {
  const host = h("div", { class: "wb-counselor-box" });
  let shown = {};                 // what the kernel said last; the dialogs read it when they open
  el.append(host);
  return inCounselorView(host, async () => draw(await call("counselor")));

  function draw(view) {
    shown = view;
    host.replaceChildren(h("h2", {}, "When the work ends"), ...due(view), ...waiting(view), ...current(view), ...closed(view), ...erased(view), settings(view));
  }

  function due(view) {
    const cases = view.closed.filter(one => view.due.includes(one.number));
    if (!cases.length) return [];
    return [h("section", { class: "wb-numbers", "aria-label": "Due" }, h("h3", {}, "Due: the retention date has come"),
      h("ul", {}, cases.map(one => h("li", {}, `${one.alias} (no. ${one.number}), kept until ${day(one.keep_until)} `, opener(one)))),
      h("p", {}, "Nothing is deleted by itself. Open a case to set another date, to export it or to erase it."))];
  }

  function waiting(view) {
    return view.pending.map(number => h("section", { class: "wb-numbers", "aria-label": "Interrupted" },
      h("p", {}, `Erasing case no. ${number} was interrupted. It is gone from the practice; backups and files are not searched yet.`),
      button("Finish erasing…", () => eraseCase({ pending: number }))));
  }

  function current(view) {
    const one = view.case;
    if (!one) return [h("p", {}, "Open a case to close, export or erase it.")];
    const state = one.closed
      ? `${one.alias} (no. ${one.number}) was closed on ${day(one.closed)}: ${one.reason}. It can be read and printed; nothing new is stored.`
      : `${one.alias} (no. ${one.number}) is open.`;
    return [h("h3", {}, "This case"), h("p", {}, state), one.closed ? keep(view) : null, past(one),
      h("div", { class: "wb-actions" },
        one.closed ? button("Open the case again…", () => reopenCase(view)) : button("Close the case…", () => closeCase(view)),
        button("Export the whole case…", () => exportCase(view)),
        button("Erase the case…", () => eraseCase(view)))].filter(Boolean);
  }

  function past(one) {
    if (!one.history.length) return null;
    const line = entry => [day(entry.day), DONE[entry.what], entry.reason, entry.keep_until && `kept until ${day(entry.keep_until)}`, entry.note];
    return h("details", {}, h("summary", {}, "What was closed and opened"), h("ul", {}, one.history.map(entry => h("li", {}, line(entry).filter(Boolean).join(" – ")))));
  }

  function keep(view) {
    const date = h("input", { type: "date", value: view.case.keep_until, autocomplete: "off" });
    return field("Keep the record until", date, "Empty: no date. On that day the case is listed as due; nothing is deleted by itself.",
      () => call("keep", { case: view.case.id, day: date.value }));
  }

  /** A labelled control that is stored when it changes. */
  function field(label, control, help, send) {
    const say = h("p", { role: "status", class: "wb-muted" }), wrong = trouble();
    control.addEventListener("change", wrong.guard(async () => {
      say.textContent = "";
      Object.assign(shown, await send());
      say.textContent = "Saved.";
    }));
    const row = labelled(label, control, help);
    row.append(say, wrong);
    return row;
  }

  function closed(view) {
    if (!view.closed.length) return [];
    const row = one => [one.alias, String(one.number), day(one.closed), one.keep_until ? day(one.keep_until) : "no date", one.current ? "open now" : opener(one)];
    return [h("h3", {}, "Closed cases"),
      scroller("Closed cases", table("Closed cases", ["Closed case", "No.", "Closed", "Kept until", ""], view.closed.map(row)))];
  }

  function erased(view) {
    if (!view.erased.length) return [];
    return [h("details", {}, h("summary", {}, `Erased cases (${view.erased.length})`),
      h("ul", {}, view.erased.map(one => h("li", {}, `No. ${one.number}: opened ${day(one.opened)}, erased ${day(one.erased)}`))))];
  }

  function settings(view) {
    const years = h("input", { type: "text", inputmode: "decimal", value: view.years ?? "", autocomplete: "off" });
    const name = h("input", { type: "text", value: view.practice_name, maxlength: 80, autocomplete: "off" });
    return h("details", { class: "wb-settings" }, h("summary", {}, "Retention and certificates"),
      field("Records are kept for so many years after closing", years,
        "What a law, a contract or your profession asks for is yours to know; the workbook suggests nothing. Empty: no date is filled in.",
        () => call("setting", { name: "years", value: years.value })),
      field("Name of the practice on certificates", name, "It stands on the certificate of an erased case. Empty leaves a line to write on.",
        () => call("setting", { name: "practice_name", value: name.value })));
  }
}

const opener = one => button("Open", () => hub.openCase(one.id), { "aria-label": `Open ${one.alias}` });
