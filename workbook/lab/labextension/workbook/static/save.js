// Autosave. What is typed waits here, in this tab's memory, until the store has said that it is written down.
// Never in browser storage. A Drawer outlives the view that opened it: when a page runs again after its kernel
// died, the new view opens the same drawer and what was waiting goes out through the new kernel.
import { clock, timeZone } from "./dom.js";
import { hub, emit } from "./hub.js";

const THROTTLE = 250;   // milliseconds between two sends of one drawer
const LAST_WORDS = 2000;  // leaving a page waits no longer for its last words
const PATIENCE = 5000;  // without an answer for this long a field says so, and is sent again

const drawers = new Map();
let lastState = "saved";

/** The drawer for one response on one page; `null` as response means the form's one living answer. */
export function drawer(page, caseId, form, response = null) {
  const key = JSON.stringify([page, caseId, form, response]);
  if (!drawers.has(key)) drawers.set(key, new Drawer(caseId, response));
  return drawers.get(key);
}

/** Drawers of this page and form that still hold unsaved answers, by response id (for a view that opens after a restart). */
export function waiting(page, caseId, form) {
  const found = new Map();
  for (const [key, kept] of drawers) {
    const [aPage, aCase, aForm, response] = JSON.parse(key);
    if (aPage === page && aCase === caseId && aForm === form && kept.items.size) found.set(response, kept);
  }
  return found;
}

class Drawer {
  constructor(caseId, response) {
    Object.assign(this, { caseId, response, items: new Map(), held: new Map(), stamp: 0, sentAt: 0, timer: 0, call: null, view: null, extra: {}, touched: false });
  }

  /** Connect a view: `call` reaches the kernel, `view` hears onState, onAnswer(answer, paths). Sends what was waiting. */
  attach(call, view) {
    const again = this.call && this.call !== call;
    Object.assign(this, { call, view });
    // what waited was typed against what the former view had seen, not against what the new kernel just read
    if (again) for (const item of this.items.values()) Object.assign(item, { sentAt: 0, inherited: true });
    if (this.items.size) this.flush();
  }

  /** Keep one answer. path: [field] or [rows field, row id, field]; `seen` is the value it replaces; now: do not wait. */
  put(path, value, { now = false, seen } = {}) {
    const key = path.join("/");
    const before = this.items.get(key);
    this.items.set(key, { path, value, stamp: ++this.stamp, sentAt: 0, since: before?.since ?? Date.now(), seen: before ? before.seen : seen });
    this.held.delete(key);
    this.touched = true;
    const wait = this.sentAt + THROTTLE - performance.now();
    if (now || wait <= 0) this.flush();
    else if (!this.timer) this.timer = setTimeout(() => this.flush(), wait);
    report();
  }

  /** Answers that wait, laid over `values` (a re-run page shows what was typed, not what was stored). */
  over(values) {
    const shown = structuredClone(values || {});
    for (const { path, value } of [...this.held.values(), ...this.items.values()]) lay(shown, path, value);
    return shown;
  }

  /** Send everything that has not been sent, or was sent too long ago. */
  flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    const nowMs = Date.now();
    const due = [...this.items.entries()].filter(([, item]) => nowMs - item.sentAt >= PATIENCE);
    if (!due.length || !this.call) return;
    this.sentAt = performance.now();
    const patch = {}, seen = {};
    const sent = due.map(([key, item]) => {
      item.sentAt = nowMs;
      lay(patch, item.path, item.value);
      if (item.inherited) lay(seen, item.path, item.seen ?? null);
      return [key, item.stamp];
    });
    const args = { case: this.caseId, patch, zone: timeZone(), ...this.extra };
    if (this.response) args.response = this.response;
    if (Object.keys(seen).length) args.seen = seen;
    this.call("save", args).then(answer => this.acknowledge(sent, answer), error => this.refuse(error));
    watch();
  }

  acknowledge(sent, answer) {
    const paths = [];
    for (const [key, stamp] of sent) {
      const item = this.items.get(key);
      if (!item) continue;
      if (item.stamp !== stamp) { item.since = Date.now(); continue; }   // typed on meanwhile: the newer text is still on its way
      this.items.delete(key);
      paths.push(item.path);
      // an answer that does not fit its field stays in memory, so that the words are not lost when the page runs again
      if (answer.invalid?.[item.path[0]]) this.held.set(key, item);
    }
    this.view?.onAnswer?.(answer, paths);
    if (answer.saved_at) this.savedAt = new Date(answer.saved_at);
    report();
  }

  refuse(error) {
    this.trouble = error.message;
    this.view?.onTrouble?.(error.message);
    report();
  }

  /** saved | saving | unsaved (no answer for five seconds) | held (does not fit its field) | idle (nothing typed yet). */
  get state() {
    if (!this.items.size && this.held.size) return "held";
    if (!this.items.size) return this.savedAt ? "saved" : "idle";
    const oldest = Math.min(...[...this.items.values()].map(item => item.since));
    return Date.now() - oldest >= PATIENCE ? "unsaved" : "saving";
  }

  /** The page is being left: store the rest, then close the version. */
  async leave() {
    this.flush();
    if (!this.touched || !this.call) return;
    this.touched = false;
    await this.call("leave", this.response ? { case: this.caseId, response: this.response } : { case: this.caseId });
  }
}

/** Put a value at [field] or [field, row, field] of a nested object. */
export function lay(target, path, value) {
  const last = path.length - 1;
  path.slice(0, last).forEach(step => { target = (target[step] ??= {}); });
  target[path[last]] = value;
}

function report() {
  let state = "saved", latest = null;
  for (const kept of drawers.values()) {
    kept.view?.onState?.(kept.state, kept.savedAt);
    if (kept.state === "unsaved") state = "unsaved";
    else if (kept.state === "saving" && state !== "unsaved") state = "saving";
    if (kept.savedAt && (!latest || kept.savedAt > latest)) latest = kept.savedAt;
  }
  if (state === "saved" && !latest) return;
  if (state === "saved" || state !== lastState) emit(state, latest && state === "saved" ? { at: clock(latest) } : {});
  lastState = state;
}

let watching = 0;
function watch() {
  if (watching) return;
  watching = setInterval(() => {
    const open = [...drawers.values()].filter(kept => kept.items.size);
    open.forEach(kept => kept.flush());
    report();
    if (!open.length) { clearInterval(watching); watching = 0; }
  }, 1000);
}

const flushNow = () => drawers.forEach(kept => kept.flush());

/** Store everything that waits; resolves to true when all of it is acknowledged, false when time ran out. */
export async function flushAll({ timeout = 4000 } = {}) {
  flushNow();
  const until = Date.now() + timeout;
  while ([...drawers.values()].some(kept => kept.items.size)) {
    if (Date.now() > until) return false;
    await new Promise(resume => setTimeout(resume, 20));
  }
  return true;
}

/** Stores what is typed on this tab, and every form hears that its page is left: versions close, flags are weighed. Never rejects. */
export async function storeAll() {
  const left = flushAll({ timeout: LAST_WORDS }).then(() => Promise.all([...drawers.values()].map(kept => kept.leave().catch(() => null))));
  await Promise.race([left, new Promise(resume => setTimeout(resume, LAST_WORDS + 200))]);
}

hub.flushAll = flushAll;
window.addEventListener("pagehide", () => drawers.forEach(kept => void kept.leave().catch(() => null)), { capture: true });
window.addEventListener("beforeunload", flushNow, { capture: true });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flushNow(); });
