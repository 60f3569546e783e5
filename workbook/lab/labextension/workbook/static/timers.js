// Two fields about time: a breathing guide, and a mark that asks for a wait before words leave the page.
import { h, uid, button, clock, shortDay } from "./dom.js";

const IN = 4, OUT = 6;   // seconds; a longer breath out than in

/** A breathing guide with a start button. It keeps no answer. */
export function breath(field) {
  const minutes = field.max ?? field.minutes ?? 2;
  const words = h("p", { class: "wb-breath-words", "aria-hidden": "true" }, "Breathe with the circle, or just count: in for 4, out for 6.");
  const spoken = h("p", { class: "wb-sr", role: "status" });
  const circle = h("div", { class: "wb-breath", "aria-hidden": "true" });
  const start = button("Start breathing", () => (timer ? stop("Stopped. You can begin again at any time.") : begin()));
  let timer = 0;
  const stop = sentence => {
    clearInterval(timer);
    timer = 0;
    circle.classList.remove("wb-in", "wb-out");
    start.textContent = "Start breathing";
    words.textContent = spoken.textContent = sentence;
  };
  const begin = () => {
    const from = Date.now();
    start.textContent = "Stop";
    spoken.textContent = `Breathe in for ${IN} seconds and out for ${OUT}, for ${minutes} minutes. You will hear when the time is over.`;
    const turn = () => {
      const seconds = (Date.now() - from) / 1000, into = seconds % (IN + OUT) < IN;
      if (!node.isConnected) return stop("");
      if (seconds >= minutes * 60) return stop("The time is over. Notice how you feel now.");
      words.textContent = into ? "In …" : "Out …";
      circle.classList.toggle("wb-in", into);
      circle.classList.toggle("wb-out", !into);
    };
    timer = setInterval(turn, 250);
    turn();
  };
  const node = h("div", { class: "wb-field", "data-field": field.id, role: "group", "aria-labelledby": uid("wb-breath") },
    h("p", { class: "wb-label" }, field.label), field.help && h("p", { class: "wb-help" }, field.help),
    h("div", { class: "wb-breath-row" }, circle, words), spoken, h("div", { class: "wb-buttons" }, start, h("span", { class: "wb-help" }, `${minutes} minutes`)));
  node.querySelector(".wb-label").id = node.getAttribute("aria-labelledby");
  return { node, set: () => {}, focus: () => start.focus() };
}

const HOUR = 3600000;

function left(until) {
  const hours = (until - Date.now()) / HOUR;
  if (hours <= 0) return null;
  return hours >= 1 ? `about ${Math.round(hours)} hours` : `about ${Math.max(1, Math.round(hours * 60))} minutes`;
}

/** A waiting mark, {until}: nothing is sent from here; it only holds a place until strong feelings have settled. */
export function wait(field, env) {
  const hours = field.hours || 24;
  const say = h("p", { class: "wb-wait", role: "status" });
  const act = button(`Begin the ${hours}-hour wait`, () => {
    const next = until ? null : { until: new Date(Date.now() + hours * HOUR).toISOString() };
    set(next);
    env.put(env.path, next, { now: true });
  });
  let until = null;
  const set = value => {
    until = value?.until ? new Date(value.until) : null;
    const rest = until && left(until);
    act.textContent = until ? "Take the mark away" : `Begin the ${hours}-hour wait`;
    say.textContent = !until ? "" : rest
      ? `Let it rest until ${shortDay(until)}, ${clock(until)} (${rest}). Nothing is sent from here.`
      : `The ${hours} hours are over. Read it once more with fresh eyes. Nothing is sent from here.`;
  };
  const node = h("div", { class: "wb-field", "data-field": field.id, role: "group", "aria-label": field.label },
    h("p", { class: "wb-label", "aria-hidden": "true" }, field.label), field.help && h("p", { class: "wb-help" }, field.help), say, h("div", { class: "wb-buttons" }, act));
  return { node, set, focus: () => act.focus() };
}
