// The lock screen: one full-page dialog in front of every page while there is no open practice. Nothing behind it can be
// reached, read by a screen reader, or typed into.
import { h, button } from "./dom.js";
import { hub, on } from "./hub.js";
import { server, refresh } from "./server.js";
import { field, secret, formlet, unless } from "./formlet.js";
import { newPassphrase, WARNING } from "./passphrase.js";
import { recoverySheet } from "./sheet.js";
import { restoreChoices } from "./restore.js";

let box = null;          // the dialog, while it is in front
let view = "";           // which of its views is shown
let fresh = false;       // a recovery sheet is being shown: an open practice does not take it away

const link = (label, to) => button(label, () => show(to), { class: "wb-quiet" });
const sentence = (text) => text && h("p", {}, text);
const unlocked = async () => void (await refresh());

// One that was begun and not finished must not look locked: the sheet's key cannot be shown again.
const sheet = (key) => show("sheet", recoverySheet(key, async () => { fresh = false; await refresh(); settle(); }));

const VIEWS = {
  wait: () => ["One moment", [h("p", { role: "status" }, "The workbook is opening…")]],
  none: () => {
    const chosen = newPassphrase("Passphrase");
    return ["Create your practice", [
      sentence("A practice is one encrypted file on this computer. It holds all your cases. You open it with a passphrase that only you know."),
      formlet({
        rows: [...chosen.rows, h("p", { class: "wb-caution" }, WARNING)],
        go: "Create the practice", busy: "Creating…",
        send: async () => {
          const made = await server.post("create", { passphrase: await chosen.read() });
          fresh = true;
          sheet(made.recovery);
        },
        after: [link("Restore a backup", "restore")],
      })]];
  },
  locked: (state) => {
    const row = secret("Passphrase", { autocomplete: "current-password", autofocus: true });
    return ["The workbook is locked", [
      state.rehearsal && h("p", { class: "wb-note" }, "This is a rehearsal: all people in it are made up."),
      sentence(state.message),
      formlet({
        rows: [row], go: "Unlock", busy: "Unlocking…",
        send: async () => {
          unless(row.input.value, "Please type the passphrase.");
          await server.post("unlock", { passphrase: row.input.value });
          row.input.value = "";
          await unlocked();
        },
      }),
      h("div", { class: "wb-actions wb-other" }, link("I lost the passphrase", "lost"), link("Restore a backup", "restore"))]];
  },
  lost: () => {
    const key = field("Recovery key from the sheet", { class: "wb-key", placeholder: "" }, "Seven groups of four letters and digits. Capitals, spaces and dashes do not matter.");
    const chosen = newPassphrase();
    return ["A new passphrase with the recovery key", [
      formlet({
        rows: [key, ...chosen.rows], go: "Set the new passphrase", busy: "Checking…",
        send: async () => {
          unless(key.input.value.trim(), "Please type the recovery key.");
          const passphrase = await chosen.read();
          await server.post("recover", { recovery: key.input.value.trim(), passphrase });
          await unlocked();
        },
        after: [link("Back", "")],
      }),
      h("p", { class: "wb-help" }, WARNING)]];
  },
  restore: () => ["Restore a backup", [
    restoreChoices(async () => { await refresh(); show(""); }),
    h("div", { class: "wb-actions wb-other" }, link("Back", ""))]],
  damaged: (state) => ["The practice file cannot be read", [
    sentence(state.message || "The file with your cases is damaged or incomplete. It was left as it is; nothing was thrown away."),
    sentence("A backup brings back everything up to the last time the workbook was closed."),
    h("div", { class: "wb-actions" }, button("Restore a backup", () => show("restore"), { class: "wb-primary" }),
      button("Look again", () => refresh().catch(() => {}), { class: "wb-quiet" }))]],
  silent: () => ["The workbook does not answer", [
    sentence("The part that keeps the records is not running. Start the workbook again the way you always do; this page then goes on by itself."),
    h("div", { class: "wb-actions" }, button("Try again", () => refresh().catch(() => {}), { class: "wb-primary" }))]],
};

function show(name, given = null) {
  view = name || startView();
  const [title, body] = given ? ["Your recovery sheet", given] : VIEWS[view](hub.state);
  raise();
  const heading = h("h1", { id: "wb-gate-title", tabindex: "-1" }, title);
  box.querySelector(".wb-gate-page").replaceChildren(heading, ...body.flat().filter(Boolean));
  (box.querySelector("[autofocus]") || heading).focus();
}

const startView = () => (VIEWS[hub.state.practice] ? hub.state.practice : "wait");

function raise() {
  if (box) return;
  box = h("dialog", { class: "wb-gate", "aria-labelledby": "wb-gate-title", closedby: "none" },
    h("div", { class: "wb-gate-top" },
      button("Help", () => hub.help(), { class: "wb-quiet", "aria-keyshortcuts": "F1" }),
      button("Leave quickly", () => hub.leave(), { class: "wb-leave" })),
    h("div", { class: "wb-gate-page" }));
  box.addEventListener("cancel", (event) => event.preventDefault());
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") event.preventDefault(); event.stopPropagation(); });
  box.addEventListener("close", () => { if (box) box.showModal(); });
  document.body.append(box);
  document.documentElement.classList.add("wb-gated");
  box.showModal();
}

function lower() {
  const old = box;
  box = null;
  view = "";
  document.documentElement.classList.remove("wb-gated");
  old?.close();
  old?.remove();
}

/** Puts the right view in front, or takes the lock screen away when a practice is open. */
export function settle() {
  if (fresh) return;
  if (hub.state.practice === "open") lower();
  else if (!["lost", "restore"].includes(view) && view !== startView()) show("");
}

export function startGate() {
  settle();
  on("state", settle);
  on("silent", () => { if (hub.state.practice !== "open") show("silent"); });
}
