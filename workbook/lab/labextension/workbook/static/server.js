// The server as the page sees it: JSON questions, one live socket, and a banner when the engine has stopped.
import { t } from "./dom.js";
import { hub, emit } from "./hub.js";
import { storeAll } from "./save.js";
import { banner } from "./banner.js";

const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
export const base = config.baseUrl || "/";

const STOPPED = "The workbook’s engine has stopped. What you typed stays on this page. Start the workbook again the way "
  + "you always do; this page goes on by itself.";
const REFUSED = "The workbook was started again. Open it once from its new window; this page then goes on by itself.";

/** A failed question. `message` can be shown as it is; `status` 0 means that nobody answered. */
const trouble = (message, status) => Object.assign(new Error(message), { status });

const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(name + "="))?.slice(name.length + 1);

async function ask(method, name, body, options = {}) {
  const headers = { "X-XSRFToken": cookie("_xsrf") || "" };
  const upload = body instanceof FormData;
  if (body !== undefined && !upload) headers["Content-Type"] = "application/json";
  const content = upload ? body : body === undefined ? undefined : JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(`${base}workbook/${name}`, { method, headers, body: content, cache: "no-store", credentials: "same-origin", ...options });
  } catch {
    throw trouble(t("The workbook’s engine does not answer. Nothing you typed is lost. Please try again in a moment."), 0);
  }
  if (answer.ok) return answer;
  throw trouble(await reason(answer), answer.status);
}

async function reason(answer) {
  try {
    const { message, error } = await answer.json();
    if (message || error) return message || error;
  } catch { /* no JSON: say it in our own words */ }
  if (answer.status === 403) return t(REFUSED);
  return t("That did not work. Nothing you typed is lost. Please try again.");
}

const query = (values) => (values ? "?" + new URLSearchParams(values) : "");

export const server = {
  base,
  get: async (name, values) => (await ask("GET", name + query(values))).json(),
  post: async (name, body = {}, options) => {
    const answer = await ask("POST", name, body, options);
    return answer.status === 204 ? {} : answer.json();
  },
  file: async (name, body) => (await ask("POST", name, body)).blob(),
  say: (what) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify({ say: what })),
  refresh,
};
hub.server = server;

/** Asks the server how things stand and tells everybody on this page. */
export async function refresh() {
  const state = await server.get("state");
  const changed = hub.state.practice !== state.practice;
  hub.state = state;
  // Pages hear of a lock before the lock screen takes the focus, and of an open practice after it is gone.
  if (changed && state.practice !== "open") emit("locked");
  emit("state", state);
  if (changed && state.practice === "open") emit("unlocked");
  return state;
}

// ---- the live socket --------------------------------------------------------------------------------------------

let socket = null;
let tries = 0;
let lost = null;         // the banner while nobody answers

export function connect() {
  const address = new URL(`${base}workbook/live`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  socket = new WebSocket(address);
  socket.addEventListener("open", () => void welcome());
  socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  socket.addEventListener("close", () => void retry());
}

async function welcome() {
  tries = 0;
  try {
    await refresh();
    const was = lost;
    lost?.close();
    lost = null;
    if (was) emit("back");
  } catch { /* the socket closes too, and tries again */ }
}

async function retry() {
  if (hub.gone) return;                       // left, or closed on purpose: nothing to come back to
  tries += 1;
  if (tries === 2) {                          // one missed beat is no news
    lost = lost || banner({ kind: "stopped", text: t(STOPPED) });
    emit("stopped");
  }
  if (lost && tries % 3 === 0) lost.say((await refusedUs()) ? t(REFUSED) : t(STOPPED));
  setTimeout(connect, Math.min(250 * 2 ** tries, 4000));
}

const refusedUs = () => server.get("state").then(() => false, ({ status }) => status > 0);

async function hear(news) {
  if (news.say === "locked") await locked();
  else if (news.say === "unlocked") await refresh().catch(() => {});
  else if (news.say === "case") await caseChanged(news);
  else emit(news.say, news);                  // blank, close-pages, warn-idle, active, stopping
}

async function locked() {
  if (hub.state.practice === "open") {
    hub.state = { ...hub.state, practice: "locked" };
    emit("locked");
    emit("state", hub.state);
  }
  await refresh().catch(() => {});
}

async function caseChanged(news) {
  await refresh().catch(() => {});
  emit("case-opened", { case: news.case ?? hub.state.case });
}

/** Stores this page's words, then opens another case; every tab closes the pages of the one before. */
hub.openCase = async (id) => {
  await storeAll();
  await server.post("case", { id });
  await refresh();
};
