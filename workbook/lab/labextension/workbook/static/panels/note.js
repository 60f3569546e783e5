// The counselor's side of a step. Nothing of it is on the page before Counselor view opens.
import { h, prose } from "../dom.js";
import { inCounselorView } from "../counselorview.js";
import { mistakes } from "../mistakes.js";
import { drawModel } from "../panel.js";

export function render({ model, el, call }) {
  const host = h("aside", { class: "wb-counselor-box", "aria-label": "For the counselor" });
  el.append(host);
  return inCounselorView(host, async () => {
    const { note, reasons, problems, model: id } = await call("counselor");
    const own = h("div", {});
    host.append(h("h3", {}, "For the counselor"), prose(note));
    if (reasons.length) host.append(h("p", {}, "Closed because:"), h("ul", {}, reasons.map(reason => h("li", {}, reason))));
    host.append(mistakes(problems), own);
    await drawModel(model, id, own);
  });
}
