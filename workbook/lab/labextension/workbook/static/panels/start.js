// The start page. The client sees where things stand; the practice's own things show in Counselor view only.
import { h, button, locale, longDay as day, pageLink as link, t, trouble, uid } from "../dom.js";
import { hub } from "../hub.js";
import { inCounselorView, mistakes } from "../counselorview.js";
import { labelled } from "../formlet.js";
import { scroller, table } from "../tables.js";

export function render({ el, spec, call }) {
  const client = h("div", {});
  const counselor = h("div", { class: "wb-counselor-box" });
  el.append(client, counselor);
  const showClient = view => client.replaceChildren(...(view.case ? standing(view) : welcome(view)));
  showClient(spec);
  const entries = new Map();   // flag id -> the box of an entry: what is typed in one stays when another is settled
  return inCounselorView(counselor, async () => draw(await call("counselor")));

  function draw(view) {
    if (view.client) showClient(view.client);
    counselor.replaceChildren(
      h("h2", {}, "Counselor view"),
      ...cases(view),
      ...own(view.content),
      ...(view.flags ? [...flags(view), ...reasons(view)] : []),
      settings(view));
  }

  function cases(view) {
    const alias = h("input", { type: "text", id: uid("alias"), maxlength: 40, autocomplete: "off" });
    const wrong = trouble();
    const add = wrong.guard(async () => hub.openCase((await call("add_case", { alias: alias.value })).id));
    const row = one => [one.alias, String(one.number), one.last_entry ? day(one.last_entry) : "–", one.flags ? `${one.flags} waiting` : "none",
      one.current ? "open now" : button("Open", () => hub.openCase(one.id), { "aria-label": `Open ${one.alias}` })];
    return [
      h("h3", {}, "Cases"),
      view.cases.length
        ? scroller("Cases", table("Cases", ["Case", "No.", "Last entry", "Flags", ""], view.cases.map(row)))
        : h("p", {}, "No case yet. Begin with an alias: a word or initials, never a full name."),
      h("form", { class: "wb-inline", onsubmit: event => { event.preventDefault(); void add(); } },
        h("label", { for: alias.id }, "New case: alias"), alias,
        h("button", { type: "submit", class: "wb-button" }, "Add and open"), wrong),
    ];
  }

  function own(content) {
    if (!content.files.length && !content.problems.length) return [];
    return [h("h3", {}, "Your own files"), mistakes(content.problems),
      content.files.length ? h("p", { class: "wb-muted" }, `In use from the folder ‘content’ of the workspace: ${content.files.join(", ")}.`) : ""];
  }

  function flags(view) {
    const waiting = view.flags.filter(flag => !flag.settled), settled = view.flags.filter(flag => flag.settled);
    return [
      h("h3", {}, "Flags"),
      waiting.length ? h("ul", { class: "wb-flags" }, waiting.map(flag => open(flag))) : h("p", {}, "No flag waits."),
      settled.length && h("details", {}, h("summary", {}, `Settled (${settled.length})`), h("ul", {}, settled.map(past))),
    ].filter(Boolean);
  }

  function past(flag) {
    return h("li", {}, `${day(flag.raised)}: ${flag.reason}`, h("br"),
      h("span", { class: "wb-muted" }, `${day(flag.settled)}, ${flag.decision === "open" ? "opened again" : "kept closed"}: ${flag.note}`),
      flag.decision === "open" ? null : h("details", {}, h("summary", {}, "Write a new entry"), entry(flag)));
  }

  function open(flag) {
    return h("li", {}, h("p", {}, h("strong", {}, flag.form), ` – ${day(flag.raised)}`, h("br"), flag.reason), entry(flag));
  }

  function entry(flag) {
    const note = entries.get(flag.id) || h("textarea", { rows: 2, autocomplete: "off" });
    entries.set(flag.id, note);
    const wrong = trouble();
    const settle = decision => wrong.guard(async () => {
      const settled = await call("settle", { flag: flag.id, note: note.value, decision });
      entries.delete(flag.id);
      draw(settled);
    });
    return h("div", { class: "wb-entry" },
      labelled("Your entry (dated today)", note),
      h("div", { class: "wb-actions" },
        button(flag.closes ? "Settle, keep pages closed" : "Settle", settle(flag.closes ? "keep-closed" : "open")),
        flag.closes && button("Settle, open pages again", settle("open"))),
      wrong);
  }

  function reasons(view) {
    return [
      h("h3", {}, "Gates"),
      h("ul", {}, view.gates.map(gate => h("li", {}, h("strong", {}, `${gate.what}: ${gate.open ? "open" : "closed"}`),
        gate.reasons.length ? h("ul", {}, gate.reasons.map(reason => h("li", {}, reason))) : null))),
      rules(),
    ];
  }

  function rules() {
    const list = h("div", { "aria-live": "polite" });
    const read = async event => {
      if (!event.target.open || list.firstChild) return;
      try {
        const told = (await call("rules")).rules;
        list.replaceChildren(...told.flatMap(one => [h("h4", {}, one.title), h("ul", {}, one.rules.map(rule => h("li", {}, rule)))]));
      } catch (error) { list.textContent = error.message; }
    };
    return h("details", { ontoggle: read }, h("summary", {}, "Where the guides pull apart, and what is done here"), list);
  }

  function again(view) {
    const fresh = settings(view);
    fresh.open = true;
    counselor.querySelector("details.wb-settings").replaceWith(fresh);
  }

  function settings(view) {
    const given = view.settings;
    const say = h("p", { role: "status", class: "wb-muted" });
    const keep = async (name, value, redraw) => {
      try {
        const answer = await call("setting", { name, value });
        view.settings = answer.settings;
        say.textContent = "Saved.";
        if (redraw) again(view);
      } catch (error) { say.textContent = error.message; }
    };
    const country = h("select", { onchange: () => keep("country", country.value, true) },
      h("option", { value: "" }, "– choose –"), view.countries.map(one => h("option", { value: one.code, selected: one.code === given.country }, one.name)));
    const number = h("input", { type: "tel", value: given.emergency_number, autocomplete: "off", onchange: () => keep("emergency_number", number.value) });
    const idle = h("select", { onchange: () => keep("idle_minutes", idle.value) },
      given.idle_choices.map(minutes => h("option", { value: minutes, selected: minutes === given.idle_minutes }, `${minutes} minutes`)));
    return h("details", { class: "wb-settings" }, h("summary", {}, "Practice settings"),
      labelled("Country for helplines", country), labelled("Emergency number shown to clients", number), labelled("Lock when nobody types for", idle),
      given.lines.length ? h("h4", {}, "Helplines") : null,
      h("ul", {}, given.lines.map(line => helpline(line, view))),
      h("div", { class: "wb-actions" },
        button("Change the passphrase", () => hub.dialogs.passphrase()),
        button("New recovery key", () => hub.dialogs.recovery())),
      say);
  }

  function helpline(line, view) {
    const what = [line.call && `call ${line.call}`, line.text && `text ${line.text}`, line.web].filter(Boolean).join(", ");
    const state = line.confirmed ? `confirmed by you on ${day(line.confirmed)}` : line.shipped ? `checked ${day(line.shipped)}` : "unconfirmed: clients do not see it";
    const change = async confirmed => { view.settings = (await call("confirm_line", { line: line.id, confirmed })).settings; again(view); };
    return h("li", {}, h("strong", {}, line.name), ` – ${what} (${state}) `,
      line.confirmed ? button("Take back", () => change(false), { "aria-label": `Take back ${line.name}` })
        : button("I checked this number today", () => change(true), { "aria-label": `I checked ${line.name} today` }));
  }
}

