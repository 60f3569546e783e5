// Reading in a log from a CSV file: choose it, say what its columns mean, look at the preview, bring it in, undo it.
// The file goes to this page's own kernel and nowhere else.
import { h, button, trouble } from "../dom.js";
import { emit } from "../hub.js";
import { labelled } from "../formlet.js";
import { mappingForm } from "../mapping.js";
import { preview, amount } from "../preview.js";

export function render({ el, spec, call, on }) {
  const ask = (what, args = {}, more) => call(what, { case: spec.case, ...args }, { timeout: 180000, ...more });
  const wrong = trouble(), say = h("p", { role: "status" });
  const bar = h("progress", { max: 100, hidden: true, "aria-label": "Progress" });
  const formPlace = h("div", {}), seenPlace = h("div", {}), past = h("div", {});
  const file = h("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain" });
  const fold = h("details", { class: "wb-import" }, h("summary", {}, "Bring in a log from a file (CSV)"),
    h("p", {}, "For a log that was kept in another app. The file is read on this computer only. Nothing is stored before you press ‘Bring in’."),
    labelled("The file", file),
    wrong, bar, say, formPlace, seenPlace, past);
  el.append(fold);

  const busy = async (words, work) => {
    wrong.say("");
    bar.hidden = false;
    bar.removeAttribute("value");
    say.textContent = words;
    try { return await work(); } catch (error) { say.textContent = ""; wrong.say(error.message); return null; } finally { bar.hidden = true; }
  };
  on("progress", ({ stage }) => { say.textContent = stage === "storing" ? "Storing the entries …" : "Reading the rows …"; });
  fold.addEventListener("toggle", async () => { if (fold.open) await busy("", async () => showPast((await ask("history")).history)); });

  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    formPlace.replaceChildren();
    seenPlace.replaceChildren();
    if (!chosen) return;
    if (chosen.size > spec.max_bytes) { wrong.say(`The file has more than ${Math.round(spec.max_bytes / 1e6)} MB. Please export a shorter period.`); return; }
    const found = await busy("Reading the file …", async () => ask("read", { name: chosen.name, data: await base64(chosen, done => { bar.value = done; }) }));
    if (found) showForm(found);
  });

  function showForm(found) {
    say.textContent = `${amount(found.rows, "row")}, ${amount(found.columns.length, "column")}; parted by ${found.delimiter}, written in ${found.encoding}.${found.mapping ? " The choices that such a file had last are filled in." : ""}`;
    const form = mappingForm(found, { onChange: () => seenPlace.replaceChildren(), onHeading: async named => {
      const again = await busy("Reading the file …", () => ask("heading", { named }));
      if (again) showForm(again);
    } });
    const look = button("Preview", async () => {
      const mapping = form.read();
      const seen = await busy("Reading the rows …", () => ask("preview", { mapping }));
      if (!seen) return;
      say.textContent = "";
      showPreview(seen, mapping, found, form);
    }, { class: "wb-button wb-primary" });
    formPlace.replaceChildren(form.node, h("div", { class: "wb-buttons" }, look));
  }

  function showPreview(seen, mapping, found, form) {
    form.conversions(seen.conversions);
    const total = seen.counts.daily + seen.counts.contact + seen.counts.event;
    const bring = button(`Bring in ${amount(total, "entry", "entries")}`, async () => {
      bring.disabled = true;
      const done = await busy("Reading the rows …", () => ask("import", { mapping }));
      bring.disabled = false;
      if (!done) return;
      const known = done.known ? ` ${amount(done.known, "entry was", "entries were")} there already, or had been deleted; nothing was doubled.` : "";
      say.textContent = `Done: ${amount(done.added, "new entry", "new entries")} from ${amount(done.counts.rows, "row")}.${known}`;
      showPast(done.history);
      emit("imported");
    }, { class: "wb-button wb-primary", disabled: !total });
    const head = h("h3", { tabindex: "-1" }, "Preview");
    seenPlace.replaceChildren(head, ...preview(seen, found.questions), h("div", { class: "wb-buttons" }, bring));
    head.focus();
  }

  function showPast(history) {
    if (!history.length) { past.replaceChildren(); return; }
    past.replaceChildren(h("h3", {}, "Brought in so far"), h("ul", {}, history.map(one => {
      const when = new Date(one.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
      const take = button("Undo", () => sure(), { "aria-label": `Undo the import of ${when}` });
      const line = h("li", {}, h("bdi", {}, one.file || "a file"), `, ${when}, ${amount(one.added, "entry", "entries")} `, take);
      const sure = () => line.replaceChildren(h("span", {}, "Take these entries out again? Entries that were changed since stay. "),
        button("Take them out", async () => {
          const done = await busy("Taking the entries out …", () => ask("undo", { id: one.id }));
          if (!done) return;
          say.textContent = `${amount(done.removed, "entry was", "entries were")} taken out.`;
          showPast(done.history);
          emit("imported");
        }), " ", button("Leave them", () => showPast(history)));
      return line;
    })));
  }
}

/** A file's bytes as base64; `progress` hears 0 to 100. */
function base64(file, progress) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("progress", event => { if (event.lengthComputable) progress(100 * event.loaded / event.total); });
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(new Error("The file could not be read. Please choose it again.")));
    reader.readAsDataURL(file);
  });
}
