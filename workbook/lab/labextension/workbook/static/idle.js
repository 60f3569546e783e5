// Signs of life for the server's idle clock, and the warning a minute before it locks.
import { h, button, t } from "./dom.js";
import { hub, on } from "./hub.js";
import { flushAll, storeAll } from "./save.js";
import { server } from "./server.js";
import { show } from "./dialog.js";

const PING = 20;             // seconds between two signs of life, at most; less when the idle time is short
const WARNING = 60;          // seconds
const SAID = new Set([60, 30, 10]);

let pinged = 0;
let stay = null;             // closes the warning

function alive() {
  if (hub.state.practice !== "open" || stay) return;
  const every = Math.min(PING, (hub.state.idle_seconds || Infinity) / 4) * 1000;
  if (Date.now() - pinged < every) return;
  ping();
}

function ping() {
  pinged = Date.now();
  server.post("active").catch(() => {});
}

/** Takes the lock key away from the screen: words first, then the lock. */
export async function lock() {
  await storeAll();
  await server.post("lock");
  await server.refresh();
}
hub.lock = lock;

async function warn({ seconds = WARNING }) {
  if (stay || hub.state.practice !== "open") return;
  const left = h("strong", {}, String(seconds));
  const spoken = h("p", { class: "wb-sr", role: "status" });
  let rest = seconds;
  const tick = setInterval(() => {
    rest = Math.max(0, rest - 1);
    left.textContent = String(rest);
    if (SAID.has(rest)) spoken.textContent = t("{seconds} seconds until the workbook locks.", { seconds: rest });
  }, 1000);
  // The words are stored while there still is somebody to store them.
  void flushAll();
  const stayed = await show({
    title: t("Still there?"),
    className: "wb-idle",
    build: (close) => {
      stay = close;
      return [
        h("p", {}, t("Nothing has been typed for a while. The workbook locks in "), left, t(" seconds. What you wrote is kept, and you come back to this spot.")),
        spoken,
        h("div", { class: "wb-actions" },
          button(t("Stay"), () => close("stay"), { class: "wb-primary", autofocus: true }),
          button(t("Lock now"), () => close("lock"))),
      ];
    },
  });
  clearInterval(tick);
  stay = null;
  if (stayed === "lock") await lock().catch(() => {});
  else if (stayed !== "over" && hub.state.practice === "open") { ping(); server.say("stay"); }
}

export function startIdle() {
  for (const sign of ["keydown", "pointerdown", "wheel", "touchstart"]) window.addEventListener(sign, alive, { capture: true, passive: true });
  on("warn-idle", warn);
  on("active", () => stay?.("over"));
  on("locked", () => stay?.("over"));
}
