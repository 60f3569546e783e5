// window.workbook: the one global. Events, the last known state, and the promise that everything typed is stored.
// The forms may load before or after the frame, so this keeps what is already there.

const PATIENCE = 2000;          // milliseconds that leaving a page waits for its last words

/** Hear of an event ("saved", "locked", "case", "counselor" …); returns how to stop hearing. */
export function on(name, handler) {
  const listener = (event) => handler(event.detail);
  window.addEventListener(`workbook:${name}`, listener);
  return () => window.removeEventListener(`workbook:${name}`, listener);
}

/** Tell all listeners of this tab. */
export const emit = (name, detail = {}) => void window.dispatchEvent(new CustomEvent(`workbook:${name}`, { detail }));

export const hub = (window.workbook = Object.assign(window.workbook || {}, { on, emit }));
hub.state ||= { practice: "unknown", case: null };
hub.flushAll ||= async () => true;
hub.dialogs ||= {};

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Stores what is typed on this tab and tells its forms that the page is left. Never rejects, never waits longer than `ms`. */
export async function storeAll(ms = PATIENCE) {
  const stored = Promise.resolve((hub.leaveAll || hub.flushAll)({ timeout: ms })).catch(() => false);
  return Promise.race([stored, pause(ms + 200).then(() => false)]);
}
