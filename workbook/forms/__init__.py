"""Forms as widgets: one anywidget for each form, native inputs in the browser, saved while one types."""
