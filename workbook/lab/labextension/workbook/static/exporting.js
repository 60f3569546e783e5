// A whole case as one file, on the client's request. The browser saves it where it saves all downloads.
import { h } from "./dom.js";
import { on } from "./hub.js";
import { server } from "./server.js";
import { show } from "./dialog.js";
import { save } from "./pdf.js";
import { choices, field, formlet, newPassword, store } from "./formlet.js";

const OPEN = "Whoever has the ZIP file can read it. Hand it over on a stick, or let the client take it from this computer.";

/** A bar that hears how far the server is: `kind` is what the server calls it. Ends with `stop()`. */
export function progress(kind, words) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Progress" }), said = h("p", { role: "status" });
  const node = h("div", { class: "wb-progress", hidden: true }, bar, said);
  const stop = on(kind, ({ done, of, what }) => {
    Object.assign(bar, { max: of, value: done });
    said.textContent = what ? `${what}…` : `${words} ${Math.min(done + 1, of)} of ${of}`;
  });
  return { node, stop };
}

export const exportCase = view => {
  const bar = progress("exporting", "Part");
  return show({
    title: "Export the whole case",
    build: close => {
      const what = choices("What shall be in the file?", [["all", "Everything: pages as PDF, all answers as JSON and CSV"], ["pages", "The pages alone, as PDF"]]);
      const name = field("Name of the file", { value: `pages-${view.today}`, maxlength: 60 }, "The suggested name says nothing of what is in it.");
      const password = newPassword("Password for the PDFs, if you want one",
        "JSON and CSV stay open: to protect all that is handed over, choose the pages alone. We cannot recover a forgotten password.");
      return [
        h("p", {}, "For the client: all that the client wrote, with earlier versions. Without your notes, the private questions, the reasons of flags and your own forms."),
        h("p", {}, "Private entries are in JSON and CSV, marked as private; the PDFs leave them out."),
        h("p", { class: "wb-caution" }, OPEN),
        formlet({
          rows: [what, name, ...password.rows, bar.node], go: "Save the file", busy: "Preparing…",
          send: async () => {
            const asked = password.read();
            await store("The last words are not stored yet, so the file would miss them. Please try again in a moment.");
            bar.node.hidden = false;
            try {
              const file = await server.file("ending/export", { case: view.case.id, what: what.read(), ...asked });
              save(file, `${name.input.value.trim().replace(/\.zip$/i, "").replace(/[\\/:*?"<>|]/g, "-") || "pages"}.zip`);
            } finally { bar.node.hidden = true; }
            close(true);
          },
        }),
      ];
    },
  }).finally(bar.stop);
};
