// Shares of a whole in percent, one number for each line. They need not make a hundred while one is still thinking.
import { h, blank, uid, t } from "./dom.js";
import { frame } from "./choices.js";

export function shares(field, env) {
  const total = h("p", { class: "wb-help wb-total", role: "status" });
  const controls = new Map();
  const given = () => Object.fromEntries([...controls].filter(([, control]) => !blank(control.value.trim())).map(([option, control]) => [option, number(control)]));
  const number = control => Number(control.value.trim().replace(",", "."));
  const wrong = value => Number.isNaN(value) || value < 0 || value > 100;
  const tell = () => {
    const values = Object.values(given()), sum = values.reduce((one, other) => one + other, 0);
    total.textContent = !values.length ? t("Together they make 100.") : values.some(wrong) ? "" : sum === 100 ? t("Together: 100.") : t("Together: {sum} of 100.", { sum: Number(sum.toFixed(1)) });
  };
  const line = ([option, label]) => {
    const control = h("input", { id: uid(), type: "text", inputmode: "decimal", class: "wb-number", autocomplete: "off", dir: "ltr" });
    control.addEventListener("input", () => {
      tell();
      const values = given();
      if (Object.values(values).some(wrong)) { view.invalid(t("Please use numbers from 0 to 100. It is not stored yet.")); return; }
      view.invalid(null);
      env.put(env.path, Object.keys(values).length ? values : null);
    });
    control.addEventListener("blur", () => env.flush());
    controls.set(option, control);
    return h("div", { class: "wb-share" }, h("label", { for: control.id }, label), h("span", { class: "wb-with-unit" }, control, h("span", { class: "wb-unit", "aria-hidden": "true" }, "%")));
  };
  const node = frame(field);
  node.append(...field.options.map(line), total);
  const view = {
    node,
    set: value => { for (const [option, control] of controls) control.value = blank(value?.[option]) ? "" : String(value[option]); tell(); },
    focus: () => controls.values().next().value.focus(),
  };
  return view;
}
