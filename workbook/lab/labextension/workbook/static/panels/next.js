// The last line of a page: where to go from here. Read again in sight: what was chosen on the page may lead elsewhere.
import { h, pageLink, t } from "../dom.js";
import { keepFresh } from "../fresh.js";

/** A list of links that open in place. */
export const pages = list => h("ul", { class: "wb-pages" },
  list.map(one => h("li", {}, pageLink(one.page, one.title))));

export function render({ el, spec, call }) {
  const nav = h("nav", { class: "wb-next", "aria-label": t("Where to go from here") });
  let page = null;
  const show = ({ next, links }) => {
    if (nav.firstChild && next?.page === page) return;      // the focus may be on it
    page = next?.page;
    nav.replaceChildren(
      next ? h("p", {}, pageLink(next.page, t("Next: {title}", { title: next.title }), { class: "wb-button wb-primary" })) : "",
      pages(links));
  };
  show(spec);
  el.append(nav);
  return keepFresh(el, { ask: () => call("again"), show, fail: () => {} }).end;
}
