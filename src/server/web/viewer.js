// Follows the server's events, the keys, the pointer and the address.

import { state, byId, text, side, read, write, units, unitOf, pagesOf, personOf } from "/state.js";
import { draw, part, placeOf } from "/pages.js";
import { listPeople, listFindings, choose } from "/panel.js";

const stage = byId("stage");

function redraw(fresh) {
  draw(chooseArea, fresh);
  const shown = Math.round(part() * 100);
  const sizes = ["fit", "width", "real"];
  const options = sizes.map(size => new Option(text()[size], size, false, state.zoom === size));
  options.push(new Option(`${shown} %`, "part", false, typeof state.zoom === "number"));
  byId("zoom").replaceChildren(...options);
  byId("overview").setAttribute("aria-pressed", state.overview);
  for (const button of state.book.studio ? [] : byId("people").querySelectorAll("button")) {
    const here = unitOf(Number(button.dataset.page)) === unitOf(state.page) && !state.overview;
    button.setAttribute("aria-current", here);
  }
}

export function go(page, wide = false) {
  state.page = Math.max(0, page);
  state.overview = wide;
  redraw();
  write(true);
}

function turn(by) {
  const unit = Math.max(0, Math.min(unitOf(state.page) + by, units() - 1));
  const first = pagesOf(unit).find(Boolean);
  go(first ? first.n : 0, state.overview);
}

// What happens here is told to whoever writes on the same page.
const happened = (name, detail) => document.dispatchEvent(new CustomEvent(`fengcai-${name}`, { detail }));

// A finding was chosen: its page, its field, its line.
export function jump(index) {
  state.finding = index;
  const finding = state.book.findings[index];
  const place = placeOf(finding);
  if (place && place.page) {
    const { page, area } = place;
    state.area = area && { field: area.field, person: area.person, page: page.n, area: page.areas.indexOf(area) };
    go(page.n);
    const button = stage.querySelector(".area.chosen");
    if (button) button.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  choose(null, null);
  happened("finding", finding);
  say(finding.label ? finding.label[state.lang] : "", finding.person && (finding.person.name || finding.person.id), finding.file && `${finding.file}:${finding.line}:${finding.column}`);
}

// A field on a page was chosen: what is wrong with it, and where its text is.
function chooseArea(page, area, told) {
  if (!area) return go(page.n);
  state.area = { field: area.field, person: area.person, page: page.n, area: page.areas.indexOf(area) };
  state.finding = told.length ? state.book.findings.indexOf(told[0]) : null;
  if (state.overview) go(page.n);
  else redraw();
  choose(page, area);
  happened("area", area);
  const person = personOf(area.person);
  say(area.label[side()], person && person.name, `${area.file}:${area.line}`);
}

function say(field, who, place) {
  byId("place").hidden = !place;
  byId("field").textContent = [who, field].filter(Boolean).join(" · ");
  byId("copy").textContent = place || "";
  byId("copy").title = text().copy(place);
  byId("copied").textContent = "";
}

async function copy(place) {
  await navigator.clipboard.writeText(place);
  byId("copied").textContent = text().copied;
}

function status() {
  const { book } = state;
  const count = severity => book.findings.filter(f => f.severity === severity).reduce((sum, f) => sum + 1 + f.more, 0);
  const [errors, warnings] = [count("error"), count("warning")];
  document.body.classList.toggle("broken", book.broken);
  document.body.classList.toggle("waiting", book.stale.length > 0);
  const names = book.stale.map(id => (personOf(id) || { name: id }).name).join(state.lang === "zh" ? "、" : ", ");
  if (book.start) return "";
  if (!book.revision) return text().first;
  if (book.broken) return book.pages.length ? text().broken(errors) : text().empty(errors);
  if (names) return text().waiting(names, errors);
  return book.studio ? text().found(errors, warnings) : text().good(errors, warnings, book.milliseconds);
}

function label() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text()[element.dataset.text];
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text()[element.dataset.label]);
    if (element.tagName === "BUTTON") element.title = text()[element.dataset.label];
  }
}

let studio = null;

function all(fresh) {
  byId("title").textContent = document.title = state.book.title || "风采录";
  document.body.dataset.revision = state.book.revision;
  byId("status").textContent = status();
  if (state.book.studio && !studio) {
    document.body.classList.add("studio");
    studio = import("/studio.js");
  }
  if (!state.book.studio) listPeople(go);
  listFindings(jump, copy);
  redraw(fresh);
  happened("book", state.book);
}

async function update() {
  let next;
  try {
    const response = await fetch("/book.json", { cache: "no-store" });
    if (response.status === 403) { byId("status").textContent = text().refused; return; }
    next = await response.json();
  } catch {
    // Nothing is laid out yet, or the server is gone: the stream tells.
    return;
  }
  const { book } = state;
  if (book && next.revision <= book.revision && next.session === book.session) return;
  const known = new Set((book || next).pages.map(page => page.hash));
  if (!book || JSON.stringify(book.findings) !== JSON.stringify(next.findings)) state.finding = null;
  state.book = next;
  all(new Set(next.pages.map(page => page.hash).filter(hash => !known.has(hash))));
  write(false);
}