function welcome(view) {
  return [
    h("p", { class: "wb-lead" }, view.any_cases ? "No case is open." : "This practice is ready, and still empty."),
    h("p", {}, view.any_cases ? "The counselor chooses one in Counselor view." : "First, the counselor opens Counselor view and adds a case under an alias."),
    button("Open Counselor view", () => hub.counselor(true), { class: "wb-button wb-primary" }),
  ];
}

function standing(view) {
  const { next } = view;
  const muted = text => h("span", { class: "wb-muted" }, ` – ${text}`);
  const state = step => step.said || (step.finished ? (step.decides ? t("done for now") : t("visited")) : step.begun ? t("begun") : "");
  const rail = view.steps.map(step => h("li", { class: step.finished ? "wb-done" : step.begun ? "wb-begun" : null },
    step.open ? link(step.page, step.title) : h("span", {}, step.title), state(step) && muted(state(step))));
  const first = next && link(next.page, next.begun ? t("Go on with: {title}", next) : t("Begin with: {title}", next),
    { class: "wb-button wb-primary", "data-wb-form": next.form || null, "data-wb-field": next.field || null });
  return [
    h("p", { class: "wb-lead" }, t("Welcome, {name}.", { name: view.case.alias })),
    first && h("p", {}, first, next.section && h("span", { class: "wb-muted" }, ` ${next.section}`)),
    h("h2", {}, t("The steps")),
    h("ol", { class: "wb-rail" }, rail),
    view.later && h("p", { class: "wb-muted" }, t("Later: {sentence}", { sentence: view.later })),
    view.route && h("p", {}, link("route.ipynb", view.route), muted(t("your way, section by section"))),
    h("h3", {}, t("Any time")),
    h("ul", { class: "wb-pages" },
      h("li", {}, link("log.ipynb", t("Log")), muted(view.last_entry ? t("last entry {day}", { day: day(view.last_entry, locale()) }) : t("nothing written yet"))),
      h("li", {}, link("progress.ipynb", t("Progress"))),
      h("li", {}, link("support.ipynb", t("Support")))),
    view.review && h("p", { class: "wb-muted" }, t("Next review: {day}. It may be moved forward at any time.", { day: day(view.review, locale()) })),
  ].filter(Boolean);
}
