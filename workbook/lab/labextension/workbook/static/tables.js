// The few rules of style that charts and the import need, loaded with the first of them.
import { h } from "./dom.js";

/** Link tables.css once. */
export function linkStyle() {
  const href = new URL("./tables.css", import.meta.url).href;
  if (!document.querySelector(`link[href="${href}"]`)) document.head.append(h("link", { rel: "stylesheet", href }));
}
