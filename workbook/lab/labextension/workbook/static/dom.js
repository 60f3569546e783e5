// Small helpers that build HTML without ever parsing a string as HTML.

// ---- the language of the page -------------------------------------------------------------------------------------

const ENGLISH = { code: "en", locale: "en-GB", words: {} };
let tongue = ENGLISH;

/** A sentence of ours in the language of the page, English where it is not translated; `{name}` takes a value. */
export function t(english, values = {}) {
  const said = Object.hasOwn(tongue.words, english) ? tongue.words[english] : english;
  return said.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? values[name] : hole));
}

/** Marks a phrase that is translated where it is shown. */
export const phrase = english => english;

/** From now on we speak this language ({code, locale, words}; null: English); who said something before says it anew. */
export function speak(language) {
  const next = language || ENGLISH;
  if (next.code === tongue.code) return;
  tongue = next;
  document.documentElement.lang = next.code;
  window.dispatchEvent(new CustomEvent("workbook:language", { detail: { code: next.code } }));
}

/** The locale of dates. */
export const locale = () => tongue.locale;

// ---- elements -----------------------------------------------------------------------------------------------------

let count = 0;

/** A name for an element that no other element on the page has. */
export const uid = (prefix = "wb") => `${prefix}-${++count}`;

/** An element with attributes (absent when null or false; `onclick` and the like are listeners) and children. */
export function h(tag, attrs, ...kids) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...kids.flat().filter(kid => kid !== null && kid !== undefined && kid !== false));
  return node;
}

/** A button that never submits a form. */
export const button = (label, onclick, attrs) => h("button", { type: "button", class: "wb-button", onclick, ...attrs }, label);

/** A link to another page, opened in place. */
export const pageLink = (page, label, attrs) => h("a", { href: page, "data-wb-open": page, ...attrs }, label);

/** A sentence on what went wrong, hidden while there is none: `say(text)`; `guard(work)` does something and says how it failed. */
export function trouble(text = "") {
  const node = h("p", { class: "wb-trouble", role: "alert" });
  node.say = said => { node.textContent = said || ""; node.hidden = !said; };
  node.guard = work => async (...args) => {
    node.say("");
    try { return await work(...args); } catch (error) { node.say(error.message); return null; }
  };
  node.say(text);
  return node;
}

/** Marks a place as busy while something is done for it, and says there how that failed. */
export async function busily(place, work) {
  place.setAttribute("aria-busy", "true");
  try { await work(); } catch (error) { place.append(trouble(error.message)); }
  place.removeAttribute("aria-busy");
}

/** Links a stylesheet of ours, once. */
export function stylesheet(name) {
  const href = new URL(name, import.meta.url).href;
  if (!document.querySelector(`link[href="${href}"]`)) document.head.append(h("link", { rel: "stylesheet", href }));
}

const INLINE = /\*\*(.+?)\*\*|\*(.+?)\*/g;

function inline(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(from, match.index), match[1] ? h("strong", {}, match[1]) : h("em", {}, match[2]));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

/** Guidance text from data/ (paragraphs, lists, bold, italic) as elements; anything else stays as it is written. */
export function prose(text, className = "wb-prose") {
  const blocks = String(text || "").trim().split(/\n\s*\n/).filter(Boolean).map(block => {
    const lines = block.split("\n").map(line => line.trim());
    const bullet = /^([-*]|\d+\.)\s+/;
    if (!bullet.test(lines[0])) return h("p", {}, inline(lines.join(" ")));
    const items = [];
    for (const line of lines) {
      if (bullet.test(line)) items.push(line.replace(bullet, ""));
      else items[items.length - 1] += " " + line;
    }
    return h(/^\d/.test(lines[0]) ? "ol" : "ul", {}, items.map(item => h("li", {}, inline(item))));
  });
  return h("div", { class: className }, blocks);
}

/** Nothing was answered; nought is an answer. */
export const blank = value => value === undefined || value === null || value === "";

const two = number => String(number).padStart(2, "0");

/** A Date as the local "YYYY-MM-DD". */
export const localDay = date => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** A Date as the local "YYYY-MM-DDTHH:MM" that a datetime-local input takes. */
export const localMinute = date => `${localDay(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;

/** The sentence that nobody reads along; of several on a page the style shows the first. */
export const unread = sentence => sentence ? h("p", { class: "wb-unread" }, sentence) : null;

/** "14:02", on a 24-hour clock. */
export const clock = date => `${two(date.getHours())}:${two(date.getMinutes())}`;

/** "Sat 21 Nov", from a Date. */
export const shortDay = date => date.toLocaleDateString(locale(), { weekday: "short", day: "numeric", month: "short" });

/** "21 November 2026", from "2026-11-21"; in English where the words around it are. */
export const longDay = (iso, where = "en-GB") => new Date(`${iso}T12:00`).toLocaleDateString(where, { day: "numeric", month: "long", year: "numeric" });

/** This computer's time zone by its IANA name, or undefined where the browser does not say. */
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || undefined;
