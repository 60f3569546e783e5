// Real <dialog> elements: the browser traps the focus, closes on Escape and gives the focus back.
import { h, button, uid, t } from "./dom.js";

/** Shows a dialog. `build(close)` gives its content; the promise ends with what `close(value)` was given, or null. */
export function show({ title, build, className = "" }) {
  return new Promise((done) => {
    const id = uid("wb-title");
    const box = h("dialog", { class: `wb-dialog ${className}`, "aria-labelledby": id });
    let value = null;
    const close = (given = null) => { value = given; box.close(); };
    box.append(
      h("div", { class: "wb-dialog-head" },
        h("h2", { id, tabindex: "-1" }, title),
        button(t("Close"), () => close(), { class: "wb-quiet wb-dialog-close" })),
      h("div", { class: "wb-dialog-body" }, build(close)));
    // Keys pressed in a dialog are for the dialog: no shortcut of the notebook, no second Escape for 'leave quickly'.
    box.addEventListener("keydown", (event) => event.stopPropagation());
    box.addEventListener("close", () => { box.remove(); done(value); });
    document.body.append(box);
    box.showModal();
    (box.querySelector("[autofocus]") || box.querySelector("h2")).focus();
  });
}

/** One question with two answers; true for yes. */
export const ask = ({ title, text, yes = t("Yes"), no = t("Cancel") }) => show({
  title,
  build: (close) => [
    ...[text].flat().map((line) => h("p", {}, line)),
    h("div", { class: "wb-actions" },
      button(yes, () => close(true), { class: "wb-primary" }),
      button(no, () => close(false), { autofocus: true })),
  ],
}).then(Boolean);

/** Takes every open dialog away, as when the practice locks. */
export const closeAll = () => document.querySelectorAll("dialog.wb-dialog[open]").forEach((box) => box.close());
