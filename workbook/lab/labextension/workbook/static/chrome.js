// JupyterLab's own frame: out of sight, out of the keyboard's way and silent while a page is shown; all there in 'Edit page'.

const TITLE = "Workbook";       // the same for every page: a tab's name tells an onlooker nothing

function setVisible(widget, visible) {
  if (widget) visible ? widget.show() : widget.hide();
}

/** Menus, side bars and the notebook's toolbar; hidden through the shell, since CSS alone leaves grey gaps. */
export function showChrome({ app }, panel, visible) {
  const { shell } = app;
  for (const area of ["top", "menu", "bottom"]) {
    try {
      for (const widget of shell.widgets(area)) setVisible(widget.parent, visible);
    } catch { /* this area is not in this kind of shell */ }
  }
  if (!visible) {
    shell.collapseLeft?.();
    shell.collapseRight?.();
  }
  for (const side of ["left", "right"]) {
    if (shell.isSideTabBarVisible && shell.isSideTabBarVisible(side) !== visible) shell.toggleSideTabBarVisibility(side);
  }
  setVisible(panel?.toolbar, visible);
  requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
}

/** JupyterLab listens on the document: what stops at the body never cuts a cell while somebody fills in a form. */
export function guardKeys(clean) {
  const stop = (event) => { if (clean()) event.stopPropagation(); };
  for (const kind of ["keydown", "keyup", "contextmenu"]) document.body.addEventListener(kind, stop);
  window.addEventListener("keydown", (event) => {
    // The browser's 'save page' would write the answers to disk; everything is saved already.
    if (clean() && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
  }, { capture: true });
}

/** No JupyterLab dialog in front of a client (a kernel that died is our banner's to say), and one constant title. */
export function calmLab({ Dialog }, clean) {
  const watch = new MutationObserver((changes) => {
    const opened = changes.some((change) => [...change.addedNodes].some((node) => node.classList?.contains("jp-Dialog")));
    if (opened && clean()) Dialog.tracker.forEach((dialog) => dialog.reject());
  });
  watch.observe(document.body, { childList: true });
  const name = () => { if (document.title !== TITLE) document.title = TITLE; };
  new MutationObserver(name).observe(document.head, { childList: true, subtree: true, characterData: true });
  name();
}

// ---- for a screen reader a page is a text with forms, not a feed of cells: JupyterLab's roles, names and tab stops step back

const NAMES = ["role", "aria-label", "tabindex"];
const OURS = ".jp-Cell, .jp-Notebook, .jp-WindowedPanel-viewport";
const kept = new WeakMap();         // node -> what JupyterLab had put there

function setAside(node) {
  const before = kept.get(node) || {};
  for (const name of NAMES) {
    if (!node.hasAttribute(name)) continue;
    before[name] = node.getAttribute(name);
    node.removeAttribute(name);
  }
  kept.set(node, before);
}

function giveBack(node) {
  Object.entries(kept.get(node) || {}).forEach(([name, value]) => node.setAttribute(name, value));
  kept.delete(node);
}

const nodes = (notebook) => [notebook.node, ...notebook.node.querySelectorAll(OURS)];

/** Keeps the notebook plain while `clean()` says so; call the returned function when that changes. */
export function readPlainly(notebook, clean) {
  // JupyterLab names a cell anew each time it runs or its outputs go
  const watch = new MutationObserver((changes) => {
    if (clean()) changes.map((change) => change.target).filter((node) => node.matches(OURS)).forEach(setAside);
  });
  watch.observe(notebook.node, { subtree: true, attributes: true, attributeFilter: NAMES });
  const turn = () => nodes(notebook).forEach(clean() ? setAside : giveBack);
  turn();
  return turn;
}
