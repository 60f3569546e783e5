// The small forms of the lock screen and of the dialogs: labelled fields, one sentence when something is wrong.
import { h, button, uid, t } from "./dom.js";

/** A labelled input. Returns its row; `row.input` is the field itself. */
export function field(label, attrs = {}, help = "") {
  const id = uid("wb-field");
  const helpId = help ? `${id}-help` : null;
  const input = h("input", {
    id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-describedby": helpId, ...attrs,
  });
  const row = h("div", { class: "wb-row" }, h("label", { for: id }, label), help && h("p", { id: helpId, class: "wb-help" }, help), input);
  row.input = input;
  return row;
}

/** A passphrase field with a button that shows what was typed. */
export function secret(label, attrs = {}, help = "") {
  const row = field(label, { type: "password", ...attrs }, help);
  const eye = button(t("Show"), () => {
    const hidden = row.input.type === "password";
    row.input.type = hidden ? "text" : "password";
    eye.setAttribute("aria-pressed", String(hidden));
  }, { class: "wb-quiet wb-eye", "aria-pressed": "false", "aria-label": t("Show what is typed") });
  const line = h("div", { class: "wb-secret" });
  row.input.replaceWith(line);
  line.append(row.input, eye);
  return row;
}

/** A form whose `send()` may throw an Error with a kind sentence: it is said beside the button and the form stays filled. */
export function formlet({ rows, go, send, busy = t("One moment…"), after = [] }) {
  const wrong = h("p", { class: "wb-wrong", role: "alert" });
  const submit = h("button", { type: "submit", class: "wb-button wb-primary" }, go);
  const form = h("form", { class: "wb-formlet", autocomplete: "off", novalidate: true }, rows, wrong, h("div", { class: "wb-actions" }, submit, after));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled") === "true") return;
    wrong.textContent = "";
    submit.setAttribute("aria-disabled", "true");
    submit.textContent = busy;
    try {
      await send();
    } catch (trouble) {
      wrong.textContent = trouble.message;
      form.querySelector("input:invalid, input")?.focus();
    } finally {
      submit.removeAttribute("aria-disabled");
      submit.textContent = go;
    }
  });
  return form;
}

/** Thrown to say a sentence beside the button. */
export const unless = (right, sentence) => {
  if (!right) throw new Error(sentence);
};
