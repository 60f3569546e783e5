// Who to call, on a page of its own.
import { h } from "../dom.js";
import { numbers } from "../help.js";

export function render({ el, spec }) {
  el.append(h("div", {}, numbers(spec)));
}
