// Tables: the first cell of each row names it, and a wide or long one scrolls in its own place.
import { h } from "./dom.js";

/** A table of texts (or elements); a heading may be empty. */
export const table = (caption, head, rows) => h("table", { class: "wb-table" },
  h("caption", { class: "wb-sr" }, caption),
  h("thead", {}, h("tr", {}, head.map(text => (text ? h("th", { scope: "col" }, text) : h("td", {}))))),
  h("tbody", {}, rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), rest.map(cell => h("td", {}, cell))))));

/** The place in which a table scrolls; by keyboard, too. */
export const scroller = (label, ...inside) => h("div", { class: "wb-scroll", tabindex: "0", role: "group", "aria-label": label }, inside);
