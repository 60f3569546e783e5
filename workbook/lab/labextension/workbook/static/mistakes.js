// What is wrong in the counselor's own files, for Counselor view alone: file, line, and what would be right.
import { h } from "./dom.js";

export function mistakes(problems) {
  if (!problems?.length) return "";
  return h("section", { class: "wb-note wb-trouble", role: "status", "aria-label": "Your own files" },
    h("p", {}, "Something in your own files could not be used. What is shipped stands in its place until it is mended; then open the page again."),
    h("ul", {}, problems.map((problem) => h("li", {}, problem))));
}
