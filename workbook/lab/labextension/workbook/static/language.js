// How a page reads for its case: our own phrases and the page's prose in its language, less the prose that is not for it.
// The notebook keeps its own words: they are put back before anybody edits or saves it.
import { speak } from "./dom.js";
import { on } from "./hub.js";
import { server } from "./server.js";

const known = new Map();          // code -> {code, locale, words}
const originals = new WeakMap();  // a cell's model -> its own Markdown

on("locked", () => speak(null));   // the lock screen knows no case

/** Speaks the language with this code from now on. Without its words the page stays in English. */
export async function speakAs(code) {
  if (!code || code === "en") return speak(null);
  if (!known.has(code)) {
    const answer = await server.get("words", { language: code }).catch(() => null);
    if (!answer) return speak(null);
    known.set(code, answer);
  }
  return speak(known.get(code));
}

/** Shows Markdown by cell id in the place of the page's own; what has none stays. */
export function translate(notebook, prose = {}) {
  untranslate(notebook);
  for (const cell of notebook.widgets) {
    const { sharedModel, id } = cell.model;
    if (cell.model.type !== "markdown" || !Object.hasOwn(prose, id)) continue;
    originals.set(cell.model, sharedModel.getSource());
    say(cell, prose[id]);
  }
}

/** Hides the cells with these ids, as long as nobody edits the page. */
export function leaveOut(notebook, ids = []) {
  for (const cell of notebook.widgets) cell.toggleClass("wb-left-out", ids.includes(cell.model.id));
}

/** Puts the page's own Markdown back. */
export function untranslate(notebook) {
  for (const cell of notebook.widgets) {
    const own = originals.get(cell.model);
    if (own === undefined) continue;
    originals.delete(cell.model);
    say(cell, own);
  }
}

function say(cell, source) {
  cell.model.sharedModel.setSource(source);
  cell.update();                  // JupyterLab would draw the new words a second later
}
