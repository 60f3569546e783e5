// Leave quickly: every tab goes blank first, then the last words are stored, then the practice locks.
import { hub, on } from "./hub.js";
import { storeAll } from "./save.js";
import { server } from "./server.js";

const TWICE = 500;          // milliseconds between two presses of Esc
const GOODBYE = 2000;       // milliseconds that the lock is waited for
const NEUTRAL = "about:blank";

const tabs = "BroadcastChannel" in window ? new BroadcastChannel("workbook") : null;
let leaving = false;

const blank = () => document.documentElement.classList.add("wb-blank");
const go = () => { hub.gone = true; location.replace(NEUTRAL); };

/** This tab was asked by another one: blank at once, store, then go. */
async function follow() {
  if (leaving) return;
  leaving = true;
  blank();
  await storeAll();
  server.say("flushed");
  go();
}

/** Blank, store, lock, go. Nothing here waits for a question, and a silent server does not hold the page. */
export async function leave() {
  if (leaving) return;
  leaving = true;
  blank();
  tabs?.postMessage("blank");
  server.say("blank");
  await storeAll();
  await Promise.race([server.post("leave", {}, { keepalive: true }).catch(() => {}), new Promise((done) => setTimeout(done, GOODBYE))]);
  go();
}
hub.leave = leave;

// ---- Esc twice --------------------------------------------------------------------------------------------------

let last = 0;               // when Esc was pressed alone before
let picker = null;          // the select or date field whose list may be open, in browsers that cannot say so

const canAsk = CSS.supports("selector(:open)");
const LISTS = "select, input[type=date], input[type=datetime-local], input[type=time], input[type=month], input[type=week], input[type=color], input[list]";

function pickerOpen() {
  if (canAsk && document.querySelector("select:open, input:open")) return true;
  return picker !== null && picker === document.activeElement;
}

const busy = () => pickerOpen() || document.querySelector("dialog[open]:not(.wb-gate), .lm-Menu, .jp-Dialog, .wb-menu-open, [popover]:popover-open");

function onEscape(event) {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.isComposing || event.keyCode === 229 || busy()) {
    last = 0;
    picker = null;
    return;
  }
  if (last && event.timeStamp - last <= TWICE) void leave();
  last = event.timeStamp;
}

// A list that was opened by mouse or key stays 'maybe open' until it changes, loses the focus, or one Esc has closed it.
function watchPickers() {
  const opened = (event) => { if (event.target.matches?.(LISTS)) picker = event.target; };
  const keys = (event) => { if (["F4", " ", "Enter"].includes(event.key) || (event.altKey && event.key.startsWith("Arrow"))) opened(event); };
  const closed = (event) => { if (event.target === picker) picker = null; };
  document.addEventListener("pointerdown", opened, true);
  document.addEventListener("keydown", keys, true);
  document.addEventListener("change", closed, true);
  document.addEventListener("focusout", closed, true);
}

export function startLeave() {
  window.addEventListener("keydown", onEscape, { capture: true });
  watchPickers();
  tabs?.addEventListener("message", (event) => { if (event.data === "blank") void follow(); });
  on("blank", follow);
}
