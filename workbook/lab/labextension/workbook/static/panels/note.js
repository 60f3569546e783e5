// The counselor's side of a step. Nothing of it is on the page before Counselor view opens.
import { h, longDay, prose, button, trouble } from "../dom.js";
import { inCounselorView, mistakes } from "../counselorview.js";
import { labelled } from "../formlet.js";
import { drawModel } from "../panel.js";

export function render({ model, el, call }) {
  const host = h("aside", { class: "wb-counselor-box", "aria-label": "For the counselor" });
  el.append(host);
  const opened = h("ul", { class: "wb-openings" });
  const drawParts = parts => opened.replaceChildren(...parts.map(part));

  /** One part: what the newest entry says, and a place for the next one. */
  function part({ form, title, open, since, note: said }) {
    const box = h("textarea", { rows: 2, autocomplete: "off" });
    const wrong = trouble();
    const act = wrong.guard(async () => drawParts((await call("opening", { form, opens: !open, note: box.value })).parts));
    const state = `${open ? "open" : "closed"}${since ? ` since ${longDay(since)}` : ""}`;
    return h("li", {}, h("details", {}, h("summary", {}, h("strong", {}, title), ` – ${state}`),
      said && h("p", { class: "wb-muted", dir: "auto" }, said),
      labelled("Why now (dated today)", box),
      button(open ? "Close it again" : "Open it with the client", act, { "aria-label": `${open ? "Close" : "Open"}: ${title}` }), wrong,
      h("p", { class: "wb-help" }, "The page shows it when it is opened again.")));
  }

  return inCounselorView(host, async () => {
    const { note, reasons, problems, parts, model: id } = await call("counselor");
    const own = h("div", {});
    host.append(h("h3", {}, "For the counselor"), prose(note));
    if (reasons.length) host.append(h("p", {}, "Closed because:"), h("ul", {}, reasons.map(reason => h("li", {}, reason))));
    if (parts.length) host.append(h("h4", {}, "Parts that you open"), opened);
    drawParts(parts);
    host.append(mistakes(problems), h("h4", {}, "Your own notes"), own);
    await drawModel(model, id, own);
  });
}
