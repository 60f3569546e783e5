// The quiet bar on every page: where am I, whose page is it, is it saved, how do I get help, how do I leave.
import { h, phrase, t } from "./dom.js";
import { on } from "./hub.js";
import { counselorView } from "./counselorview.js";

const labels = new Map();       // element -> its words in English: said anew when the language changes

const worded = (node, label) => { labels.set(node, label); node.textContent = t(label); return node; };
const doer = (name, label, attrs = {}) => worded(h("button", { type: "button", "data-wb-do": name, ...attrs }), label);

const where = h("span", { class: "wb-where" });
const alias = h("span", { class: "wb-alias" });
const saved = h("span", { class: "wb-saved" });
const spoken = h("span", { class: "wb-sr", role: "status" });
const counselor = doer("counselor", phrase("Counselor view"), { "aria-pressed": "false" });
const edit = doer("edit", phrase("Edit page"), { hidden: true });
const more = h("div", { class: "wb-more", id: "wb-more" }, counselor, edit, doer("print", phrase("PDF")), doer("close", phrase("Close and lock")));
const menu = h("button", { type: "button", class: "wb-menu", "aria-expanded": "false", "aria-controls": "wb-more" });
const home = h("nav", { class: "wb-home", "aria-label": "Workbook" }, worded(h("a", { href: "#", "data-wb-open": "/00-start.ipynb" }), phrase("Start")));
worded(menu, phrase("Menu"));
const bar = h("header", { class: "wb-bar" },
  home,
  h("p", { class: "wb-here" }, where, alias),
  h("p", { class: "wb-state" }, saved, spoken),
  h("div", { class: "wb-tools" }, more, menu, doer("help", phrase("Help"), { "aria-keyshortcuts": "F1" }), doer("leave", phrase("Leave quickly"), { class: "wb-leave" })));

function fold() {
  bar.classList.remove("wb-menu-open");
  menu.setAttribute("aria-expanded", "false");
}

function unfold() {
  bar.classList.add("wb-menu-open");
  menu.setAttribute("aria-expanded", "true");
  more.querySelector("button").focus();
}

/** What the page is called, and whose it is. */
export function showWhere(title, caseInfo, isStart) {
  home.hidden = Boolean(isStart);
  where.textContent = title || "";
  alias.textContent = caseInfo?.alias || "";
  alias.hidden = !caseInfo?.alias;
}

/** How the edit button reads; hidden outside the counselor view. */
export function showEdit(editing) {
  worded(edit, editing ? phrase("Back to the page") : phrase("Edit page"));
  edit.hidden = !editing && !counselorView();
}

function showSaved(text, kind, aloud = false) {
  saved.textContent = text;
  saved.dataset.kind = kind;
  if (aloud || spoken.textContent) spoken.textContent = aloud ? text : "";
}

export function startBar() {
  document.body.append(bar);
  menu.addEventListener("click", () => (bar.classList.contains("wb-menu-open") ? fold() : unfold()));
  more.addEventListener("click", fold);
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !bar.classList.contains("wb-menu-open")) return;
    fold();
    menu.focus();
  });
  document.addEventListener("pointerdown", (event) => { if (!bar.contains(event.target)) fold(); });
  on("saving", () => showSaved(t("Saving…"), "saving"));
  on("saved", ({ at }) => at && showSaved(t("Saved {time}", { time: at }), "saved"));
  on("unsaved", () => showSaved(t("Not saved yet – trying again"), "unsaved", true));
  on("language", () => { labels.forEach((label, node) => { node.textContent = t(label); }); showSaved("", ""); });
  on("locked", () => showSaved("", ""));
  on("page", () => showSaved("", ""));
  on("counselor", ({ on: shown }) => {
    counselor.setAttribute("aria-pressed", String(shown));
    edit.hidden = !shown;
  });
}
