// The last line of a page: where to go from here.
import { h, pageLink, t } from "../dom.js";

/** A list of links that open in place. */
export const pages = list => h("ul", { class: "wb-pages" },
  list.map(one => h("li", {}, pageLink(one.page, one.title))));

export function render({ el, spec }) {
  el.append(h("nav", { class: "wb-next", "aria-label": t("Where to go from here") },
    spec.next && h("p", {}, pageLink(spec.next.page, t("Next: {title}", { title: spec.next.title }), { class: "wb-button wb-primary" })),
    pages(spec.links)));
}
