// Counselor view: what is meant for the counselor's eyes unfolds, and folds itself when the page is left.
import { h } from "./dom.js";
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
    if (!shown) return;
    host.setAttribute("aria-busy", "true");
    Promise.resolve(draw()).catch((error) => host.append(h("p", { class: "wb-trouble", role: "alert" }, error.message)))
      .finally(() => host.removeAttribute("aria-busy"));
  };
  follow();
  return on("counselor", follow);
}
