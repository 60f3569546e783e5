// Help from every page in one key press: who to call now, and what this workbook does not do.
import { h, phrase, t } from "./dom.js";
import { hub } from "./hub.js";
import { server } from "./server.js";
import { show } from "./dialog.js";

const ABOUT = { suicide: phrase("When life feels too heavy"), violence: phrase("When someone hurts or scares you"), any: phrase("Any time") };

const call = (number) => h("a", { href: `tel:${number.replace(/[^+\d]/g, "")}` }, number);
const site = (web) => h("a", { href: /^https?:/.test(web) ? web : `https://${web}`, target: "_blank", rel: "noopener noreferrer" }, web.replace(/^https?:\/\//, ""));

function line(entry) {
  return h("li", {}, h("h3", {}, entry.name), h("p", { class: "wb-help" }, t(ABOUT[entry.about] || entry.about)),
    entry.call && h("p", {}, t("Call "), call(entry.call)),
    entry.text && h("p", {}, t("Text "), entry.text),
    entry.web && h("p", {}, site(entry.web)));
}

const NEVER_READ = "Nobody reads this workbook between sessions. If something is urgent, please call; do not write it here and wait.";
const HISTORY = "The browser’s history is not erased: it lists that a page on this computer was open, under a plain name.";

const EVERYWHERE = [{ name: "findahelpline.com", web: "findahelpline.com" }];

/** Who to call: the emergency number, then lines that somebody confirmed with a date. */
export function numbers({ emergency, country, lines = [], everywhere = EVERYWHERE }) {
  return [
    h("p", { class: "wb-emergency" }, t("In danger right now: "), emergency ? call(emergency) : t("call the emergency number where you are.")),
    lines.length > 0 && h("h3", {}, country || t("Lines you can call")),
    lines.length > 0 && h("ul", { class: "wb-lines" }, lines.map(line)),
    h("p", {}, lines.length ? t("Elsewhere, or for another line: ") : t("A line near you: "),
      everywhere.flatMap((one, place) => [place ? ", " : "", site(one.web)]), t(", by country.")),
  ].filter(Boolean);
}

let open = false;

/** Opens the help over whatever is there. The emergency line is there before the server has answered. */
export async function help() {
  if (open) return;
  open = true;
  const place = h("div", {}, numbers({}));
  server.get("help").then((answer) => place.replaceChildren(...numbers(answer)), () => {});
  await show({
    title: t("Help and support"),
    className: "wb-help-dialog",
    build: () => [
      place,
      h("h3", {}, t("Good to know")),
      h("p", {}, t(NEVER_READ)),
      h("p", {}, t("To leave at once, press Esc twice, or ‘Leave quickly’. All pages go blank, what you typed is stored, and the workbook locks.")),
      h("p", {}, t(HISTORY)),
    ],
  });
  open = false;
}
hub.help = help;

export function startHelp() {
  // Capture, so that neither a field nor JupyterLab takes the key first.
  window.addEventListener("keydown", (event) => {
    if (event.key !== "F1" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    void help();
  }, { capture: true });
}
