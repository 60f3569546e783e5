// Restoring a backup: choose one of the list, or a file from another computer. Three clicks.
import { h, button, uid } from "./dom.js";
import { formlet, unless } from "./formlet.js";
import { server } from "./server.js";

const MEGABYTE = 1024 * 1024;

const when = (text) => new Date(text).toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
const size = (bytes) => (bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`);

function choice(backup, name, first) {
  const id = uid("wb-backup");
  return h("div", { class: "wb-choice" },
    h("input", { type: "radio", id, name, value: backup.name, checked: first }),
    h("label", { for: id }, when(backup.made_at), h("span", { class: "wb-help" }, ` ${size(backup.size)}`)));
}

function fromFile(done) {
  const id = uid("wb-file");
  const input = h("input", { type: "file", id });
  return formlet({
    rows: [h("div", { class: "wb-row" }, h("label", { for: id }, "Backup file from another place"), input)],
    go: "Restore this file",
    busy: "Restoring…",
    send: async () => {
      unless(input.files.length, "Please choose the backup file first.");
      const body = new FormData();
      body.append("file", input.files[0], "backup");
      await server.post("restore", body);
      await done();
    },
  });
}

function fromList(backups, done) {
  const name = uid("wb-backups");
  const list = h("fieldset", { class: "wb-choices" }, h("legend", {}, "Backups on this computer, newest first"),
    backups.map((backup, place) => choice(backup, name, place === 0)));
  return formlet({
    rows: [list],
    go: "Restore this backup",
    busy: "Restoring…",
    send: async () => {
      await server.post("restore", { name: list.querySelector("input:checked").value });
      await done();
    },
  });
}

/** The two ways to restore; `done()` is called afterwards. */
export function restoreChoices(done) {
  const place = h("div", {}, h("p", { role: "status" }, "Looking for backups…"));
  const fill = async () => {
    const backups = await server.get("backups");
    const newest = [...backups].sort((one, other) => (one.made_at < other.made_at ? 1 : -1));
    place.replaceChildren(
      newest.length ? fromList(newest, done) : h("p", {}, "There is no backup on this computer yet. One is made each time you close the workbook."),
      h("details", { class: "wb-fold", open: !newest.length }, h("summary", {}, "Use a file from another computer"), fromFile(done)));
  };
  fill().catch((trouble) => place.replaceChildren(h("p", { class: "wb-wrong", role: "alert" }, trouble.message), button("Try again", () => fill().catch(() => {}))));
  return [
    h("p", {}, "The practice that is here now is not lost: it is kept aside in the workspace. A backup opens with the passphrase it was made with."),
    place,
  ];
}
