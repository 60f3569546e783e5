// The answers of one response on the screen: its parts of fields, tied to a drawer that saves them.
import { h, clock, t } from "./dom.js";
import { emit } from "./hub.js";
import { drawer, lay } from "./save.js";
import { fieldView } from "./fields.js";
import { parts as folds } from "./parts.js";

/** How far saving is, in words; nothing before anything was typed. */
export const savingWords = ({ state, savedAt, trouble }) => ({
  saved: savedAt && t("Saved {time}", { time: clock(savedAt) }),
  saving: t("Saving…"),
  unsaved: [t("Not saved yet – trying again"), trouble].filter(Boolean).join(". "),
  held: t("One answer is not stored yet: see the note below it"),
})[state];

const shownOf = new WeakMap();   // model -> {response: values}: what a second view of the same model shows

/** {node, status, views, leave(), end(), focus()} for one response; `response` is null for a form's one living answer. */
export function sheet({ model, spec, call, parts, values, response, extra, onStored = () => {} }) {
  const kept = drawer(spec.page, spec.case, spec.form.id, response);
  if (extra) kept.extra = extra;
  const remembered = shownOf.get(model) || shownOf.set(model, new Map()).get(model);
  const current = kept.over(remembered.get(response) || values);
  remembered.set(response, current);
  const views = new Map();
  const status = h("span", { class: "wb-status" });   // quiet: the top bar speaks up when something is not saved
  const at = path => current[path[0]] && path.length > 1 ? current[path[0]]?.[path[1]]?.[path[2]] : current[path[0]];

  const put = (path, value, how = {}) => {
    const seen = at(path) ?? null;
    lay(current, path, value);
    for (const view of [viewAt(path), views.get(path[0])]) view?.invalid?.(null);   // a list says it for its cells
    kept.put(path, value, { ...how, seen });
  };
  const env = { put, flush: () => kept.flush() };
  const inner = field => {
    const view = fieldView(field, current[field.id], { ...env, path: [field.id] });
    views.set(field.id, view);
    return view.node;
  };
  const viewAt = path => (path.length > 1 ? views.get(path[0])?.at?.(path.slice(1)) : views.get(path[0]));

  function settle({ path, shown, text }) {
    const view = viewAt(path) || views.get(path[0]);
    view?.earlier(shown, text, async how => {
      const args = { case: spec.case, path, how, ...(response ? { response } : {}) };
      try {
        const { value } = await call("take_earlier", args);
        if (how === "mine") return;
        if (path.length > 1) views.get(path[0])?.setAt(path.slice(1), value);
        else view.set(value);
        lay(current, path, value);
      } catch (error) { say(error.message); }
    });
  }

  // A card of a list is drawn when it opens, so what is noticed about its drafts is kept until then.
  const notice = found => (found || []).forEach(({ path, says }) => (path.length > 1 ? views.get(path[0])?.notice(path.slice(1), says) : views.get(path[0])?.notice(says)));

  const say = text => { if (status.textContent !== text) status.textContent = text; };
  kept.attach(call, {
    onState: state => {
      status.dataset.state = state;
      const words = savingWords(kept);
      if (words) say(words);
    },
    onAnswer: (answer, paths) => {
      kept.trouble = null;
      for (const [id, sentence] of Object.entries(answer.invalid || {})) views.get(id)?.invalid(sentence);
      (answer.earlier || []).forEach(settle);
      notice(answer.notices);
      if (answer.saved_at) {
        emit("stored", { form: spec.form.id, fields: paths.map(path => path[0]) });
        onStored(answer, paths);
      }
    },
  });

  const node = h("div", { class: "wb-answers" }, folds(parts, inner));
  return {
    node, status, views, kept, current, notice,
    focus: () => views.values().next().value?.focus(),
    leave: () => kept.leave().catch(() => null),
    end: () => void kept.leave().catch(() => null),
  };
}
