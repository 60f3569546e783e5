// The page as a PDF: for whom, filled or blank, with or without a password. The file is saved where the browser saves files.
import { h, uid, t } from "./dom.js";
import { hub } from "./hub.js";
import { server } from "./server.js";
import { show } from "./dialog.js";
import { secret, formlet, unless } from "./formlet.js";

export function choices(legend, options) {
  const name = uid("wb-pdf");
  const group = h("fieldset", { class: "wb-choices" }, h("legend", {}, legend), options.map(([value, label], place) => {
    const id = uid("wb-pdf");
    return h("div", { class: "wb-choice" }, h("input", { type: "radio", id, name, value, checked: place === 0 }), h("label", { for: id }, label));
  }));
  group.read = () => group.querySelector("input:checked").value;
  return group;
}

export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = h("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The exercises on the page in front, to print one alone; null on a page without any. */
function parts() {
  const page = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const forms = [...(page?.querySelectorAll("details.wb-form[data-form], li[data-further]") || [])]
    .map((node) => [node.dataset.form || node.dataset.further, node.querySelector("h3, button")?.textContent]);
  if (!forms.length) return null;
  const id = uid("wb-pdf");
  const list = h("select", { id }, h("option", { value: "" }, t("The whole page")), [...new Map(forms.filter(([, title]) => title))].map(([value, title]) => h("option", { value }, title)));
  const row = h("div", { class: "wb-row" }, h("label", { for: id }, t("What?")), list);
  row.read = () => list.value;
  return row;
}

/** Asks how, then saves the PDF of `path`. What the counselor sees is offered in the counselor view only. */
export function print(path = hub.path) {
  if (!path || hub.state.practice !== "open") return null;
  const counselor = document.body.classList.contains("wb-counselor");
  return show({
    title: t("This page as a PDF"),
    build: (close) => {
      const whom = choices(t("For whom?"), [["client", t("For you, the client")], ...(counselor ? [["counselor", t("For the counselor, with notes and reasons")]] : [])]);
      const how = choices(t("How?"), [["filled", t("Filled, with what is written so far")], ["blank", t("Blank, a worksheet to write on")]]);
      const what = parts();
      const first = secret(t("Password for the file, if you want one"), { autocomplete: "new-password" }, t("Without one, whoever finds the file can read it. We cannot recover a forgotten one."));
      const again = secret(t("Password, once more"), { autocomplete: "new-password" });
      again.hidden = true;
      first.input.addEventListener("input", () => { again.hidden = !first.input.value; });
      return formlet({
        rows: [counselor ? whom : null, what, how, first, again].filter(Boolean),
        go: t("Save the PDF"), busy: t("Preparing…"),
        send: async () => {
          const password = first.input.value;
          unless(!password || password === again.input.value, t("The two passwords are not the same."));
          unless((await hub.flushAll()) !== false, t("The last words are not stored yet, so the PDF would miss them. Please try again in a moment."));
          const blank = how.read() === "blank";
          const file = await server.file("print", { path, audience: whom.read(), blank, only: what?.read() || null, ...(password ? { password } : {}) });
          save(file, path.split("/").pop().replace(/\.ipynb$/, blank ? "-blank.pdf" : ".pdf"));
          close(true);
        },
      });
    },
  });
}
hub.print = print;
