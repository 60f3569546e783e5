// The recovery sheet: shown once, printed by the browser, never stored; two of its groups are typed back.
import { h, button } from "./dom.js";
import { field, formlet, unless } from "./formlet.js";
import { server } from "./server.js";

const TYPED_BACK = 2;

function pick(count, many) {
  const left = Array.from({ length: count }, (_, place) => place + 1);
  const chosen = [];
  while (chosen.length < many) chosen.push(...left.splice(crypto.getRandomValues(new Uint32Array(1))[0] % left.length, 1));
  return chosen.sort((one, other) => one - other);
}

function paper(groups) {
  return h("section", { class: "wb-sheet", "aria-label": "Recovery sheet" },
    h("h2", {}, "Recovery sheet"),
    h("p", {}, "This key opens the workbook’s records when the passphrase is lost. Keep it on paper, in a locked place, away from this computer."),
    h("ol", { class: "wb-groups" }, groups.map((group) => h("li", {}, h("code", {}, group)))),
    h("p", { class: "wb-help" }, `Printed on ${new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}. `
      + "Who holds this sheet and the computer can read every record. A new key, made any time on the start page, ends this one."));
}

function print() {
  document.documentElement.classList.add("wb-print-sheet");
  const done = () => document.documentElement.classList.remove("wb-print-sheet");
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}

/** The sheet and the two groups to type back; `done()` is called once the server has agreed. */
export function recoverySheet(key, done) {
  const groups = key.split("-");
  const places = pick(groups.length, TYPED_BACK);
  const rows = places.map((place) => field(`Group ${place} of the sheet`, { class: "wb-group", maxlength: "8" }));
  const form = formlet({
    rows,
    go: "I have the sheet",
    send: async () => {
      const typed = rows.map((row) => row.input.value.trim().toUpperCase());
      unless(typed.every(Boolean), "Please type both groups from the printed sheet.");
      await server.post("confirm", { groups: Object.fromEntries(places.map((place, at) => [place, typed[at]])) });
      await done();
    },
  });
  return [
    h("p", {}, "Print this sheet now, or copy it by hand. It is shown this one time and is stored nowhere."),
    paper(groups),
    h("div", { class: "wb-actions" }, button("Print the sheet", print)),
    h("h2", {}, "A quick check with the sheet in your hand"),
    form,
  ];
}
