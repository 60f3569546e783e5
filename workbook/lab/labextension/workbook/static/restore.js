// Restoring a backup: choose one of the list, or a file from another computer. Three clicks.
import { h, button } from "./dom.js";
import { choices, formlet, labelled, unless } from "./formlet.js";
import { server } from "./server.js";

const MEGABYTE = 1024 * 1024;

const when = (text) => new Date(text).toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
const size = (bytes) => (bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`);

/** A form that sends what `read()` gives, as the backup to restore. */
const way = (row, go, read, done) => formlet({
  rows: [row], go, busy: "Restoring…",
  send: async () => {
    await server.post("restore", read());
    await done();
  },
});

function fromFile(done) {
  const row = labelled("Backup file from another place", h("input", { type: "file" }));
  return way(row, "Restore this file", () => {
    unless(row.input.files.length, "Please choose the backup file first.");
    const body = new FormData();
    body.append("file", row.input.files[0], "backup");
    return body;
  }, done);
}

function fromList(backups, done) {
  const list = choices("Backups on this computer, newest first",
    backups.map((backup) => [backup.name, [when(backup.made_at), h("span", { class: "wb-help" }, ` ${size(backup.size)}`)]]));
  return way(list, "Restore this backup", () => ({ name: list.read() }), done);
}

/** The two ways to restore; `done()` is called afterwards. */
export function restoreChoices(done) {
  const place = h("div", {}, h("p", { role: "status" }, "Looking for backups…"));
  const fill = async () => {
    const newest = await server.get("backups");
    place.replaceChildren(
      newest.length ? fromList(newest, done) : h("p", {}, "There is no backup on this computer yet. One is made each time you close the workbook."),
      h("details", { class: "wb-fold", open: !newest.length }, h("summary", {}, "Use a file from another computer"), fromFile(done)));
  };
  fill().catch((trouble) => place.replaceChildren(h("p", { class: "wb-wrong", role: "alert" }, trouble.message), button("Try again", () => fill().catch(() => {}))));
  return [
    h("p", {}, "The practice that is here now is not lost: it is kept aside in the workspace. A backup of this practice opens with the passphrase that holds now; one of another practice with its own."),
    place,
  ];
}
