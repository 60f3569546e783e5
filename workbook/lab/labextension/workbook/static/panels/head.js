// The first line of a page: whose it is. At a closed page one neutral sentence, and what is open instead.
import { h, button, t } from "../dom.js";
import { inCounselorView } from "../counselorview.js";
import { pages } from "./next.js";

export function render({ el, spec, call }) {
  if (!spec.closed) return undefined;
  const why = h("div", {});
  const others = [h("p", {}, t("These pages are open for you now:")), pages(spec.open)];
  const calm = spec.way === "calm";      // what opens the page stands right below: breathing comes before the other pages
  el.append(
    h("section", { class: "wb-closed", "aria-label": t("This page is not open yet") },
      h("p", { class: "wb-lead" }, spec.closed),
      calm ? [h("p", {}, button(t("Look again"), null, { "data-wb-do": "rerun" })), h("details", {}, h("summary", {}, t("Other pages")), others)] : others),
    why);
  return inCounselorView(why, async () => {
    const { reasons } = await call("counselor");
    why.append(h("h2", {}, "Why this page is closed"), h("ul", {}, reasons.map(reason => h("li", {}, reason))));
  });
}
