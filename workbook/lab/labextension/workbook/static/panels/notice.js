// A few sentences with a way on: a closed page, a trouble, what comes next.
import { h, pageLink, prose } from "../dom.js";

export function render({ el, spec }) {
  const links = (spec.links || []).map(link => h("li", {}, pageLink(link.page, link.label)));
  el.append(h("section", { class: `wb-note wb-${spec.tone || "quiet"}`, role: spec.tone === "trouble" ? "alert" : null },
    spec.title && h("h3", {}, spec.title), (spec.paragraphs || []).map(text => prose(text)),
    links.length ? h("ul", { class: "wb-pages" }, links) : null));
}
