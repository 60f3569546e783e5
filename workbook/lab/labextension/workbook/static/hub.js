// window.workbook: the one global. Events, the last known state, and what one part of the frame does for another.

/** Hear of an event ("saved", "locked", "case", "counselor" …); returns how to stop hearing. */
export function on(name, handler) {
  const listener = (event) => handler(event.detail);
  window.addEventListener(`workbook:${name}`, listener);
  return () => window.removeEventListener(`workbook:${name}`, listener);
}

/** Tell all listeners of this tab. */
export const emit = (name, detail = {}) => void window.dispatchEvent(new CustomEvent(`workbook:${name}`, { detail }));

export const hub = (window.workbook = { on, emit, state: { practice: "unknown", case: null }, dialogs: {} });
