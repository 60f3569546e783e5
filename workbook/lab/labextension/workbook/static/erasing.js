// Erasing a case: what will happen, the number typed by hand, how far it is, and what was found afterwards.
import { h, button } from "./dom.js";
import { server } from "./server.js";
import { show } from "./dialog.js";
import { save } from "./pdf.js";
import { choice, field, formlet, unless } from "./formlet.js";
import { progress } from "./exporting.js";

const many = (number, one, more = `${one}s`) => `${number} ${number === 1 ? one : more}`;

/** Erases the open case of `view`, or goes on with an erasing that was interrupted (`{ pending: number }`). */
export async function eraseCase(view) {
  const number = view.pending ?? null;
  const whose = typeof number === "number" ? { pending: number } : { case: view.case.id };
  const bar = progress("erasing", "");
  const result = await show({
    title: `Erase case no. ${whose.pending ?? view.case.number}`,
    build: close => {
      const place = h("div", {}, h("p", { role: "status" }, "Looking at the backups…"));
      server.post("ending/look").then(found => place.replaceChildren(...question(found, whose, view, bar, close)),
        trouble => place.replaceChildren(h("p", { class: "wb-wrong", role: "alert" }, trouble.message)));
      return [place];
    },
  }).finally(bar.stop);
  if (result) await report(result);
}

function question(found, whose, view, bar, close) {
  const ticks = found.unopened.map(copy => choice({ value: copy.name }, `${copy.name} – ${copy.why}`));
  const typed = whose.case ? field("To erase it, type the number of the case", { inputmode: "numeric", maxlength: 12 }, `It is case no. ${view.case.number}.`) : null;
  const asides = found.asides ? ` and in ${many(found.asides, "practice")} put aside by a restore` : "";
  return [
    h("p", {}, "This cannot be undone. Everything of this case is erased: in the practice, ",
      `in ${many(found.backups, "backup")} of this workspace${asides}.`),
    h("p", {}, "Afterwards every database and every file of the workspace is searched, and you get a certificate. Copies elsewhere cannot be reached: sticks, other computers, backups of this computer, PDFs that were saved."),
    whose.case ? h("p", {}, "Does the client want a copy? Then export the case first. Does a law ask you to keep it? Then wait.") : null,
    ticks.length ? h("fieldset", { class: "wb-choices" }, h("legend", {}, "These copies cannot be opened. Delete them as a whole?"), ticks) : null,
    formlet({
      rows: [typed, bar.node], go: "Erase for good", busy: "Erasing…",
      send: async () => {
        unless(!typed || typed.input.value.trim() === String(view.case.number), "Please type the number of the case, as it stands above.");
        bar.node.hidden = false;
        const names = ticks.filter(one => one.input.checked).map(one => one.input.value);
        try {
          const result = await server.post("ending/erase", { ...whose, number: typed?.input.value, delete: names });
          if (bar.node.isConnected) close(result);
          else await report(result);              // the window was closed meanwhile; what was found is shown all the same
        } finally { bar.node.hidden = true; }
      },
      after: [button("Keep the case", () => close(), { class: "wb-quiet" })],
    }),
  ].filter(Boolean);
}

/** What was done and found, and the certificate as a file. */
function report(result) {
  const bytes = Uint8Array.from(atob(result.certificate), sign => sign.charCodeAt(0));
  const keep = () => save(new Blob([bytes], { type: "application/pdf" }), `certificate-case-${result.number}.pdf`);
  keep();
  const list = (title, names) => (names.length ? [h("p", {}, title), h("ul", {}, names.map(name => h("li", {}, name)))] : []);
  return show({
    title: `Case no. ${result.number} is erased`,
    build: close => [
      h("p", { class: result.clean ? "wb-note" : "wb-caution" }, result.clean
        ? `The search found nothing: the practice, ${many(result.backups + result.asides, "copy", "copies")} and ${many(result.files, "plain file")} were looked through.`
        : "Something was found. Please look at these places."),
      ...list("Files of the workspace that hold the alias or the id; change or delete them by hand:", result.found),
      ...list("Copies in which the case was still found; please erase once more:", result.left),
      ...list("Copies that could not be opened and stay:", result.kept),
      ...list("Copies that were deleted as a whole:", result.deleted),
      ...list("PDFs that nobody can search; look at them yourself:", result.closed),
      result.short_alias ? h("p", {}, "An alias of fewer than three characters was not searched for.") : null,
      h("p", {}, "The certificate was saved where your browser saves files. It names the case by its number and dates only."),
      h("div", { class: "wb-actions" }, button("Done", () => close(), { class: "wb-primary", autofocus: true }), button("Save the certificate again", keep)),
    ].filter(Boolean),
  });
}
