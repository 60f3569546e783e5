// The page as a PDF: for whom, filled or blank, with or without a password. The file is saved where the browser saves files.
import { h, t } from "./dom.js";
import { hub } from "./hub.js";
import { counselorView } from "./counselorview.js";
import { server } from "./server.js";
import { show } from "./dialog.js";
import { choices, formlet, newPassword, select, store } from "./formlet.js";

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
  return select(t("What?"), [...new Map(forms.filter(([, title]) => title))], t("The whole page"));
}

/** Asks how, then saves the PDF of the page in front. What the counselor sees is offered in the counselor view only. */
function print() {
  const { path } = hub;
  if (!path || hub.state.practice !== "open") return null;
  const counselor = counselorView();
  return show({
    title: t("This page as a PDF"),
    build: (close) => {
      const whom = choices(t("For whom?"), [["client", t("For you, the client")], ...(counselor ? [["counselor", t("For the counselor, with notes and reasons")]] : [])]);
      const how = choices(t("How?"), [["filled", t("Filled, with what is written so far")], ["blank", t("Blank, a worksheet to write on")]]);
      const what = parts();
      const password = newPassword(t("Password for the file, if you want one"),
        t("Without one, whoever finds the file can read it. We cannot recover a forgotten one."));
      return formlet({
        rows: [counselor ? whom : null, what, how, ...password.rows],
        go: t("Save the PDF"), busy: t("Preparing…"),
        send: async () => {
          const asked = password.read();
          await store(t("The last words are not stored yet, so the PDF would miss them. Please try again in a moment."));
          const blank = how.read() === "blank";
          const file = await server.file("print", { path, audience: whom.read(), blank, only: what?.input.value || null, ...asked });
          save(file, path.split("/").pop().replace(/\.ipynb$/, blank ? "-blank.pdf" : ".pdf"));
          close(true);
        },
      });
    },
  });
}
hub.print = print;
