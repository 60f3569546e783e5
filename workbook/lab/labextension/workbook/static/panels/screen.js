// The private screen. In Counselor view only, behind its attestation; nothing of it is on the page before.
import { h, button, longDay, pageLink, trouble, uid, timeZone } from "../dom.js";
import { flushAll } from "../save.js";
import { inCounselorView } from "../counselorview.js";
import { drawModel } from "../panel.js";

const list = reasons => h("ul", {}, reasons.map(reason => h("li", {}, reason)));
const support = () => h("p", {}, pageLink("support.ipynb", "Open the support page", { class: "wb-button wb-primary" }));

export function render({ model, el, spec, call }) {
  const host = h("section", { class: "wb-counselor-box", "aria-label": "For the counselor" });
  el.append(host);
  return inCounselorView(host, async () => ask(await call("counselor")));

  function ask(view) {
    const ticks = view.ticks.map(tick => ({ ...tick, box: h("input", { type: "checkbox", id: uid("tick") }) }));
    const wrong = trouble();
    const open = wrong.guard(async () => {
      const given = Object.fromEntries(ticks.map(tick => [tick.id, tick.box.checked]));
      const { model: id } = await call("attest", { case: spec.case, ticks: given, zone: timeZone() });
      await questions(id);
    });
    host.replaceChildren(
      h("h3", {}, view.title),
      h("p", { class: "wb-muted" }, view.asked_on ? `Last asked on ${longDay(view.asked_on)}.` : "Not asked yet."),
      ...standing(view),
      h("fieldset", { class: "wb-attest" }, h("legend", {}, view.purpose),
        ticks.map(tick => h("label", { class: "wb-tick", for: tick.box.id }, tick.box, h("span", {}, tick.label)))),
      wrong,
      h("div", { class: "wb-actions" }, button("Open the questions", open, { class: "wb-button wb-primary" })));
  }

  async function questions(id) {
    const place = h("div", {}), wrong = trouble();
    const finish = wrong.guard(async () => {
      await flushAll();
      await finished(await call("finish", { case: spec.case }));
    });
    host.replaceChildren(place, wrong,
      h("div", { class: "wb-actions" }, button("Finish for today", finish, { class: "wb-button wb-primary" })));
    await drawModel(model, id, place);
    place.querySelector("input, select, textarea")?.focus();
  }

  async function finished(answer) {
    const crisis = h("div", {});
    host.replaceChildren(h("h3", { tabindex: "-1" }, "Finished for today"),
      ...(answer.waiting.length ? [h("p", {}, "These wait for your dated entry on the start page:"), list(answer.waiting), support()] : []),
      ...standing(answer), crisis);
    host.querySelector("h3").focus();
    if (!answer.crisis) return;
    crisis.append(h("h3", {}, "Now, before you part"));
    await drawModel(model, answer.crisis, crisis);
  }
}

const standing = view => view.open
  ? [h("p", {}, "The start is finished; the further steps are open.")]
  : [h("p", {}, "Further steps and whatever reaches the partner stay closed:"), list(view.reasons)];
