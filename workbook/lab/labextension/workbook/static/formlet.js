// The small forms of the lock screen and of the dialogs: labelled fields, one sentence when something is wrong.
import { h, button, uid, t } from "./dom.js";
import { flushAll } from "./save.js";

/** A labelled control. Returns its row; `row.input` is the control itself. */
export function labelled(label, input, help = "") {
  input.id = uid("wb-field");
  const about = help && h("p", { id: `${input.id}-help`, class: "wb-help" }, help);
  if (about) input.setAttribute("aria-describedby", [about.id, input.getAttribute("aria-describedby")].filter(Boolean).join(" "));
  const row = h("div", { class: "wb-row" }, h("label", { for: input.id }, label), about || null, input);
  row.input = input;
  return row;
}

/** A labelled line to type. */
export const field = (label, attrs = {}, help = "") =>
  labelled(label, h("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", ...attrs }), help);

/** A labelled list to choose one of. */
export const select = (label, options, nothing = "– choose –") =>
  labelled(label, h("select", {}, h("option", { value: "" }, nothing), options.map(([value, words]) => h("option", { value }, words))));

/** A box to tick, or one of several to choose, with what it says. */
export function choice(attrs, ...words) {
  const input = h("input", { type: "checkbox", id: uid("wb-choice"), ...attrs });
  const row = h("div", { class: "wb-choice" }, input, h("label", { for: input.id }, words));
  row.input = input;
  return row;
}

/** One of a few ([value, label]), the first of them to begin with; `read()` gives its value. */
export function choices(legend, options) {
  const name = uid("wb-choices");
  const group = h("fieldset", { class: "wb-choices" }, h("legend", {}, legend),
    options.map(([value, label], place) => choice({ type: "radio", name, value, checked: place === 0 }, label)));
  group.read = () => group.querySelector("input:checked").value;
  return group;
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

/** A password for a file, if one is wanted; asked for twice. `read()` gives it (or nothing) or throws a sentence. */
export function newPassword(label, help) {
  const first = secret(label, { autocomplete: "new-password" }, help);
  const again = secret(t("Password, once more"), { autocomplete: "new-password" });
  again.hidden = true;
  first.input.addEventListener("input", () => { again.hidden = !first.input.value; });
  const read = () => {
    const password = first.input.value;
    unless(!password || password === again.input.value, t("The two passwords are not the same."));
    return password ? { password } : {};
  };
  return { rows: [first, again], read };
}

/** Stores what is typed on the page, or throws this sentence. */
export const store = async (sentence) => unless(await flushAll(), sentence);

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