// Changes the size; what lies under the point stays there.
function zoomTo(zoom, point) {
  const figure = stage.querySelector(".spread");
  const before = figure && figure.getBoundingClientRect();
  state.zoom = typeof zoom === "number" ? Math.min(8, Math.max(0.1, zoom)) : zoom;
  redraw();
  write(false);
  if (!before) return;
  const box = stage.getBoundingClientRect();
  const [x, y] = point || [box.left + box.width / 2, box.top + box.height / 2];
  const after = figure.getBoundingClientRect();
  stage.scrollLeft += after.left + ((x - before.left) / before.width) * after.width - x;
  stage.scrollTop += after.top + ((y - before.top) / before.height) * after.height - y;
}

function toggle(name) {
  stage.classList.toggle(`show-${name}`, byId(name).checked);
}

const KEYS = {
  ArrowLeft: () => turn(-1), PageUp: () => turn(-1), ArrowRight: () => turn(1), PageDown: () => turn(1),
  Home: () => go(0, state.overview), End: () => { turn(units()); }, "+": () => zoomTo(part() * 1.25), "=": () => zoomTo(part() * 1.25),
  "-": () => zoomTo(part() / 1.25), 0: () => zoomTo("fit"), 1: () => zoomTo("real"), w: () => zoomTo("width"),
  o: () => go(state.page, !state.overview), m: () => byId("marks").click(), b: () => byId("bleed").click(),
  t: () => byId("trim").click(), s: () => byId("safety").click(), "/": () => byId("find").focus(),
  n: () => { if (state.book.findings.length) jump(((state.finding ?? -1) + 1) % state.book.findings.length); },
};
document.addEventListener("keydown", event => {
  const typing = event.target.matches && event.target.matches("textarea, select, input:not([type=checkbox])");
  if (event.key === "Escape" && event.target.id === "find") stage.focus();
  if (!state.book || typing || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  // The lists are scrolled by the same keys.
  const list = event.target.closest && event.target.closest("nav, aside");
  if (list && ["PageUp", "PageDown", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

stage.addEventListener("wheel", event => {
  if (!event.ctrlKey || state.overview || !state.book) return;
  event.preventDefault();
  zoomTo(part() * Math.exp(-event.deltaY / 400), [event.clientX, event.clientY]);
}, { passive: false });

// The hand: what is larger than the window is drawn along.
let hand = null;
stage.addEventListener("pointerdown", event => {
  if (event.button !== 0 || event.pointerType === "touch" || event.target.closest(".area.error, .area.warning")) return;
  event.preventDefault();
  hand = { x: event.clientX, y: event.clientY, left: stage.scrollLeft, top: stage.scrollTop };
});
window.addEventListener("pointermove", event => {
  if (!hand) return;
  stage.scrollLeft = hand.left - (event.clientX - hand.x);
  stage.scrollTop = hand.top - (event.clientY - hand.y);
});
for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, () => { hand = null; });

byId("overview").onclick = () => go(state.page, !state.overview);
byId("previous").onclick = () => turn(-1);
byId("next").onclick = () => turn(1);
byId("smaller").onclick = () => zoomTo(part() / 1.25);
byId("larger").onclick = () => zoomTo(part() * 1.25);
byId("zoom").onchange = event => zoomTo(event.target.value === "part" ? part() : event.target.value);
byId("lang").onclick = () => { state.lang = state.lang === "zh" ? "en" : "zh"; localStorage.setItem("fengcai.lang", state.lang); label(); if (state.book) all(); happened("lang"); };
byId("find").oninput = () => { if (state.book && !state.book.studio) { listPeople(go); redraw(); } };
byId("copy").onclick = () => copy(byId("copy").textContent);
for (const name of ["marks", "bleed", "trim", "safety"]) byId(name).onchange = () => toggle(name);
window.addEventListener("resize", () => { if (state.book) redraw(); });
window.addEventListener("popstate", () => { read(); if (state.book) redraw(); });

// A browser without a Chinese font keeps the boxes it drew before ours came,
// unless something about the text changes.
document.fonts.load('1em "fengcai sans"', "中").then(() => document.body.classList.add("lettered"));
label();
read();
toggle("marks");
// The stream ends for good when the server no longer knows this page; then the
// state says why, and is asked for again now and then.
let events = null;
function follow() {
  events = new EventSource("/events");
  events.onmessage = update;
  for (const kind of ["making", "comments"]) events.addEventListener(kind, event => happened(kind, JSON.parse(event.data)));
  events.onopen = () => { if (state.book) byId("status").textContent = status(); };
  events.onerror = () => {
    byId("status").textContent = text().lost;
    if (events.readyState !== EventSource.CLOSED) return;
    update();
    setTimeout(follow, 3000);
  };
}
follow();
update();
