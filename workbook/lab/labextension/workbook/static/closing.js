// Closing a case and opening it again: a date of its own, a reason from a short list, a note.
import { h } from "./dom.js";
import { server } from "./server.js";
import { show } from "./dialog.js";
import { field, formlet, labelled, select, store, unless } from "./formlet.js";

/** A dialog that asks for a reason, a note and `more`, stores the page and tells the server. */
const ending = ({ what, title, about, reasons, more = () => [], busy }) => view => show({
  title,
  build: done => {
    const reason = select("Reason", view[reasons]), note = labelled("Note", h("textarea", { rows: 2, autocomplete: "off" })), rows = more(view);
    return [
      h("p", {}, about),
      formlet({
        rows: [reason, note, ...rows], go: title, busy,
        send: async () => {
          unless(reason.input.value, "Please choose a reason.");
          await store("The last words on this page are not stored yet. Please try again in a moment.");
          const [until] = rows.map(row => row.input.value);
          await server.post(`ending/${what}`, { case: view.case.id, reason: reason.input.value, note: note.input.value, keep_until: until });
          done(true);
        },
      }),
    ];
  },
});

/** Closes the open case: nothing is deleted, and nothing new is stored until it is opened again. */
export const closeCase = ending({
  what: "close", title: "Close the case", busy: "Closing…", reasons: "closing",
  about: "A closed case is listed apart. It can be read and printed. Nothing new is stored until you open it again.",
  more: view => [field("Keep the record until", { type: "date", value: view.usual, min: view.today },
    view.usual ? `From your setting: ${view.years} years. Change it or empty it as this case needs.`
      : "Empty: no date. On that day the case is listed as due; nothing is deleted by itself.")],
});

/** Opens the case again; its retention date goes. */
export const reopenCase = ending({
  what: "reopen", title: "Open the case again", busy: "Opening…", reasons: "reopening",
  about: "From now on the pages store again what is written. The retention date goes; a new one is set at the next closing.",
});
