// The pages: pictures named by what they show, so that one that did not change
// is not fetched, with the fields of the data as areas that can be chosen.

import { state, byId, text, side, make, put, single, unitOf, units, pagesOf, isCover, personOf } from "/state.js";

// Pictures are drawn at the screen's own resolution, within these.
const [LEAST, MOST] = [20, 400];
// Pixels a millimetre at real size, as CSS has it.
const REAL = 96 / 25.4;
const stage = byId("stage");

// Pixels a millimetre: so many that a picture has a pixel for each of the
// screen's.
export function scale() {
  const step = 25.4 * (window.devicePixelRatio || 1);
  const ppi = Math.floor(wished() * step + 1e-6);
  return ppi >= LEAST && ppi <= MOST ? ppi / step : wished();
}

function wished() {
  const { trim } = state.book;
  if (state.overview) return 0.5;
  if (typeof state.zoom === "number") return REAL * state.zoom;
  if (state.zoom === "real") return REAL;
  const across = (stage.clientWidth - 44) / ((single() ? 1 : 2) * trim[0]);
  const down = (stage.clientHeight - 78) / trim[1];
  return Math.max(state.zoom === "width" || single() ? across : Math.min(across, down), 0.4);
}

export const part = () => scale() / REAL;

const numberOf = page => (isCover(page) ? text().kinds[page.kind] : page.n);

function pictureOf(page, pixels) {
  const ppi = Math.round(pixels * 25.4 * (window.devicePixelRatio || 1));
  return `/page/${page.hash}/${Math.min(MOST, Math.max(LEAST, ppi))}.png`;
}

function nameOf(page) {
  const person = personOf(page.person);
  const kind = text().kinds[page.kind] || page.kind;
  if (isCover(page)) return kind;
  return `${text().page(page.n)} · ${person ? person.name + " · " : ""}${kind}`;
}

// Swaps a picture when the new one is there, so that nothing flashes.
function show(image, source) {
  if (image.dataset.source === source) return;
  image.dataset.source = source;
  if (!image.src) { image.src = source; return; }
  const next = new Image();
  const wanted = () => image.dataset.source === source;
  next.onload = () => { if (wanted()) image.src = source; };
  // What did not come is asked for again by the next drawing.
  next.onerror = () => { if (wanted()) delete image.dataset.source; };
  next.src = source;
}

