// Which items a log asks: the client switches optional ones; in Counselor view the counselor does, and opens gated ones.
import { h, button, t, uid } from "./dom.js";
import { inCounselorView } from "./counselorview.js";
import { labelled } from "./formlet.js";

/** {counselor, show(items), end()}: draws the client's list into `el`; `asked(answer, item)` hears of the fields to ask now, and which was switched on. */
export function switchBoard({ spec, el, ask, flush, asked }) {
  const counselor = h("div", { class: "wb-counselor-box" });
  let shown = "";

  const box = item => {
    const input = h("input", { type: "checkbox", id: uid(), checked: item.on, autocomplete: "off", onchange: async () => {
      await flush();
      const answer = await ask("switch", { item: item.id, on: input.checked });
      if (answer) asked(answer, input.checked ? item.id : null); else input.checked = item.on;
    } });
    const more = item.more.length ? h("span", { class: "wb-muted" }, t(" – with: {questions}", { questions: item.more.join(" · ") })) : null;
    return h("div", { class: "wb-tick", "data-items": item.ids.join(" ") }, input, h("label", { for: input.id }, item.label, more));
  };

  /** The client's list; it is drawn anew only when it changed, so that no tick loses the focus. */
  function show(items) {
    const now = JSON.stringify(items.map(({ id, label }) => [id, label]));
    if (now === shown) return;
    shown = now;
    const was = el.querySelector("details")?.open;
    const note = h("p", { class: "wb-help" }, t("Switch on what helps; switch it off at any time. Answers given before stay."));
    el.replaceChildren(items.length ? h("details", { open: was }, h("summary", {}, t("More to keep an eye on")), note, items.map(box)) : "");
  }

  /** A part that the counselor alone opens, with a dated note. */
  function gated(part) {
    const note = h("textarea", { rows: "2" });
    const words = h("p", { class: "wb-muted" }, part.items.join(" · "));
    const go = button(part.open ? "Close this part" : "Open this part", async () => {
      await flush();
      const answer = await ask("open_log", { log: part.log, on: !part.open, note: note.value });
      if (!answer) return note.focus();
      asked(answer);
      fill(answer);
      counselor.querySelector(`[data-log="${part.log}"] button`)?.focus();
    });
    return h("section", { "data-log": part.log, "aria-label": part.items[0] },
      h("h4", {}, part.items[0]), words,
      h("p", {}, part.open ? "Open: the client is asked." : "Closed: the client does not see it."),
      part.closed.length ? h("p", {}, `It stays unseen for now: ${part.closed.join(" ")}`) : null,
      labelled("Why now", note), h("div", { class: "wb-buttons" }, go));
  }

  function fill({ gated: parts, optional }) {
    counselor.replaceChildren(h("h3", {}, "What this log asks"), ...parts.map(gated));
    if (optional.length) {
      counselor.append(h("h4", {}, "Optional items"),
        h("p", { class: "wb-help" }, "Those of pages not opened yet among them. Switch one on together with the client."), ...optional.map(box));
    }
  }

  const wanted = spec.gated || spec.form.audience === "client";
  const end = wanted ? inCounselorView(counselor, async () => {
    const answer = await ask("counselor");
    if (answer && (answer.gated.length || answer.optional.length)) fill(answer); else counselor.hidden = true;
  }) : () => {};
  if (!wanted) counselor.hidden = true;
  return { counselor, show, end };
}
