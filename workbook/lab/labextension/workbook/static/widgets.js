// The browser's half of workbook.forms.panel.Panel: an ipywidgets class of our own, so that nothing but the page itself
// decides how long a part may take to come up.
import { render } from "./panel.js";

const MODULE = "workbook", VERSION = "1.0.0";   // as in forms/panel.py

/** Registers the classes with JupyterLab's widget manager. `base` is the shared module @jupyter-widgets/base. */
export function registerPanels(base, registry) {
  class PanelModel extends base.DOMWidgetModel {
    defaults() {
      const where = { _model_module: MODULE, _model_module_version: VERSION, _view_module: MODULE, _view_module_version: VERSION };
      return { ...super.defaults(), ...where, _model_name: "PanelModel", _view_name: "PanelView", kind: "", spec: {} };
    }
  }

  class PanelView extends base.DOMWidgetView {
    render() {
      super.render();
      this.drawn = render({ model: this.model, el: this.el });
      return this.drawn;
    }

    remove() {
      void this.drawn?.then((end) => end());
      return super.remove();
    }
  }

  registry.registerWidget({ name: MODULE, version: VERSION, exports: { PanelModel, PanelView } });
}
