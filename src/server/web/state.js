// What is shown, and the address that says so: a link or a reload comes back
// to the same page at the same size.

import { TEXTS } from "/texts.js";

export const state = {
  book: null,
  // Front cover 0, pages from 1, back cover last.
  page: 0,
  // "fit", "width", "real", or a part of the real size.
  zoom: "fit",
  overview: false,
  lang: localStorage.getItem("fengcai.lang") || (document.documentElement.lang.startsWith("zh") ? "zh" : "en"),
  // The finding and the field that were chosen last.
  finding: null,
  area: null,
};

export const byId = id => document.getElementById(id);
export const text = () => TEXTS[state.lang];
export const side = () => (state.lang === "zh" ? 0 : 1);

export function make(tag, className, content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (content !== undefined) element.textContent = content;
  return element;
}

// Puts new children in only when they differ by their key, so that focus and
// pointer stay where they are while a revision changes nothing here.
const keys = new WeakMap();
export function put(element, key, children) {
  const now = JSON.stringify(key);
  if (keys.get(element) === now) return;
  keys.set(element, now);
  element.replaceChildren(...children());
}

// A page a leaf on a phone, else facing pages.
const narrow = matchMedia("(max-width: 36rem)");
export const single = () => narrow.matches && !state.overview;
narrow.addEventListener("change", () => window.dispatchEvent(new Event("resize")));

const last = () => (state.book.pages.length ? state.book.pages[state.book.pages.length - 1].n : 0);
export const pageOf = n => state.book.pages.find(page => page.n === n);
// Verso and recto face each other; so do nothing and the front cover.
export const unitOf = n => (single() ? n : Math.floor(n / 2));
export const units = () => unitOf(last()) + 1;
export const pagesOf = unit => (single() ? [pageOf(unit)] : [pageOf(2 * unit), pageOf(2 * unit + 1)]);
export const isCover = page => page.kind === "front" || page.kind === "back";
export const personOf = id => state.book.persons.find(person => person.id === id);

export function read() {
  const address = new URLSearchParams(location.hash.slice(1));
  const page = Number.parseInt(address.get("page"), 10);
  if (page >= 0) state.page = page;
  const zoom = address.get("zoom");
  const part = Number.parseInt(zoom, 10);
  if (["width", "real"].includes(zoom)) state.zoom = zoom;
  else state.zoom = part > 0 ? Math.min(8, Math.max(0.1, part / 100)) : "fit";
  state.overview = address.get("overview") === "1";
}

export function write(moved) {
  const address = new URLSearchParams({ page: state.page });
  if (state.zoom !== "fit") address.set("zoom", typeof state.zoom === "number" ? Math.round(state.zoom * 100) : state.zoom);
  if (state.overview) address.set("overview", "1");
  const hash = `#${address}`;
  if (hash === location.hash) return;
  if (moved) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}
