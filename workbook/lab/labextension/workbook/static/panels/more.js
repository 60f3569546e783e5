// Forms that wait until somebody wants them, folded where they are several. Opening one asks the kernel for its panel.
import { h, busily, button, t } from "../dom.js";
import { emit, on } from "../hub.js";
import { drawModel } from "../panel.js";
import { inFront } from "../parts.js";

export function render({ model, el, spec, call }) {
  const deaf = [];
  const list = h("ul", { class: "wb-further-list" }, spec.forms.map(form => item(form)));
  const further = spec.forms.length === 1 ? list : h("details", { class: "wb-further" },
    h("summary", {}, t("More when you want it ({count})", { count: spec.forms.length }), h("span", { class: "wb-muted wb-further-names" }, ` – ${spec.forms.map(form => form.title).join(" · ")}`)),
    h("p", { class: "wb-muted" }, t("None of this has to be done. Take what helps.")),
    list);
  el.append(further);
  return () => deaf.forEach(end => end());

  function item(form) {
    const place = h("li", { "data-further": form.id });
    const note = [form.purpose, form.minutes && (form.minutes === 1 ? t("About a minute.") : t("About {minutes} minutes.", { minutes: form.minutes }))].filter(Boolean).join(" ");
    const open = led => busily(place, async () => {
      const host = h("div", {});
      const answer = await call("open", { form: form.id });
      deaf.push(await drawModel(model, answer.model, host));
      place.replaceChildren(host);
      const card = host.querySelector("details");
      if (card) card.open = true;
      if (led.form) emit("wanted", { form: led.form, field: led.field });
      else host.querySelector("summary, button, a[href]")?.focus();
    });
    deaf.push(on("wanted", led => {               // a link led here
      if (led.form !== form.id || led.found || !inFront(place) || place.querySelector(".wb-form, .wb-log")) return;
      led.found = true;
      further.open = true;                        // nothing to a list without a fold
      void open(led);
    }));
    place.append(button(form.title, open), h("p", { class: "wb-muted" }, note));
    return place;
  }
}
