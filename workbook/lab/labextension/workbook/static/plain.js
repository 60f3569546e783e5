// For a screen reader a page is a text with forms, not a feed of cells: JupyterLab's roles, names and tab stops step back in
// page view and return in 'Edit page'.

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
