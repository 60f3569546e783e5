// Close and lock: words stored, a backup made, pages, kernels and server ended; then a last page that says so.
import { h, button, t } from "./dom.js";
import { hub, on } from "./hub.js";
import { storeAll } from "./save.js";
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

async function end() {
  await storeAll();
  try {
    const answer = await server.post("close");
    farewell(answer.say || t("Everything is stored, an encrypted backup was made, and the practice is locked."));
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
    if (hub.gone) return;
    hub.gone = true;                 // so that the socket's end is no news
    await storeAll();
    farewell(t("It was closed in another tab. Everything is stored, and the practice is locked."));
  });
}
