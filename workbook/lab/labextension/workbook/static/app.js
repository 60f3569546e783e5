// The plugin: wires the parts of the frame to JupyterLab and to each other.
import { stylesheet } from "./dom.js";
import { hub, on } from "./hub.js";
import { storeAll } from "./save.js";
import { server, connect, refresh } from "./server.js";
import { startBanners } from "./banner.js";
import { closeAll } from "./dialog.js";
import { startBar, showEdit, showWhere } from "./bar.js";
import { startClose } from "./close.js";
import { startCounselor } from "./counselorview.js";
import { restingEditors } from "./editors.js";
import { startGate } from "./gate.js";
import { startHelp } from "./help.js";
import { startIdle } from "./idle.js";
import { startLeave } from "./leave.js";
import { startLinks } from "./links.js";
import { Page } from "./page.js";
import { calmLab, guardKeys, showChrome } from "./chrome.js";
import { registerPanels } from "./widgets.js";
import "./keys.js";
import "./pdf.js";

const HIDDEN_FOR_LONG = 50;   // milliseconds: JupyterLab switches the current page twice while it opens one

const pages = new Map();      // notebook panel -> Page
let current = null;           // the Page in front

function adopt(panel, lab) {
  if (pages.has(panel)) return;
  const page = new Page(panel, lab, () => { if (page === current) present(lab); });
  pages.set(panel, page);
  panel.disposed.connect(() => pages.delete(panel));
  page.shown = page.open();
}

/** Shows what belongs to the page in front: bar, chrome, classes. */
function present(lab) {
  const page = pages.get(lab.tracker.currentWidget) || null;
  const switched = page !== current;
  current = page;
  hub.path = page?.path || null;
  if (switched) hub.emit("page", { path: hub.path });
  const clean = Boolean(page) && !page.editing;
  document.body.classList.toggle("wb-page", clean);
  document.body.classList.toggle("wb-edit", Boolean(page?.editing));
  showChrome(lab, page?.panel, !clean);
  page?.plain?.();
  showWhere(page?.title, page?.case, page?.isStart);
  showEdit(page?.editing);
}

const actions = {
  help: () => hub.help(),
  leave: () => hub.leave(),
  print: () => hub.print(),
  lock: () => hub.lock(),
  close: () => hub.close(),
  counselor: () => hub.toggleCounselor(),
  edit: () => current?.toggleEdit(),
  rerun: () => current?.run(),
  passphrase: () => hub.dialogs.passphrase(),
  recovery: () => hub.dialogs.recovery(),
  restore: () => hub.dialogs.restore(),
};

function startActions() {
  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-wb-do]")?.dataset.wbDo;
    if (!actions[name]) return;
    event.preventDefault();
    void actions[name]();
  });
}

function startState(lab) {
  const all = (act) => pages.forEach((page) => void act(page));
  on("locked", () => { closeAll(); all((page) => page.cover()); });
  on("unlocked", () => all((page) => page.comeBack()));
  on("back", () => { if (hub.state.practice === "open") all((page) => page.comeBack()); });
  on("stopped", () => all((page) => page.orphan()));
  on("locking", async () => { await storeAll(); server.say("flushed"); });
  on("close-pages", async (news) => {
    await storeAll();
    all((page) => page.retire(news.case, news.why));
    server.say("flushed");
  });
  on("case-opened", () => {
    all((page) => { if (page.isStart) page.case = hub.state.case; });      // it follows the open case, also when there is none
    if (current?.isStart) void current.run().then(() => current?.spot.top());
  });
  hub.rerun = () => current?.run();
  void refresh().catch(() => hub.emit("silent"));
  connect();
  openStart(lab);
}

/** With nothing open there is nothing to read: open the start page. */
function openStart(lab) {
  lab.app.restored.then(() => setTimeout(() => {
    if (!lab.app.shell.currentWidget && !/\/tree\/./.test(location.pathname)) void hub.open("00-start.ipynb");
  }, HIDDEN_FOR_LONG));
}

function activate(lab) {
  ["theme.css", "page.css", "frame.css"].forEach(stylesheet);
  document.body.classList.add("wb-frame");
  startBanners();
  startBar();
  startGate();
  startHelp();
  startLeave();
  startIdle();
  startClose();
  startCounselor();
  startActions();
  startLinks(lab, pages, () => current);
  guardKeys(() => current && !current.editing);
  calmLab(lab, () => current && !current.editing);
  lab.tracker.widgetAdded.connect((_, panel) => adopt(panel, lab));
  lab.tracker.currentChanged.connect(() => present(lab));
  lab.tracker.forEach((panel) => adopt(panel, lab));
  present(lab);
  startState(lab);
}

export async function makePlugins(shared) {
  const names = ["@jupyterlab/notebook", "@jupyterlab/apputils", "@jupyterlab/codeeditor", "@jupyter-widgets/base"];
  const [{ INotebookTracker, NotebookActions, NotebookPanel }, { Dialog }, { IEditorServices }, base] = await Promise.all(names.map(shared));
  const editing = () => document.body.classList.contains("wb-edit");
  return [
    {
      id: "workbook:plugin",
      description: "Opens workbook pages clean and by themselves",
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app, tracker) => activate({ app, tracker, NotebookActions, Dialog }),
    },
    {
      id: "workbook:editors",
      description: "Makes the code editors of a notebook when they are needed, in the place of JupyterLab's own factory",
      autoStart: true,
      provides: NotebookPanel.IContentFactory,
      requires: [IEditorServices],
      activate: (_, { factoryService }) => new NotebookPanel.ContentFactory({ editorFactory: restingEditors(factoryService.newInlineEditor, editing) }),
    },
    {
      id: "workbook:panels",
      description: "Draws the parts of a workbook page",
      autoStart: true,
      requires: [base.IJupyterWidgetRegistry],
      activate: (_, registry) => registerPanels(base, registry),
    },
  ];
}
