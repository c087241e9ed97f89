// Shows the book as facing pages and follows the server's events. Pictures
// are named by what they show, so a page that did not change is not fetched.
"use strict";

const TEXTS = {
  zh: {
    overview: "总览", previous: "上一对页", next: "下一对页", smaller: "缩小", larger: "放大", bleed: "出血",
    trim: "成品线", safety: "安全区", lang: "English", find: "找人物", findings: "问题", none: "没有发现问题。",
    page: n => `第 ${n} 页`, pages: n => `第 ${n} 页`, changed: "与上次生成相比有改动",
    good: (e, w, ms) => `${e} 个错误，${w} 个警告 · ${ms} 毫秒`,
    broken: e => `资料现在排不出来（${e} 个错误），画面是上一次排好的样子`,
    empty: e => `资料还排不出来（${e} 个错误）；改好右边列出的问题，画面就会出现`, lost: "与 fengcai watch 的连接断了，正在重连……",
    kinds: { title: "扉页", contents: "目录", verso: "左页", recto: "右页", colophon: "版权页", blank: "空白页", front: "封面", back: "封底" },
  },
  en: {
    overview: "Overview", previous: "Previous spread", next: "Next spread", smaller: "Smaller", larger: "Larger",
    bleed: "Bleed", trim: "Trim", safety: "Safety", lang: "中文", find: "Find a person", findings: "Findings",
    none: "Nothing found.", page: n => `page ${n}`, pages: n => `Pages ${n}`, changed: "changed since the last build",
    good: (e, w, ms) => `${e} errors, ${w} warnings · ${ms} ms`,
    broken: e => `The data cannot be laid out now (${e} errors); shown is the last good state`,
    empty: e => `The data cannot be laid out yet (${e} errors); mend what is listed and the pages appear`,
    lost: "Lost fengcai watch; trying again …",
    kinds: { title: "title page", contents: "contents", verso: "verso", recto: "recto", colophon: "colophon", blank: "blank", front: "front cover", back: "back cover" },
  },
};
const PPI = [40, 100, 150, 200, 300];
const byId = id => document.getElementById(id);
const stage = byId("stage");
let lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
let book = null;
let spread = 0;
let zoom = 1;
let overview = false;
const text = () => TEXTS[lang];

function make(tag, className, content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (content !== undefined) element.textContent = content;
  return element;
}

// The front cover is 0 and lies beside page 1, then verso and recto face each
// other, and the back cover comes last.
const spreadOf = page => Math.floor(page / 2);
const spreads = () => book.pages.length ? spreadOf(book.pages[book.pages.length - 1].n) + 1 : 1;
const pagesOf = index => [2 * index, 2 * index + 1].map(n => book.pages.find(page => page.n === n));
const isCover = page => page.kind === "front" || page.kind === "back";
const numberOf = page => isCover(page) ? text().kinds[page.kind] : page.n;

// Pixels a millimetre.
function scale() {
  if (overview) return 0.5;
  const fit = Math.min((stage.clientWidth - 60) / (2 * book.trim[0]), (stage.clientHeight - 80) / book.trim[1]);
  return Math.max(fit, 0.5) * zoom;
}

function pictureOf(page, pixels) {
  const wanted = pixels * 25.4 * (window.devicePixelRatio || 1);
  const ppi = PPI.find(step => step >= wanted) || PPI[PPI.length - 1];
  return `/page/${page.hash}/${ppi}.png`;
}

function nameOf(page) {
  const person = book.persons.find(p => p.id === page.person);
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
  next.onload = () => { if (image.dataset.source === source) image.src = source; };
  next.src = source;
}

function pageBox() {
  const box = make("div", "page");
  const image = make("img");
  image.loading = "lazy";
  box.append(image, make("div", "box bleed"), make("div", "box trim"), make("div", "box safety"));
  return box;
}

function place(box, page, recto) {
  const [image, bleedBox, , safetyBox] = box.children;
  const u = scale();
  const b = book.bleed;
  // The spine of the front cover is on its left, wherever it is shown.
  const spineLeft = page && isCover(page) ? page.kind === "front" : recto;
  const [left, right] = spineLeft ? [b.inside, b.outside] : [b.outside, b.inside];
  box.style.width = `${book.trim[0] * u}px`;
  box.style.height = `${book.trim[1] * u}px`;
  box.className = `page ${recto ? "recto" : "verso"} ${page ? "" : "blank"}`;
  if (!page) { image.removeAttribute("src"); delete image.dataset.source; return; }
  const area = { left: -left * u, top: -b.top * u, width: (book.trim[0] + left + right) * u, height: (book.trim[1] + b.top + b.bottom) * u };
  for (const [side, value] of Object.entries(area)) {
    image.style[side] = bleedBox.style[side] = `${value}px`;
  }
  safetyBox.style.inset = `${book.safety * u}px`;
  image.alt = nameOf(page);
  image.dataset.page = page.n;
  show(image, pictureOf(page, u));
}

function fill(figure, index, fresh) {
  const pages = pagesOf(index);
  const boxes = figure.querySelectorAll(".page");
  pages.forEach((page, side) => place(boxes[side], page, side === 1));
  const there = pages.filter(Boolean);
  const changed = there.some(page => page.changed);
  figure.classList.toggle("changed", changed);
  figure.classList.toggle("fresh", there.some(page => fresh.has(page.hash)));
  const numbers = there.map(numberOf).join("–");
  const caption = (there.every(page => !isCover(page)) ? text().pages(numbers) : numbers) + (changed ? ` · ${text().changed}` : "");
  figure.querySelector("figcaption").textContent = caption;
  figure.dataset.spread = index;
}

