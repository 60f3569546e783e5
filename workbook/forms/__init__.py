"""Forms as widgets: one widget for each form, native inputs in the browser, saved while one types."""
