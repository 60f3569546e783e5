// Where each choice of the decision leads: to a page, or to a form on this one. All stand alike.
import { h, button, pageLink, uid } from "../dom.js";
import { emit } from "../hub.js";

export function render({ el, spec }) {
  const { ways, say } = spec, title = uid("wb-ways");
  const link = one => one.page ? pageLink(one.page, one.title)
    : button(one.title, () => emit("wanted", { form: one.form }), { class: "wb-quiet" });
  el.append(h("nav", { class: "wb-ways", "aria-labelledby": title }, h("h3", { id: title }, say.ways), h("p", {}, say.equal),
    h("ul", {}, ways.map(one => h("li", {}, h("strong", {}, one.label), h("span", {}, one.says), link(one)))),
    h("p", { class: "wb-help" }, say.careful)));
}