function figureFor(index) {
  const figure = make("figure", "spread");
  const pages = make("div", "pages");
  pages.append(pageBox(), pageBox());
  figure.append(pages, make("figcaption"));
  if (overview) {
    figure.tabIndex = 0;
    figure.setAttribute("role", "button");
    figure.onclick = () => go(Number(figure.dataset.spread), false);
    figure.onkeydown = event => { if (event.key === "Enter") figure.onclick(); };
  }
  return figure;
}

function draw(fresh = new Set()) {
  if (!book || !book.pages.length) return;
  spread = Math.min(spread, spreads() - 1);
  const wanted = overview ? [...Array(spreads()).keys()] : [spread];
  stage.classList.toggle("overview", overview);
  while (stage.children.length > wanted.length) stage.lastChild.remove();
  while (stage.children.length < wanted.length) stage.append(figureFor());
  wanted.forEach((index, i) => fill(stage.children[i], index, fresh));
  byId("where").textContent = `${spread + 1} / ${spreads()}`;
  byId("zoom").textContent = `${Math.round(zoom * 100)} %`;
  byId("overview").setAttribute("aria-pressed", overview);
  for (const button of byId("people").querySelectorAll("button")) {
    button.setAttribute("aria-current", Number(button.dataset.spread) === spread && !overview);
  }
}

function go(index, wide = overview) {
  if (wide !== overview) stage.replaceChildren();
  overview = wide;
  spread = Math.max(0, Math.min(index, spreads() - 1));
  draw();
}

function listPeople() {
  const wanted = byId("find").value.trim();
  const people = book.persons.filter(p => p.name.includes(wanted) || p.id.includes(wanted));
  byId("people").replaceChildren(...people.map(person => {
    const item = make("li");
    const button = make("button", "", person.name);
    button.dataset.spread = spreadOf(person.page);
    button.append(make("span", "", person.page));
    button.onclick = () => go(spreadOf(person.page), false);
    item.append(button);
    return item;
  }));
}

function jump(finding) {
  const person = finding.person && book.persons.find(p => p.id === finding.person.id);
  const page = finding.page || (person && person.page);
  if (page) go(spreadOf(page), false);
}

function listFindings() {
  const items = book.findings.map(finding => {
    const item = make("li");
    const button = make("button", finding.severity, `${finding.code} ${finding.message[lang]}`);
    const place = finding.file ? `${finding.file}:${finding.line}:${finding.column}` : "";
    const parts = [finding.person && (finding.person.name || finding.person.id), place, finding.page && text().page(finding.page), finding.hint[lang]];
    button.append(make("small", "", parts.filter(Boolean).join(" · ")));
    button.onclick = () => jump(finding);
    item.append(button);
    return item;
  });
  byId("findings").replaceChildren(...(items.length ? items : [make("li", "", text().none)]));
}

function say() {
  const count = severity => book.findings.filter(f => f.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  document.body.classList.toggle("broken", book.broken);
  const broken = book.pages.length ? text().broken : text().empty;
  byId("status").textContent = book.broken ? broken(errors) : text().good(errors, warnings, book.milliseconds);
}

function label() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text()[element.dataset.text];
  for (const element of document.querySelectorAll("[data-label]")) {
    element.title = text()[element.dataset.label];
    element.setAttribute("aria-label", element.title);
  }
}

function all(fresh) {
  byId("title").textContent = document.title = book.title;
  document.body.dataset.revision = book.revision;
  say();
  listPeople();
  listFindings();
  draw(fresh);
}

async function update() {
  const response = await fetch("/book.json", { cache: "no-store" });
  const next = await response.json();
  if (book && next.revision <= book.revision && next.session === book.session) return;
  const known = new Set(book ? book.pages.map(page => page.hash) : next.pages.map(page => page.hash));
  book = next;
  all(new Set(next.pages.map(page => page.hash).filter(hash => !known.has(hash))));
}

function zoomTo(factor) {
  zoom = Math.min(6, Math.max(0.25, factor));
  draw();
}

function toggle(name) {
  stage.classList.toggle(`show-${name}`, byId(name).checked);
}

const KEYS = {
  ArrowLeft: () => go(spread - 1), PageUp: () => go(spread - 1), ArrowRight: () => go(spread + 1),
  PageDown: () => go(spread + 1), Home: () => go(0), End: () => go(spreads() - 1), "+": () => zoomTo(zoom * 1.25),
  "=": () => zoomTo(zoom * 1.25), "-": () => zoomTo(zoom / 1.25), 0: () => zoomTo(1),
  o: () => go(spread, !overview), b: () => byId("bleed").click(), t: () => byId("trim").click(),
  s: () => byId("safety").click(), "/": () => byId("find").focus(),
};
document.addEventListener("keydown", event => {
  const typing = event.target.type === "search";
  if (!book || typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
byId("overview").onclick = () => go(spread, !overview);
byId("previous").onclick = () => go(spread - 1);
byId("next").onclick = () => go(spread + 1);
byId("smaller").onclick = () => zoomTo(zoom / 1.25);
byId("larger").onclick = () => zoomTo(zoom * 1.25);
byId("lang").onclick = () => { lang = lang === "zh" ? "en" : "zh"; label(); if (book) all(); };
byId("find").oninput = listPeople;
for (const name of ["bleed", "trim", "safety"]) byId(name).onchange = () => toggle(name);
window.addEventListener("resize", () => draw());

label();
const events = new EventSource("/events");
events.onmessage = update;
events.onerror = () => { byId("status").textContent = text().lost; };
