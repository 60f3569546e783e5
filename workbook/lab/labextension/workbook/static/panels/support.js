// Who to call. Only numbers that somebody confirmed with a date stand here.
import { h } from "../dom.js";

const ABOUT = { suicide: "When life feels too heavy", violence: "When someone hurts or scares you", any: "Any time" };
const dial = number => number.replace(/[^\d+]/g, "");

/** The list of numbers as elements; used on the support page and in the help window. */
export function numbers(spec) {
  const urgent = spec.emergency
    ? h("p", { class: "wb-lead" }, "In danger right now: call ", h("a", { href: `tel:${dial(spec.emergency)}` }, h("strong", {}, spec.emergency)), ".")
    : h("p", { class: "wb-lead" }, "In danger right now: call your local emergency number.");
  const lines = spec.lines.map(line => h("li", {},
    h("strong", {}, line.name), line.about && ` – ${ABOUT[line.about] || line.about}`, h("br"),
    [line.call && `Call ${line.call}`, line.text && `Text ${line.text}`, line.web].filter(Boolean).join(" · "),
    h("span", { class: "wb-muted" }, ` (checked ${line.checked})`)));
  const everywhere = spec.everywhere.map(one => h("li", {}, one.name, one.web && " – ", one.web));
  return h("div", { class: "wb-numbers" }, urgent, h("ul", {}, lines, everywhere));
}

export function render({ el, spec }) {
  el.append(numbers(spec));
}
