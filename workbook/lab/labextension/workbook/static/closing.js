// Closing a case and opening it again: a date of its own, a reason from a short list, a note.
import { h, uid } from "./dom.js";
import { hub } from "./hub.js";
import { server } from "./server.js";
import { show } from "./dialog.js";
import { field, formlet, unless } from "./formlet.js";

const STORE = "The last words on this page are not stored yet. Please try again in a moment.";

/** A labelled list to choose from, beginning with nothing chosen. */
export function select(label, options) {
  const input = h("select", { id: uid("wb-field") }, h("option", { value: "" }, "– choose –"), options.map(([value, words]) => h("option", { value }, words)));
  const row = h("div", { class: "wb-row" }, h("label", { for: input.id }, label), input);
  row.input = input;
  return row;
}

function note() {
  const input = h("textarea", { id: uid("wb-field"), rows: 2, autocomplete: "off" });
  const row = h("div", { class: "wb-row" }, h("label", { for: input.id }, "Note"), input);
  row.input = input;
  return row;
}

const send = async (what, view, body) => {
  unless((await hub.flushAll()) !== false, STORE);
  await server.post(`ending/${what}`, { case: view.case.id, ...body });
};

/** Closes the open case: nothing is deleted, and nothing new is stored until it is opened again. */
export const closeCase = view => show({
  title: "Close the case",
  build: done => {
    const reason = select("Reason", view.closing), words = note();
    const until = field("Keep the record until", { type: "date", value: view.usual, min: view.today },
      view.usual ? `From your setting: ${view.years} years. Change it or empty it as this case needs.` : "Empty: no date. On that day the case is listed as due; nothing is deleted by itself.");
    return [
      h("p", {}, "A closed case is listed apart. It can be read and printed. Nothing new is stored until you open it again."),
      formlet({
        rows: [reason, words, until], go: "Close the case", busy: "Closing…",
        send: async () => {
          unless(reason.input.value, "Please choose a reason.");
          await send("close", view, { reason: reason.input.value, note: words.input.value, keep_until: until.input.value });
          done(true);
        },
      }),
    ];
  },
});

/** Opens the case again; its retention date goes. */
export const reopenCase = view => show({
  title: "Open the case again",
  build: done => {
    const reason = select("Reason", view.reopening), words = note();
    return [
      h("p", {}, "From now on the pages store again what is written. The retention date goes; a new one is set at the next closing."),
      formlet({
        rows: [reason, words], go: "Open the case again", busy: "Opening…",
        send: async () => {
          unless(reason.input.value, "Please choose a reason.");
          await send("reopen", view, { reason: reason.input.value, note: words.input.value });
          done(true);
        },
      }),
    ];
  },
});
