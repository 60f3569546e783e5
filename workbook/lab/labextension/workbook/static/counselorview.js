// Counselor view: what is meant for the counselor's eyes unfolds, and folds itself when the page is left.
import { h, busily } from "./dom.js";
import { hub, emit, on } from "./hub.js";

const CLASS = "wb-counselor";

export const counselorView = () => document.body.classList.contains(CLASS);

export function setCounselor(wanted) {
  if (counselorView() === wanted) return;
  document.body.classList.toggle(CLASS, wanted);
  emit("counselor", { on: wanted });
}
hub.counselor = setCounselor;
hub.toggleCounselor = () => setCounselor(!counselorView());

export function startCounselor() {
  on("page", () => setCounselor(false));
  on("locked", () => setCounselor(false));
  window.addEventListener("pagehide", () => setCounselor(false));
}

/** Calls `draw()` when Counselor view opens (now, if it is open) and empties `host` when it folds; returns how to stop. */
export function inCounselorView(host, draw) {
  let shown = false;   // drawn once for each opening: a second drawing would take away what is being typed
  const follow = () => {
    host.hidden = !counselorView();
    if (shown === counselorView()) return;
    shown = !shown;
    host.replaceChildren();
    if (shown) void busily(host, draw);
  };
  follow();
  return on("counselor", follow);
}

/** What is wrong in the counselor's own files: file, line, and what would be right. */
export function mistakes(problems) {
  if (!problems?.length) return "";
  return h("section", { class: "wb-note wb-trouble", role: "status", "aria-label": "Your own files" },
    h("p", {}, "Something in your own files could not be used. What is shipped stands in its place until it is mended; then open the page again."),
    h("ul", {}, problems.map((problem) => h("li", {}, problem))));
}