// The field at the top of its file, such as article of article[2].
const rootOf = field => (field || "").split(/[.[]/)[0];
const idOf = finding => (finding.person ? finding.person.id : null);

// Whether a finding is about an area; of several areas of one field, as
// figures are, its place in the list decides.
export function isAbout(finding, area, page) {
  if (idOf(finding) !== area.person || rootOf(finding.field) !== area.field) return false;
  const same = page.areas.filter(other => other.field === area.field && other.person === area.person);
  const place = /\[(\d+)\]/.exec(finding.field);
  return same.length < 2 || !place || same[Number(place[1])] === area;
}

// The page and area of a finding: on the person's own pages rather than in a
// list of persons.
export function placeOf(finding) {
  const found = state.book.pages.flatMap(page => page.areas.filter(area => isAbout(finding, area, page)).map(area => ({ page, area })));
  const id = idOf(finding);
  const own = found.filter(({ page }) => page.person === id && (!finding.page || page.n === finding.page));
  const best = own[0] || found.find(({ page }) => page.n === finding.page) || found.find(({ page }) => page.person === id) || found[0];
  if (best) return best;
  const person = personOf(id);
  const n = finding.page || (person && person.page);
  return n ? { page: state.book.pages.find(page => page.n === n), area: null } : null;
}

function areasOf(box, page, u, choose) {
  const overlay = box.querySelector(".areas");
  const { revision, session } = state.book;
  const key = [state.lang, revision, session, page.n, u, state.overview, state.area];
  put(overlay, key, () => page.areas.map(area => {
    const told = state.book.findings.filter(finding => isAbout(finding, area, page));
    const worst = told.some(finding => finding.severity === "error") ? "error" : told.length ? "warning" : "";
    // A spread among others is one thing to press.
    const button = make(state.overview ? "span" : "button", `area ${worst}`);
    const who = area.person ? (personOf(area.person) || { name: area.person }).name + " · " : "";
    const count = told.length ? ` · ${text().problems(told.length)}` : "";
    button.setAttribute("aria-label", `${who}${area.label[side()]}${count}`);
    button.title = told.length ? told.map(finding => finding.message[state.lang]).join("\n") : `${area.file}:${area.line}`;
    if (state.overview) button.setAttribute("aria-hidden", "true");
    else button.tabIndex = worst || state.book.studio ? 0 : -1;
    const [left, top, width, height] = area.area;
    for (const [key, value] of Object.entries({ left, top, width, height })) button.style[key] = `${value * u}px`;
    const chosen = state.area && state.area.field === area.field && state.area.person === area.person && state.area.page === page.n;
    button.classList.toggle("chosen", Boolean(chosen && (state.area.area === null || state.area.area === page.areas.indexOf(area))));
    if (!state.overview) button.onclick = event => { event.stopPropagation(); choose(page, area, told); };
    return button;
  }));
}

function pageBox() {
  const box = make("div", "page");
  const image = make("img");
  image.loading = "lazy";
  image.draggable = false;
  box.append(image, make("div", "box bleed"), make("div", "box trim"), make("div", "box safety"), make("div", "areas"));
  return box;
}

function place(box, page, recto, choose) {
  const [image, bleedBox, , safetyBox, overlay] = box.children;
  const u = scale();
  const b = state.book.bleed;
  // The spine of the front cover is on its left, wherever it is shown.
  const spineLeft = page && isCover(page) ? page.kind === "front" : recto;
  const [left, right] = spineLeft ? [b.inside, b.outside] : [b.outside, b.inside];
  box.style.width = `${state.book.trim[0] * u}px`;
  box.style.height = `${state.book.trim[1] * u}px`;
  const stale = page && page.person && state.book.stale.includes(page.person);
  box.className = `page ${recto ? "recto" : "verso"} ${page ? "" : "blank"} ${stale ? "stale" : ""}`;
  if (!page) {
    image.removeAttribute("src");
    delete image.dataset.source;
    delete image.dataset.page;
    put(overlay, null, () => []);
    return;
  }
  const area = { left: -left * u, top: -b.top * u, width: (state.book.trim[0] + left + right) * u, height: (state.book.trim[1] + b.top + b.bottom) * u };
  for (const [key, value] of Object.entries(area)) image.style[key] = bleedBox.style[key] = `${value}px`;
  safetyBox.style.inset = `${state.book.safety * u}px`;
  image.alt = nameOf(page);
  image.dataset.page = page.n;
  show(image, pictureOf(page, u));
  areasOf(box, page, u, choose);
}

function fill(figure, unit, fresh, choose) {
  const pages = pagesOf(unit);
  const boxes = figure.querySelectorAll(".page");
  pages.forEach((page, i) => place(boxes[i], page, single() ? unit % 2 === 1 : i === 1, choose));
  const there = pages.filter(Boolean);
  const changed = there.some(page => page.changed);
  const stale = there.some(page => state.book.stale.includes(page.person));
  figure.classList.toggle("changed", changed);
  figure.classList.toggle("fresh", there.some(page => fresh.has(page.hash)));
  const numbers = there.map(numberOf).join("–");
  const inside = there.every(page => !isCover(page));
  const parts = [inside && there.length > 1 ? text().pages(numbers) : inside ? text().page(numbers) : numbers];
  if (stale) parts.push(text().stale);
  if (changed) parts.push(state.book.printed === false ? text().edited : text().changed);
  figure.querySelector("figcaption").textContent = parts.join(" · ");
  figure.dataset.spread = unit;
}

function figureFor(choose) {
  const figure = make(state.overview ? "div" : "figure", "spread");
  const pages = make("div", "pages");
  pages.append(...Array.from({ length: single() ? 1 : 2 }, pageBox));
  figure.append(pages, make("figcaption"));
  if (state.overview) {
    figure.tabIndex = 0;
    figure.setAttribute("role", "button");
    figure.onclick = () => choose(pagesOf(Number(figure.dataset.spread)).find(Boolean), null, []);
    figure.onkeydown = event => {
      if (![" ", "Enter"].includes(event.key) || event.target !== figure) return;
      event.preventDefault();
      figure.onclick();
    };
  }
  return figure;
}

let shape = "";

// Draws what the state says; `choose` is told of a page and an area of it.
export function draw(choose, fresh = new Set()) {
  const { book } = state;
  if (!book || !book.pages.length) return;
  state.page = Math.min(state.page, book.pages[book.pages.length - 1].n);
  const unit = unitOf(state.page);
  const wanted = state.overview ? [...Array(units()).keys()] : [unit];
  const now = `${state.overview} ${single()}`;
  if (shape !== now) stage.replaceChildren();
  shape = now;
  stage.classList.toggle("overview", state.overview);
  while (stage.children.length > wanted.length) stage.lastChild.remove();
  while (stage.children.length < wanted.length) stage.append(figureFor(choose));
  wanted.forEach((index, i) => fill(stage.children[i], index, fresh, choose));
  byId("where").textContent = `${unit + 1} / ${units()}`;
}
