// Support shown at once, in the place where somebody is: a warm sentence and whom to reach now.
import { h, button, t } from "./dom.js";
import { hub } from "./hub.js";

const reach = line => h("li", {}, h("strong", {}, line.name), ": ",
  [line.call && t("call {number}", { number: line.call }), line.text && t("text {number}", { number: line.text }), line.web].filter(Boolean).join(", "));

/** A block that fetches the numbers a client may see; without a server it still says what to do. `low`: low days led here. */
export function supportBlock(low = true) {
  const lines = h("ul", { class: "wb-lines" });
  const block = h("section", { class: "wb-note wb-support", role: "status", "aria-label": t("Support") },
    h("h3", {}, low ? t("Two low days in a row") : t("You do not have to be alone with this")),
    h("p", {}, low ? t("That is hard, and you do not have to carry it alone. Is there somebody you could be with or talk to today?")
      : t("Thank you for saying it. Is there somebody you could be with or talk to today?")),
    lines,
    h("p", {}, t("If you might harm yourself, or you are not safe, please call now. Nobody sees this page between your sessions.")),
    h("div", { class: "wb-buttons" }, button(t("Show all help"), () => {}, { "data-wb-do": "help" })));
  hub.server?.get("help").then(help => {
    if (help.emergency) lines.append(h("li", {}, h("strong", {}, t("Emergency")), `: ${t("call {number}", { number: help.emergency })}`));
    lines.append(...(help.lines || []).map(reach), ...(help.everywhere || []).map(reach));
  }).catch(() => {});
  return block;
}
