// Close and lock: words stored, a backup made, pages, kernels and server ended; then a last page that says so.
import { h, button, t } from "./dom.js";
import { hub, on } from "./hub.js";
import { flushAll, storeAll } from "./save.js";
import { server } from "./server.js";
import { show, closeAll } from "./dialog.js";
import { lock } from "./idle.js";
import { banner } from "./banner.js";

function farewell(text) {
  hub.gone = true;
  closeAll();
  document.documentElement.classList.add("wb-farewell");
  const page = h("main", { class: "wb-end" }, h("h1", { tabindex: "-1" }, t("The workbook is closed")), h("p", {}, text),
    h("p", {}, t("You can close this tab now. To come back, start the workbook again from its shortcut.")));
  document.body.replaceChildren(page);
  page.firstChild.focus();
}

/** Words that cannot be stored just now stay on the page; `anyway` ends it all the same. */
async function end(anyway = false) {
  if (!(await flushAll()) && anyway !== true) {
    banner({ kind: "close", text: t("Not saved yet – trying again"), actions: [[t("Try again"), end], [t("Close and lock"), () => end(true)]] });
    return;
  }
  await storeAll();
  try {
    const { say } = await server.post("close");
    farewell(say || (anyway === true ? "" : t("Everything is stored, an encrypted backup was made, and the practice is locked.")));
  } catch (trouble) {
    banner({ kind: "close", text: trouble.message, actions: [[t("Try again"), end]] });
  }
}

/** Asks once, because it ends the work in every tab. */
export async function close() {
  const answer = await show({
    title: t("Close and lock"),
    build: (done) => [
      h("p", {}, t("What is written is stored, a backup is made, and the workbook ends in all its tabs.")),
      h("div", { class: "wb-actions" },
        button(t("Close and lock"), () => done("close"), { class: "wb-primary", autofocus: true }),
        button(t("Only lock"), () => done("lock")),
        button(t("Stay"), () => done(), { class: "wb-quiet" })),
    ],
  });
  if (answer === "close") await end();
  if (answer === "lock") await lock().catch((trouble) => banner({ kind: "close", text: trouble.message }));
}
hub.close = close;

export function startClose() {
  on("stopping", async () => {
    if (hub.gone || !(await flushAll({ timeout: 0 }))) return;      // words that wait stay here until the workbook is back
    farewell(t("It was closed in another tab. Everything is stored, and the practice is locked."));
  });
}
