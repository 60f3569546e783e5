// Where the reader was: how far the page was scrolled, which folds were open, which field had the focus. In memory only.

const SETTLING = 6000;        // milliseconds in which forms and charts may still grow
const CONTROLS = "input, select, textarea, button, a";
const WRITES = "textarea, input[type=text]";

// A page that runs again draws its forms anew: a thing is found again by its form, its field and its place among equals.
const home = (node) => `${node.closest("[data-form]")?.dataset.form || ""}/${node.closest("[data-field]")?.dataset.field || ""}`;
// What stands behind the title of a fold (‘Saving…’, ‘last written …’) may read differently by then.
const foldName = (fold) => `${home(fold)}/${fold.querySelector("summary")?.firstChild?.textContent || ""}`;

/** Calls `stop` when the reader moves: nobody is carried away from where they went. */
export function onceMoved(stop) {
  for (const move of ["wheel", "pointerdown", "keydown"]) window.addEventListener(move, stop, { once: true, capture: true });
}

export class Spot {
  constructor(notebook) {
    this.notebook = notebook;
    this.kept = null;
  }

  get scroller() {
    return this.notebook.node.querySelector(".jp-WindowedPanel-outer") || this.notebook.node;
  }

  folds() {
    return [...this.notebook.node.querySelectorAll("details")];
  }

  controls() {
    return [...this.notebook.node.querySelectorAll(CONTROLS)];
  }

  top() {
    this.scroller.scrollTop = 0;
  }

  /** Keeps the spot until it is restored; what is kept first counts. */
  remember() {
    if (this.kept) return;
    const focused = document.activeElement;
    const equals = this.controls().filter((node) => home(node) === home(focused));
    this.kept = {
      top: this.scroller.scrollTop,
      folds: new Set(this.folds().filter((fold) => fold.open).map(foldName)),
      field: equals.includes(focused) ? [home(focused), equals.indexOf(focused)] : null,
      keys: equals.includes(focused) && focused.matches(WRITES) ? new Keys(focused) : null,
    };
  }

  forget() {
    this.kept?.keys?.end();
    this.kept = null;
  }

  /** Goes back as soon as the page is long enough again; stops when the reader moves first. */
  restore() {
    const spot = this.kept;
    this.kept = null;
    if (!spot) return;
    const until = performance.now() + SETTLING;
    let stopped = false;
    onceMoved(() => { stopped = true; });
    const follow = () => {
      if (stopped || performance.now() > until) return spot.keys?.end();
      this.unfold(spot);
      this.scroll(spot);
      this.focus(spot);
      requestAnimationFrame(follow);
    };
    follow();
  }

  unfold({ folds }) {
    for (const fold of this.folds()) {
      if (folds.delete(foldName(fold))) fold.open = true;
    }
  }

  scroll({ top }) {
    const { scroller } = this;
    if (scroller.scrollTop !== top && scroller.scrollHeight - scroller.clientHeight >= top) scroller.scrollTop = top;
  }

  focus({ field, keys }) {
    if (!field) return;
    const [where, place] = field;
    const node = this.controls().filter((each) => home(each) === where)[place];
    if (!document.activeElement.matches(CONTROLS)) node?.focus({ preventScroll: true });
    if (node?.checkVisibility()) keys?.write(node);
  }
}

/** A page that runs again draws its fields anew; what is typed while there is none is kept, and written into it then. */
class Keys {
  constructor(box) {
    this.typed = "";
    this.at = box.selectionEnd;
    box.addEventListener("input", () => { this.at = box.selectionEnd; });
    this.hear = (event) => {
      const sign = event.key === "Enter" && box.matches("textarea") ? "\n" : event.key;
      const plain = event.getModifierState("AltGraph") || !(event.ctrlKey || event.metaKey || event.altKey);
      if (!plain || [...sign].length !== 1 || document.activeElement.matches(CONTROLS) || document.querySelector("dialog[open]")) return;
      this.typed += sign;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", this.hear, true);
  }

  write(box) {
    this.end();
    if (!this.typed) return;
    const at = Math.min(this.at, box.value.length);
    box.setRangeText(this.typed, at, at, "end");
    this.typed = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  end() {
    window.removeEventListener("keydown", this.hear, true);
  }
}
