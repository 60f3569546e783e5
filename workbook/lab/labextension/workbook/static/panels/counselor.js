// Forms that are there in Counselor view only, folded; each is made when it is first opened.
import { h, busily } from "../dom.js";
import { inCounselorView } from "../counselorview.js";
import { drawModel } from "../panel.js";

export function render({ model, el, call }) {
  const host = h("div", { class: "wb-counselor-box" });
  el.append(host);
  return inCounselorView(host, async () => {
    const { forms } = await call("counselor");
    host.append(...forms.map(fold));
  });

  function fold(form) {
    const place = h("div", {});
    const details = h("details", { class: "wb-counselor-form" },
      h("summary", {}, form.title, form.state ? h("span", { class: "wb-muted" }, ` – ${form.state}`) : null), place);
    details.addEventListener("toggle", () => {
      if (!details.open || place.childElementCount) return;
      void busily(place, async () => drawModel(model, (await call("open", { form: form.id })).model, place));
    });
    return details;
  }
}
