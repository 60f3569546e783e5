// One notebook as its reader sees it: runs by itself when it is vouched for, comes back after a lock or a dead kernel.
import { h, button, t } from "./dom.js";
import { hub } from "./hub.js";
import { server } from "./server.js";
import { banner, unbanner } from "./banner.js";
import { refuse, toggleEdit } from "./edit.js";
import { readPlainly } from "./chrome.js";
import { leaveOut, speakAs, translate } from "./language.js";
import { onceMoved, Spot } from "./spot.js";

const START = /(^|\/)00-start\.ipynb$/;
const ASKS = /^page\.(form|daily|start)\(/m;   // the cells up to the first that asks something run before the others are sent,
const DRAWING = 100;           // and the browser has so many milliseconds to draw it
const TRIES = 25;              // so often a part that a link led to is looked for, until the reader moves, each after
const SETTLED = 400;           // milliseconds until the parts of a page have been drawn, so that a link can lead to one of them
const REVIVALS = 3;            // a kernel that dies more often than this is not started again by itself

const FAILED = "A part of this page could not be shown. Nothing that was written is lost.";
const DIED = "This page’s engine stopped and is being started again. What you typed is still here and will be saved.";
const RETIRED = "This page is stored and closed, because another case was opened.";
const STILL_DEAD = "This page’s engine stopped again. What you typed is kept as long as this page stays open.";

export class Page {
  constructor(panel, lab, changed) {
    Object.assign(this, { panel, lab, changed, title: "", case: null, editing: false, vouched: null, ran: false, deaths: 0, restarting: false, retried: false, wanted: null });
    this.spot = new Spot(panel.content);
    this.verdict = null;
    this.work = Promise.resolve();
  }

  get path() { return this.panel.context.path; }
  get isStart() { return START.test(this.path); }
  get session() { return this.panel.sessionContext; }

  async open() {
    this.panel.content.addClass("wb-unread");
    if (hub.state.practice === "open") this.verdict = this.askVouch();
    this.session.kernelPreference = { ...this.session.kernelPreference, shutdownOnDispose: true, autoStartDefault: true };
    this.panel.content.notebookConfig = { ...this.panel.content.notebookConfig, windowingMode: "defer", showInputPlaceholder: false, scrollPastEnd: false };
    await this.panel.context.ready;
    this.opened = true;
    this.title = this.heading();
    this.changed();
    this.guard();
    this.plain = readPlainly(this.panel.content, () => !this.editing);
    this.session.statusChanged.connect((_, status) => this.hear(status));
    await this.run();
  }

  askVouch() {
    return server.get("vouch", { path: this.path }).catch((trouble) => ({ vouched: false, trouble: trouble.message }));
  }

  heading() {
    for (const cell of this.panel.model.cells) {
      const found = cell.type === "markdown" && /^#\s+(.+)$/m.exec(cell.sharedModel.getSource());
      if (found) return found[1].replace(/[*_`]/g, "").trim();
    }
    return "";
  }

  /** The client reads and fills in; the text of the page is not edited by a double click, and nothing asks to be saved. */
  guard() {
    this.panel.content.node.addEventListener("dblclick", (event) => { if (!this.editing) event.stopPropagation(); }, true);
    this.panel.model.stateChanged.connect((model, change) => {
      if (!this.editing && change.name === "dirty" && change.newValue) model.dirty = false;
    });
  }

  /** Runs every cell if the page is vouched for. One run after the other, never two at once. */
  run() {
    this.work = this.work.then(() => this.runNow()).catch((trouble) => {
      console.error("workbook:", trouble);
      this.fail();
    });
    return this.work;
  }

  async runNow() {
    if (hub.state.practice !== "open" || this.panel.isDisposed || this.editing || this.retired) return;
    await this.reopenCase();
    const verdict = await (this.verdict || this.askVouch());
    this.verdict = null;
    this.vouched = verdict.vouched;
    if (verdict.trouble) return this.note(verdict.trouble, [[t("Try again"), () => this.run()]]);
    await this.listen(verdict);
    if (!verdict.vouched) return refuse(this, verdict);
    if (!(await this.kernel())) return this.note(t(DIED), [[t("Start it again"), () => this.comeBack()]]);
    await this.panel.revealed;
    this.note(null);
    this.case = hub.state.case;
    this.changed();
    // Not runAll: it moves the active cell, and with it the reader, to the end of the page.
    const cells = this.panel.content.widgets.filter((cell) => cell.model.type === "code");
    const run = (some) => !some.length || this.lab.NotebookActions.runCells(this.panel.content, some, this.session);
    const first = 1 + cells.findIndex((cell) => ASKS.test(cell.model.sharedModel.getSource()));
    const begun = await run(cells.slice(0, first));
    await new Promise((resume) => setTimeout(resume, DRAWING));
    const fine = begun && (await run(cells.slice(first)));
    // Opened again at once, a page can be given the kernel that is just being ended: then nothing has run.
    if (!fine && !this.retried && cells.every((cell) => cell.model.executionCount === null)) {
      this.retried = this.stale = true;
      return this.runNow();
    }
    this.retried = false;
    this.settle(fine);
  }

  /** In the language of its case from here on, and less the prose that is not for this reader. Until then no prose is shown. */
  async listen({ language, prose, left_out }) {
    await speakAs(language);
    if (this.panel.isDisposed || this.editing) return;
    translate(this.panel.content, prose);
    leaveOut(this.panel.content, left_out);
    this.panel.content.removeClass("wb-unread");
    this.panel.model.dirty = false;
    this.title = this.heading();
  }

  settle(fine) {
    if (this.panel.isDisposed) return;
    if (!this.editing) this.panel.model.dirty = false;
    if (!fine && !this.restarting) this.fail();
    this.ran = true;
    this.spot.restore();
    this.wanted = hub.wanted || this.wanted;
    hub.wanted = null;
    if (this.wanted) this.lead();
  }

  /** A link led to a part of this page. Parts draw themselves a little later; one that a gate closes is found once it opens. */
  lead() {
    let left = TRIES;
    onceMoved(() => { left = 0; });
    const look = () => {
      if (this.panel.isDisposed || !this.wanted || !left--) return;
      const led = { ...this.wanted, found: false };
      hub.emit("wanted", led);
      if (led.found) this.wanted = null;
      else setTimeout(look, SETTLED);
    };
    setTimeout(look, SETTLED);
  }

  /** A kernel that lives; started when there is none. */
  async kernel() {
    await this.session.ready;
    const mine = this.session.session?.kernel;
    if (mine && !this.stale && !["dead", "terminating"].includes(mine.status)) return true;
    this.stale = false;
    await this.session.shutdown().catch(() => {});
    await this.session.startKernel();
    return Boolean(this.session.session?.kernel);
  }

  /** Whether the server still runs this page's kernel; after a lock or a restart of the server it does not. */
  async lostKernel() {
    const { kernels } = this.lab.app.serviceManager;
    await kernels.refreshRunning().catch(() => {});
    const id = this.session.session?.kernel?.id;
    return !id || ![...kernels.running()].some((kernel) => kernel.id === id);
  }

  /** After unlocking, or when the server is back: same page, same spot. */
  async comeBack() {
    this.orphaned = false;
    if (!this.opened) return;                                   // it runs as soon as its file is there
    this.stale = (this.ran || this.covered) && await this.lostKernel();
    if (this.ran && !this.stale && !this.covered) {             // only the line was down: the page is as it was
      this.spot.forget();
      return;
    }
    this.covered = false;
    await this.run();
  }

  /** A server that was started again knows no case; the page knows which one it belongs to. */
  async reopenCase() {
    if (!this.case || hub.state.case || hub.state.practice !== "open") return;
    await server.post("case", { id: this.case.id }).then(server.refresh).catch(() => {});
  }

  hear(status) {
    if (this.editing || this.retired || this.orphaned || hub.state.practice !== "open") return;
    if (status === "autorestarting" || status === "restarting") {
      this.restarting = true;
      this.spot.remember();
      banner({ kind: "died", text: t(DIED) });
    } else if (this.restarting && status === "idle") {
      this.restarting = false;
      unbanner("died");
      void this.run();
    } else if (status === "dead") void this.revive();
  }

  async revive() {
    this.deaths += 1;
    if (this.deaths > REVIVALS) {
      banner({ kind: "died", text: t(STILL_DEAD), actions: [[t("Start it again"), () => { this.deaths = 0; void this.revive(); }]] });
      return;
    }
    this.spot.remember();
    banner({ kind: "died", text: t(DIED) });
    this.stale = true;
    await this.run();
    unbanner("died");
  }

  /** The practice locked: nothing a client wrote stays in the page behind the lock screen. */
  cover() {
    if (this.covered) return;
    this.spot.remember();
    this.covered = true;
    this.lab.NotebookActions.clearAllOutputs(this.panel.content);
    if (!this.editing) this.panel.model.dirty = false;
  }

  /** The server went away: the words stay in the fields; remember where the reader was. What its kernel still says counts no more. */
  orphan() {
    this.spot.remember();
    this.orphaned = true;
  }

  /** Another case was opened and the words are stored: the page ends and says why. */
  retire(next, why) {
    if (this.isStart || (next && this.case?.id === next)) return;     // its own case comes back after a new start
    this.retired = true;
    this.lab.NotebookActions.clearAllOutputs(this.panel.content);
    this.panel.model.dirty = false;
    this.case = null;
    this.changed();
    void this.session.shutdown().catch(() => {});
    this.note(why ? t(why) : t(RETIRED), [[t("Go to the start"), () => hub.open("00-start.ipynb")]]);
  }

  /** The page goes at once; resolves when its kernel has ended, too. */
  close() {
    if (this.panel.isDisposed) return Promise.resolve();
    const { sessionManager, session } = this.session;
    this.session.kernelPreference = { ...this.session.kernelPreference, shutdownOnDispose: false };
    this.retired = true;
    this.panel.model.dirty = false;
    this.panel.close();
    return session ? sessionManager.shutdown(session.id).catch(() => {}) : Promise.resolve();
  }

  toggleEdit() { return toggleEdit(this); }

  /** Something of the page did not run: said in words, with a way on. */
  fail() {
    this.note(t(FAILED), [[t("Try again"), () => this.run()]]);
    this.notice?.classList.add("wb-failed");
  }

  /** A notice at the top of the page itself; null takes it away. */
  note(text, actions = []) {
    this.notice?.remove();
    this.notice = null;
    if (!text || this.panel.isDisposed) return;
    this.notice = h("section", { class: "wb-notice", role: "status" }, h("p", {}, text),
      h("div", { class: "wb-actions" }, actions.map(([label, act]) => button(label, act))));
    this.spot.scroller.prepend(this.notice);
  }
}
