// One quiet strip under the bar for news that belongs to the whole page: said politely, never in the way of the keyboard.
import { h, button, t } from "./dom.js";
import { hub, on } from "./hub.js";

const strip = h("div", { class: "wb-banners", role: "status" });

/** Shows a strip; `actions` are [label, what to do]. Returns { say, close }. */
export function banner({ kind, text, actions = [] }) {
  for (const old of strip.querySelectorAll(`[data-kind="${kind}"]`)) old.remove();
  const words = h("p", {}, text);
  strip.setAttribute("aria-label", t("News about this page"));
  const node = h("div", { class: "wb-banner", "data-kind": kind }, words, actions.map(([label, act]) => button(label, act)));
  strip.append(node);
  return { say: (better) => { if (words.textContent !== better) words.textContent = better; }, close: () => node.remove() };
}

/** Takes a kind of news away again. */
export const unbanner = (kind) => strip.querySelectorAll(`[data-kind="${kind}"]`).forEach((node) => node.remove());

// ---- what the counselor should hear of when a practice is opened --------------------------------------------------

const UNCONFIRMED = "The recovery sheet of this practice was never checked. Without it, a lost passphrase means lost records. "
  + "Please make a new recovery key before the first case.";

let cloudSaid = false;

function sheetNotice(state) {
  if (state.practice !== "open" || state.confirmed !== false || document.querySelector(".wb-sheet")) {
    unbanner("sheet");
    return;
  }
  banner({ kind: "sheet", text: UNCONFIRMED, actions: [["New recovery key", () => hub.dialogs.recovery()]] });
}

function cloudNotice(state) {
  if (!state.warn || cloudSaid || state.practice !== "open") return;
  cloudSaid = true;
  const shown = banner({ kind: "cloud", text: state.warn, actions: [["I have seen this", () => shown.close()]] });
}

export function startBanners() {
  document.body.append(strip);
  on("state", (state) => { sheetNotice(state); cloudNotice(state); });
}
