/* The module-federation container that JupyterLab 4 looks for, written by hand: no bundler, no Node.
   It only lends JupyterLab's shared modules to app.js, which lies beside it as a plain ES module. */
(function () {
  "use strict";
  const here = document.currentScript.src;
  let scope = null;

  async function shared(name) {
    const versions = scope && scope[name];
    if (!versions) throw new Error("JupyterLab does not share " + name);
    return (await versions[Object.keys(versions)[0]].get())();
  }

  (window._JUPYTERLAB = window._JUPYTERLAB || {}).workbook = {
    init: (given) => { scope = given; },
    get: async (name) => {
      if (name !== "./extension") throw new Error("unknown module " + name);
      const { makePlugins } = await import(new URL("app.js", here).href);
      const plugins = await makePlugins(shared);
      return () => ({ __esModule: true, default: plugins });
    },
  };
})();
