// A page shows no code, so its code editors rest: each is made when ‘Edit page’ or a part of JupyterLab asks for it. A long
// page has some forty of them, and making one takes longer than drawing a form.

const start = () => ({ line: 0, column: 0 });

/** What JupyterLab asks of every editor while it opens a notebook. */
class Resting {
  constructor(options) {
    const { host, model, uuid = crypto.randomUUID(), config = {} } = options;
    Object.assign(this, { host, model, uuid, config, options, listeners: [], isDisposed: false });
    this.edgeRequested = {
      connect: (...listener) => Boolean(this.listeners.push(listener)),
      disconnect: (...listener) => { this.listeners = this.listeners.filter((kept) => kept.some((part, at) => part !== listener[at])); },
    };
  }
  getOption(name) { return this.config[name]; }
  setOption(name, value) { this.config = { ...this.config, [name]: value }; }
  setOptions(values) { this.config = { ...this.config, ...values }; }
  setBaseOptions(values) { this.config = { ...values, ...this.config }; }
  getCursorPosition() { return start(); }
  setCursorPosition() {}
  getSelection() { return { start: start(), end: start() }; }
  getLine() { return ""; }
  hasFocus() { return false; }
  blur() {}
  dispose() { this.isDisposed = true; }

  /** The editor itself, with all that was told to this one. */
  made(factory) {
    const editor = factory({ ...this.options, uuid: this.uuid, config: this.config });
    this.listeners.forEach((listener) => editor.edgeRequested.connect(...listener));
    return editor;
  }
}

/** An editor factory whose editors rest until they are needed; while `needed()` they are made at once. */
export const restingEditors = (factory, needed) => (options) => {
  if (needed()) return factory(options);
  const resting = new Resting(options);
  let editor = null;
  const wake = () => (editor ||= resting.made(factory));
  const at = (name) => {
    if (name === "wake") return wake;
    if (!editor && (name in resting || name === "then")) return resting;       // a promise asks everything for `then`
    return wake();
  };
  return new Proxy(resting, {
    get(_, name) {
      const from = at(name);
      if (typeof from === "function") return from;
      const found = from[name];
      return typeof found === "function" ? found.bind(from) : found;
    },
    set(_, name, value) { at(name)[name] = value; return true; },
    has(_, name) { return name in resting || name in wake(); },
    getPrototypeOf: () => Object.getPrototypeOf(wake()),
  });
};

/** Makes the editors of a notebook that is going to be edited. */
export const wakeEditors = (notebook) => notebook.widgets.forEach((cell) => cell.editor?.wake?.());
