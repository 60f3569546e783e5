// The log opens ready to type. JupyterLab moves the focus while a page runs, so it is held until it rests.

/** Put the focus by `focus()` and put it back while the page settles, unless somebody went elsewhere. */
export function holdFocus(el, focus, { every = 100, times = 25 } = {}) {
  let left = times, rested = 0;
  const stop = () => { clearInterval(timer); window.removeEventListener("keydown", stop, true); window.removeEventListener("pointerdown", stop, true); };
  const hold = () => {
    if (!left-- || rested >= 5) return stop();
    if (document.querySelector("dialog[open]") || !el.offsetParent) return undefined;
    const at = document.activeElement;
    if (el.contains(at)) rested += 1;
    else if (at?.closest(".wb-form, .wb-log")) return stop();   // a link led to another part of the page
    else { rested = 0; focus(); }
    return undefined;
  };
  const timer = setInterval(hold, every);
  window.addEventListener("keydown", stop, true);
  window.addEventListener("pointerdown", stop, true);
  hold();
}
