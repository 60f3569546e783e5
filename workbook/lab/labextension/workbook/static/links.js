// Links from page to page, in place: the page left behind is stored, closed, and its kernel ends.
import { t } from "./dom.js";
import { hub } from "./hub.js";
import { storeAll } from "./save.js";
import { base } from "./server.js";
import { banner } from "./banner.js";

const PAGE = /\.ipynb$/;
const LONGEST_WAIT = 10000;   // milliseconds until a page left behind is closed at the latest

/** A path as it is written in a page, from that page's own folder. */
const resolve = (target, from) => decodeURIComponent(new URL(target, new URL(from, "file:///")).pathname.slice(1));

/** The page that an anchor leads to, or null when it leads elsewhere. */
function target(anchor, from) {
  if (anchor.dataset.wbOpen) return resolve(anchor.dataset.wbOpen, from);
  if (!anchor.getAttribute("href")) return null;
  const { origin, pathname } = new URL(anchor.href, location.href);
  const place = decodeURIComponent(pathname);
  // JupyterLab has already resolved a Markdown link against the page's own folder
  return origin === location.origin && place.startsWith(`${base}files/`) && PAGE.test(place) ? place.slice(base.length + "files/".length) : null;
}

const address = (path) => `${base}doc/tree/${path.split("/").map(encodeURIComponent).join("/")}`;
const shown = () => decodeURIComponent(/\/(?:doc|lab)(?:\/workspaces\/[^/]+)?\/tree\/(.+\.ipynb)$/.exec(location.pathname)?.[1] || "");

export function startLinks(lab, pages, current) {
  let opening = Promise.resolve();
  let closing = Promise.resolve();        // of the pages left behind by the last opening
  const ending = new Map();               // path of a page left behind -> until its kernel has ended

  async function open(path) {
    await closing;                        // a page that is asked for again must not be closed under the reader,
    await ending.get(path);               // nor be given the kernel that is just ending
    const left = [...pages.values()].filter((page) => page.path !== path);
    const editing = current()?.editing;
    const panel = await lab.app.commands.execute("docmanager:open", { path, factory: "Notebook" }).catch(() => null);
    if (!panel) {
      banner({ kind: "link", text: t("That page is not in this workbook. The others are still here."), actions: [[t("Go to the start"), () => hub.open("00-start.ipynb")]] });
      return;
    }
    if (editing) return;                                      // the counselor edits: nothing is closed behind their back
    await storeAll();
    closing = closeWhenShown(left, pages.get(panel));
  }

  /** The page in front comes first; ending the others and their kernels can wait for it, though not for ever. */
  async function closeWhenShown(left, page) {
    await Promise.race([page?.shown, new Promise((resume) => setTimeout(resume, LONGEST_WAIT))]);
    left.filter((one) => one !== current()).forEach((one) => ending.set(one.path, one.close()));
  }

  hub.open = (path) => (opening = opening.then(() => open(path), () => open(path)));

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.("a");
    if (!anchor || event.defaultPrevented || event.button !== 0 || current()?.editing && !anchor.dataset.wbOpen) return;
    const path = target(anchor, current()?.path || "");
    if (!path) return;
    event.preventDefault();
    event.stopPropagation();
    const { wbForm: form, wbField: field } = anchor.dataset;
    hub.wanted = form ? { form, field } : null;
    if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(address(path), "_blank", "noopener");
    else void hub.open(path);
  }, { capture: true });

  window.addEventListener("popstate", async () => {
    const path = shown();
    if (!path || path === current()?.path) return;
    // JupyterLab adds every opened page to the history; going back must not cut off the way forward.
    history.pushState = (...given) => history.replaceState(...given);
    await hub.open(path);
    delete history.pushState;
  });
}
