// Two fields about time: a breathing guide, and a mark that asks for a wait before words leave the page.
import { h, uid, button, clock, shortDay, t } from "./dom.js";

/** The box of a field without a control of its own that could be labelled. */
function group(field, ...kids) {
  const id = uid("wb-label");
  return h("div", { class: "wb-field", "data-field": field.id, role: "group", "aria-labelledby": id },
    h("p", { class: "wb-label", id }, field.label), field.help && h("p", { class: "wb-help" }, field.help), kids);
}

const IN = 4, OUT = 6;   // seconds; a longer breath out than in

/** A breathing guide with a start button. It keeps no answer. */
export function breath(field) {
  const minutes = field.max ?? field.minutes ?? 2;
  const words = h("p", { class: "wb-breath-words", "aria-hidden": "true" }, t("Breathe with the circle, or just count: in for 4, out for 6."));
  const spoken = h("p", { class: "wb-sr", role: "status" });
  const circle = h("div", { class: "wb-breath", "aria-hidden": "true" });
  const start = button(t("Start breathing"), () => (timer ? stop(t("Stopped. You can begin again at any time.")) : begin()));
  let timer = 0;
  const stop = sentence => {
    clearInterval(timer);
    timer = 0;
    circle.classList.remove("wb-in", "wb-out");
    start.textContent = t("Start breathing");
    words.textContent = spoken.textContent = sentence;
  };
  const begin = () => {
    const from = Date.now();
    start.textContent = t("Stop");
    spoken.textContent = t("Breathe in for {in} seconds and out for {out}, for {minutes} minutes. You will hear when the time is over.", { in: IN, out: OUT, minutes });
    const turn = () => {
      const seconds = (Date.now() - from) / 1000, into = seconds % (IN + OUT) < IN;
      if (!node.isConnected) return stop("");
      if (seconds >= minutes * 60) return stop(t("The time is over. Notice how you feel now."));
      words.textContent = into ? t("In …") : t("Out …");
      circle.classList.toggle("wb-in", into);
      circle.classList.toggle("wb-out", !into);
    };
    timer = setInterval(turn, 250);
    turn();
  };
  const node = group(field, h("div", { class: "wb-breath-row" }, circle, words), spoken,
    h("div", { class: "wb-buttons" }, start, h("span", { class: "wb-help" }, minutes === 1 ? t("1 minute") : t("{minutes} minutes", { minutes }))));
  return { node, set: () => {}, focus: () => start.focus() };
}

const HOUR = 3600000;

function left(until) {
  const hours = (until - Date.now()) / HOUR;
  if (hours <= 0) return null;
  if (hours >= 48) return t("about {days} days", { days: Math.round(hours / 24) });
  return hours >= 1 ? t("about {hours} hours", { hours: Math.round(hours) }) : t("about {minutes} minutes", { minutes: Math.max(1, Math.round(hours * 60)) });
}

/** A waiting mark, {until}: nothing is sent from here; it only holds a place until strong feelings have settled. */
export function wait(field, env) {
  const hours = field.hours || 24;
  const say = h("p", { class: "wb-wait", role: "status" });
  const act = button(t("Begin the wait"), () => {
    const next = until ? null : { until: new Date(Date.now() + hours * HOUR).toISOString() };
    set(next);
    env.put(env.path, next, { now: true });
  });
  let until = null;
  const set = value => {
    until = value?.until ? new Date(value.until) : null;
    const rest = until && left(until);
    act.textContent = until ? t("Take the mark away") : t("Begin the wait");
    say.textContent = !until ? "" : rest
      ? t("Let it rest until {day}, {time} ({rest}). Nothing is sent from here.", { day: shortDay(until), time: clock(until), rest })
      : t("The time is over. Read it once more with fresh eyes. Nothing is sent from here.");
  };
  const node = group(field, say, h("div", { class: "wb-buttons" }, act));
  return { node, set, focus: () => act.focus() };
}
