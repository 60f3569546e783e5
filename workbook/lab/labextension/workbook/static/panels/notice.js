// A few sentences of the page's own.
import { h, prose } from "../dom.js";

export function render({ el, spec }) {
  el.append(h("section", { class: "wb-note wb-quiet" }, h("h3", {}, spec.title), prose(spec.text)));
}
