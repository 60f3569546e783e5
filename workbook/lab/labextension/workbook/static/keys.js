// Dialogs of the start page for an open practice: another passphrase, a new recovery key, a backup brought back.
import { h, button } from "./dom.js";
import { hub } from "./hub.js";
import { server, refresh } from "./server.js";
import { show } from "./dialog.js";
import { secret, formlet, unless } from "./formlet.js";
import { newPassphrase, WARNING } from "./passphrase.js";
import { recoverySheet } from "./sheet.js";
import { restoreChoices } from "./restore.js";

const said = (close, text) => [h("p", { role: "status" }, text), h("div", { class: "wb-actions" }, button("Done", () => close(), { class: "wb-primary" }))];

hub.dialogs.passphrase = () => show({
  title: "Change the passphrase",
  build: (close) => {
    const old = secret("Passphrase until now", { autofocus: true, autocomplete: "current-password" });
    const chosen = newPassphrase();
    const form = formlet({
      rows: [old, ...chosen.rows, h("p", { class: "wb-help" }, `${WARNING} The recovery key stays the same.`)],
      go: "Change it", busy: "Changing…",
      send: async () => {
        unless(old.input.value, "Please type the passphrase that opened the practice until now.");
        const fresh = await chosen.read();
        await server.post("passphrase", { old: old.input.value, new: fresh });
        form.replaceWith(...said(close, "The passphrase is changed. The old one no longer opens this practice or its backups."));
      },
    });
    return form;
  },
});

hub.dialogs.recovery = () => show({
  title: "A new recovery key",
  build: (close) => {
    const row = secret("Passphrase", { autofocus: true, autocomplete: "current-password" });
    const place = h("div", {});
    place.append(
      h("p", {}, "A new key ends the old one at once, also for the backups kept here. Destroy the old sheet."),
      formlet({
        rows: [row], go: "Make a new key", busy: "Making…",
        send: async () => {
          unless(row.input.value, "Please type the passphrase.");
          const { recovery } = await server.post("recovery", { passphrase: row.input.value });
          place.replaceChildren(...recoverySheet(recovery, async () => {
            place.replaceChildren(...said(close, "The new recovery key is the one that counts now."));
          }).flat());
        },
      }));
    return place;
  },
});

hub.dialogs.restore = () => show({
  title: "Restore a backup",
  build: (close) => restoreChoices(async () => { close(); await refresh(); }),
});
