// One quiet strip under the bar for news that belongs to the whole page: said politely, never in the way of the keyboard.
import { h, button, t } from "./dom.js";

const strip = h("div", { class: "wb-banners", role: "status" });

export const placeBanners = () => document.body.append(strip);

/** Shows a strip; `actions` are [label, what to do]. Returns { say, close }. */
export function banner({ kind = "news", text, actions = [] }) {
  for (const old of strip.querySelectorAll(`[data-kind="${kind}"]`)) old.remove();
  const words = h("p", {}, text);
  strip.setAttribute("aria-label", t("News about this page"));
  const node = h("div", { class: "wb-banner", "data-kind": kind }, words, actions.map(([label, act]) => button(label, act)));
  strip.append(node);
  return { say: (better) => { if (words.textContent !== better) words.textContent = better; }, close: () => node.remove() };
}

/** Takes a kind of news away again. */
export const unbanner = (kind) => strip.querySelectorAll(`[data-kind="${kind}"]`).forEach((node) => node.remove());
