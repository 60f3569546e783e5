// What a panel reads from the log: once its place on the page is shown, so that forms open first, and anew when the log has changed.
import { h, uid } from "./dom.js";
import { on } from "./hub.js";

const SETTLE = 1500;  // milliseconds after the last save before it is read again

/** Calls `work` some time after answers were saved or brought in; returns how to stop. */
export function afterChanges(work, settle = SETTLE) {
  let timer = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(work, settle); };
  const stops = [on("saved", later), on("imported", later)];
  return () => { clearTimeout(timer); stops.forEach(stop => stop()); };
}

/** {read(), renew(), end()}: `ask` reads, `show` draws the newest answer, `fail` says why there is none. `renew` waits until `el` is in sight. */
export function keepFresh(el, { ask, show, fail, settle }) {
  let seen = false, stale = true, asked = 0;
  async function read() {
    stale = false;
    const mine = ++asked;
    el.setAttribute("aria-busy", "true");
    try {
      const answer = await ask();
      if (mine === asked) show(answer);
    } catch (error) {
      if (mine === asked) { stale = true; fail(error.message); }
    }
    if (mine === asked) el.removeAttribute("aria-busy");
  }
  const look = () => { if (seen && stale) void read(); };
  const renew = () => { stale = true; look(); };
  const watch = new IntersectionObserver(found => { seen = found.at(-1).isIntersecting; look(); }, { rootMargin: "200px" });
  watch.observe(el);
  const deaf = afterChanges(renew, settle);
  return { read, renew, end: () => { watch.disconnect(); deaf(); } };
}

/** The periods ([value, label]) to choose from. */
export function periods(legend, list, chosen, choose) {
  const name = uid("wb-period");
  const radio = ([value, label]) => h("label", {},
    h("input", { type: "radio", name, value, checked: value === chosen, autocomplete: "off", onchange: () => choose(value) }),
    h("span", {}, label));
  return h("fieldset", { class: "wb-periods" }, h("legend", { class: "wb-sr" }, legend), list.map(radio));
}
