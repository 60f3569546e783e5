// Close and lock: words stored, a backup made, pages, kernels and server ended; then a last page that says so.
import { h, button } from "./dom.js";
import { hub, on, storeAll } from "./hub.js";
import { server } from "./server.js";
import { show, closeAll } from "./dialog.js";
import { lock } from "./idle.js";
import { banner } from "./banner.js";

function farewell(text) {
  hub.gone = true;
  closeAll();
  document.documentElement.classList.add("wb-farewell");
  const page = h("main", { class: "wb-end" }, h("h1", { tabindex: "-1" }, "The workbook is closed"), h("p", {}, text),
    h("p", {}, "You can close this tab now. To come back, start the workbook again from its shortcut."));
  document.body.replaceChildren(page);
  page.firstChild.focus();
}

async function end() {
  await storeAll();
  try {
    const answer = await server.post("close");
    farewell(answer.say || "Everything is stored, an encrypted backup was made, and the practice is locked.");
  } catch (trouble) {
    banner({ kind: "close", text: trouble.message, actions: [["Try again", end]] });
  }
}

/** Asks once, because it ends the work in every tab. */
export async function close() {
  const answer = await show({
    title: "Close and lock",
    build: (done) => [
      h("p", {}, "What is written is stored, a backup is made, and the workbook ends in all its tabs."),
      h("div", { class: "wb-actions" },
        button("Close and lock", () => done("close"), { class: "wb-primary", autofocus: true }),
        button("Only lock", () => done("lock")),
        button("Stay", () => done(), { class: "wb-quiet" })),
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
    farewell("It was closed in another tab. Everything is stored, and the practice is locked.");
  });
}
