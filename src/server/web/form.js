// The form of a person, and of the book's own files: what is written, what is
// wrong with it right under it, with the mend as a button.

import { state, byId, make, side, personOf } from "/state.js";
import { words } from "/words.js";
import { load, order } from "/api.js";
import * as drafts from "/drafts.js";
import { inputs, resolve, listen, area, labelled, button, isComposing, whenIdle } from "/fields.js";
import { article } from "/article.js";
import { moved, shifted } from "/places.js";
import { photo } from "/photo.js";
import { say, confirmed, asked } from "/told.js";

const form = byId("form");
let schemas = null;
// What the form shows: the file, and its parts by field.
let shown = { file: null, parts: new Map(), article: null, broken: null, card: "" };
let opens = 0;

// Figures that a spread has room for.
const FIGURES = 3;

export const fileOf = id => `data/profiles/${id}.json`;
export const current = () => shown.file;
const idOf = file => (/^data\/profiles\/([^/]+)\.json$/.exec(file) || [])[1];

async function known() {
  if (!schemas) {
    const answer = await load("/schemas.json");
    if (answer.ok !== false && answer.profile) schemas = answer;
  }
  return schemas;
}
export const forget = () => { schemas = null; };
export const sheetsKnown = async () => ((await known()) || { sheets: [] }).sheets;

// Shows a file, and a field of it.
export async function open(file, field) {
  if (shown.file !== file) {
    const turn = ++opens;
    shown = { file, parts: new Map(), article: null, broken: null, card: "" };
    // The old form takes nothing more, and what it took stays of its file.
    form.inert = true;
    const [, document] = await Promise.all([known(), drafts.read(file)]);
    if (turn !== opens) return;
    if (!document || !schemas) {
      say({ ok: false, reason: "lost" });
      setTimeout(() => { if (turn === opens) { shown.file = null; open(file, field); } }, 1500);
      return;
    }
    draw();
  }
  if (field) focus(field);
}

// Reads again what is shown, for when something was saved elsewhere.
export async function refresh() {
  if (!shown.file) return;
  const turn = opens;
  const document = await drafts.read(shown.file);
  if (turn !== opens) return;
  if (document && !form.inert && JSON.stringify(document.broken) !== shown.broken) whenIdle("draw", draw);
  remark();
}

function focus(path) {
  const box = nearest(path);
  if (!box) return;
  const input = box.matches("input, textarea, select") ? box : box.querySelector("input:not([type=file]), textarea, select, button");
  box.scrollIntoView({ block: "center" });
  if (input) input.focus({ preventScroll: true });
}

// The part of the form for a field, or for what holds it.
function nearest(path) {
  for (let rest = path || ""; rest; rest = rest.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, "")) {
    const box = form.querySelector(`[data-path="${CSS.escape(rest)}"]`);
    if (box) return box;
  }
  return null;
}

const findingsHere = () => {
  const id = idOf(shown.file);
  return state.book.findings.filter(finding => (id ? finding.person && finding.person.id === id : finding.file === shown.file));
};

function draw() {
  const document = drafts.documentOf(shown.file);
  if (!document) return;
  form.inert = false;
  shown.broken = JSON.stringify(document.broken);
  const id = idOf(shown.file);
  shown.parts = new Map();
  const person = id && personOf(id);
  const head = make("div", "form-head");
  const title = make("h2", "", id ? document.draft.name || (person && person.name) || id : shown.file.includes("press") ? words().press : words().book);
  title.id = "form-title";
  head.append(title, make("small", "", shown.file));
  const parts = [head];
  if (document.broken) {
    const told = make("div", "broken-file");
    told.setAttribute("role", "alert");
    told.append(make("p", "", document.broken.message ? document.broken.message[state.lang] : words().broken), make("p", "", words().draft_kept));
    parts.push(told);
  }
  const body = make("fieldset", "body");
  body.disabled = Boolean(document.broken);
  body.append(...(id ? ofPerson(id, document) : ofFile(document)));
  parts.push(body);
  form.replaceChildren(...parts);
  form.setAttribute("aria-labelledby", "form-title");
  remark();
}

// What is typed into a part of a form goes to the file that it was drawn for,
// as an edit of what it showed last.
function writer(file) {
  const draft = JSON.parse(JSON.stringify(drafts.documentOf(file).draft));
  return (field, value) => {
    drafts.write(file, field, value, draft[field]);
    draft[field] = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  };
}

function part(field, box) {
  box.dataset.path = field;
  // What it shows, to find again where somebody was when it shows another.
  const { draft } = drafts.documentOf(shown.file) || { draft: {} };
  box.shown = JSON.parse(JSON.stringify({ [field]: draft[field] }));
  shown.parts.set(field, box);
  return box;
}

function ofPerson(id, document) {
  const { draft } = document;
  const book = state.book;
  const list = ["name", "post", "headline", "photo", "figures", "quote", "article", "honours"].map(field => part(field, drawn(field, id, draft, book)));
  const schema = schemas ? schemas.profile : { properties: {} };
  const others = Object.keys(schema.properties || {}).filter(field => !field.startsWith("$") && !shown.parts.has(field) && wanted(field, schema, draft));
  if (others.length) {
    const more = make("details", "others");
    more.open = others.some(field => draft[field] !== undefined);
    more.append(make("summary", "", words().other), ...others.map(field => part(field, generic(field, schema, document))));
    list.push(more);
  }
  const foot = make("div", "form-foot");
  foot.append(button(words().withdraw, "", async () => {
    if (!(await confirmed(words().withdraw_ask(draft.name || id)))) return;
    const answer = await order({ do: "withdraw", id });
    if (answer.ok) close();
    say(answer);
  }));
  list.push(foot);
  return list;
}

// A template's own fields only where it has any.
function wanted(field, schema, draft) {
  if (field !== "extra") return true;
  const extra = resolve(schema.properties.extra, schema);
  return draft.extra !== undefined || Object.keys(extra.properties || {}).length > 0;
}

export function close() {
  opens += 1;
  shown = { file: null, parts: new Map(), article: null, broken: null, card: "" };
  form.inert = false;
  form.replaceChildren();
}

function generic(field, schema, document) {
  const context = { root: schema, labels: schemas.labels };
  const put = writer(document.file);
  return inputs(schema.properties[field], document.draft[field], field, context, value => put(field, value));
}

const ofFile = document => {
  const schema = shown.file.includes("press") ? schemas.press : schemas.booklet;
  const skip = ["order", "checks", "source", "$schema", "$comment"];
  const fields = Object.keys(schema.properties).filter(field => !skip.includes(field));
  return [make("p", "hint", words().reset), ...fields.map(field => part(field, generic(field, schema, document)))];
};

function drawn(field, id, draft, book) {
  const person = personOf(id) || {};
  const file = fileOf(id);
  const put = writer(file);
  const now = () => drafts.documentOf(file).draft;
  switch (field) {
    case "name": {
      const input = make("input");
      input.value = draft.name || "";
      input.autocomplete = "off";
      listen(input, value => put("name", value));
      return labelled(words().name, input);
    }
    case "post": return post(draft, put, now);
    case "headline": {
      const input = area((draft.headline || []).join("\n"), 2);
      listen(input, value => put("headline", value.split("\n").filter((line, at, all) => line || all.length === 1)));
      return labelled(words().headline, input, words().headline_hint);
    }
    case "quote": {
      const input = area(draft.quote, 2);
      listen(input, value => put("quote", value === "" ? undefined : value));
      return labelled(words().quote, input);
    }
    case "photo": {
      const box = make("section", "group");
      box.append(make("h3", "", words().photo));
      shown.card = JSON.stringify([person.photo, draft.photo]);
      box.append(photo({
        id, value: draft.photo, now: () => now().photo, card: person.photo, about: drafts.documentOf(file).photo, limits: book.ppi,
        typed: value => { put("photo", value); repaint(); }, failed: say, done: refresh,
      }));
      return box;
    }
    case "figures": return figures(draft, put);
    case "article": {
      const box = make("section", "group");
      const head = make("div", "head");
      const room = make("span", "room");
      room.setAttribute("role", "status");
      head.append(make("h3", "", words().article), room);
      shown.article = article({
        paragraphs: draft.article,
        person: now,
        findings: () => findingsHere(),
        typed: value => put("article", value),
        take: (kind, text) => take(kind, text, id),
      });
      box.append(head, shown.article.box);
      return box;
    }
    case "honours": return honours(draft, put, now);
    default: return make("div");
  }
}

function post(draft, put, now) {
  const box = make("fieldset", "group post");
  box.append(make("legend", "", words().post));
  const labels = (schemas && schemas.labels) || {};
  for (const key of ["district", "street", "community", "role"]) {
    const input = make("input");
    input.value = (draft.post || {})[key] || "";
    listen(input, value => {
      const next = { ...(now().post || {}) };
      if (value === "" && key !== "role") delete next[key];
      else next[key] = value;
      put("post", next);
    });
    const inner = labelled(labels[`post.${key}`] ? labels[`post.${key}`][side()] : key, input);
    inner.dataset.path = `post.${key}`;
    box.append(inner);
  }
  return box;
}

function figures(draft, put) {
  const box = make("fieldset", "group list");
  const list = [...(draft.figures || [])];
  const tell = () => put("figures", list.length ? [...list] : undefined);
  box.append(make("legend", "", words().figures));
  list.forEach((figure, index) => {
    const row = make("div", "figure-row");
    row.dataset.path = `figures[${index}]`;
    for (const key of ["value", "label", "evidence"]) {
      const input = key === "evidence" ? area((figure || {})[key]) : make("input");
      if (key !== "evidence") input.value = (figure || {})[key] || "";
      listen(input, value => { list[index] = { ...list[index], [key]: value }; tell(); });
      const inner = labelled(words()[key], input);
      inner.dataset.path = `figures[${index}].${key}`;
      row.append(inner);
    }
    row.append(button("✕", `${words().remove} · ${words().figures} ${index + 1}`, () => { list.splice(index, 1); tell(); redraw("figures"); }));
    box.append(row);
  });
  return box;
}

function honours(draft, put, now) {
  const box = make("fieldset", "group list");
  box.append(make("legend", "", words().honours));
  for (const key of ["community", "personal"]) {
    const list = [...((draft.honours || {})[key] || [])];
    const tell = () => {
      const next = { ...(now().honours || {}) };
      if (list.length) next[key] = [...list];
      else delete next[key];
      put("honours", Object.keys(next).length ? next : undefined);
    };
    const group = make("div", "honour-group");
    group.append(make("h4", "", words()[key]));
    list.forEach((honour, index) => {
      const row = make("div", "honour");
      row.dataset.path = `honours.${key}[${index}]`;
      const input = make("input");
      input.value = honour;
      input.setAttribute("aria-label", `${words()[key]} ${index + 1}`);
      listen(input, value => { list[index] = value; tell(); });
      row.append(input, button("✕", `${words().remove} · ${words()[key]} ${index + 1}`, () => { list.splice(index, 1); tell(); redraw("honours"); }));
      group.append(row);
    });
    group.append(button("＋", `${words().add} · ${words()[key]}`, () => {
      list.push("");
      tell();
      redraw("honours");
      const rows = form.querySelectorAll(`[data-path^="honours.${key}["] input`);
      if (rows.length) rows[rows.length - 1].focus();
    }));
    box.append(group);
  }
  return box;
}

// Words that were selected in the article become evidence.
async function take(kind, text, id) {
  const file = fileOf(id);
  const put = writer(file);
  const now = () => drafts.documentOf(file).draft;
  if (kind === "note") {
    const said = await asked(words().say_text, text);
    if (said) say(await order({ do: "comment", remark: { say: { person: id, field: "article", words: text, text: said } } }));
    return;
  }
  if (kind === "quote") put("quote", text);
  if (kind === "community" || kind === "personal") {
    const honours = now().honours || {};
    const list = honours[kind] || [];
    if (!list.includes(text)) put("honours", { ...honours, [kind]: [...list, text] });
  }
  if (kind === "figure") {
    if ((now().figures || []).length >= FIGURES) return say(words().three_figures);
    const answer = await order({ do: "figures", text, name: now().name || "" });
    const list = now().figures || [];
    const found = (answer.figures || []).find(([value]) => !list.some(figure => figure.value === value));
    const number = /\d[\d.,]*[余多]?[万亿千百]?[余多]?[\u4e00-\u9fff%％]?/.exec(text);
    const [value, label, evidence] = found || [number ? number[0] : text, text.replace(number ? number[0] : "", "").slice(0, 10) || text, text];
    put("figures", [...list, { value, label, evidence }]);
  }
  if (shown.file !== file) return;
  redraw(kind === "quote" ? "quote" : kind === "figure" ? "figures" : "honours");
  if (shown.article) shown.article.mark();
}

const INPUTS = "input, textarea, select, button";
const own = (box, input) => !input.closest(".under-field, .conflict") && box.contains(input);

// Where somebody is in a part that is drawn again: which entry, which input,
// which character. Gives what goes back there.
function whereabouts(old, field, draft) {
  const active = globalThis.document.activeElement;
  if (!old.contains(active) || !own(old, active)) return () => {};
  const holder = active.closest("[data-path]");
  const inputs = box => [...box.querySelectorAll(INPUTS)].filter(input => own(box, input));
  const at = inputs(holder).indexOf(active);
  const path = movedPath(holder.dataset.path, old.shown || {}, { [field]: draft[field] });
  const text = typeof active.value === "string" && typeof active.selectionStart === "number" ? active.value : null;
  const [from, to] = text === null ? [] : [active.selectionStart, active.selectionEnd];
  return fresh => {
    const again = fresh.dataset.path === path ? fresh : fresh.querySelector(`[data-path="${CSS.escape(path)}"]`);
    const input = again && inputs(again)[at];
    if (!input) return;
    input.focus({ preventScroll: true });
    if (text === null || !input.setSelectionRange || ["number", "range"].includes(input.type)) return;
    input.setSelectionRange(shifted(text, input.value, from), shifted(text, input.value, to));
  };
}

// The path of an entry of a list that has become another list.
function movedPath(path, before, after) {
  const parts = /^(.*)\[(\d+)\]([^[\]]*)$/.exec(path);
  if (!parts) return path;
  const [was, is] = [before, after].map(value => drafts.at(value, parts[1]));
  if (!Array.isArray(was) || !Array.isArray(is)) return path;
  const texts = list => list.map(entry => JSON.stringify(entry));
  return `${parts[1]}[${moved(texts(was), texts(is), Number(parts[2]))}]${parts[3]}`;
}

function redraw(field) {
  const old = shown.parts.get(field);
  const id = idOf(shown.file);
  const document = drafts.documentOf(shown.file);
  if (!old || !document) return;
  const schema = id ? schemas.profile : shown.file.includes("press") ? schemas.press : schemas.booklet;
  const drawnHere = ["name", "post", "headline", "photo", "figures", "quote", "article", "honours"];
  const fresh = part(field, id && drawnHere.includes(field) ? drawn(field, id, document.draft, state.book) : generic(field, schema, document));
  const back = whereabouts(old, field, document.draft);
  old.replaceWith(fresh);
  back(fresh);
  if (field === "name" && byId("form-title")) byId("form-title").textContent = document.draft.name || id;
  remark();
}

// What stands under the fields: findings with their mends, the room for the
// article, who changed the same.
export function remark() {
  if (!shown.file || isComposing()) return;
  const document = drafts.documentOf(shown.file);
  if (!document || !state.book) return;
  const told = new Map();
  for (const finding of findingsHere()) {
    const box = nearest(finding.field) || form.querySelector(".form-head");
    if (!box) continue;
    if (!told.has(box)) told.set(box, []);
    told.get(box).push(finding);
  }
  form.querySelectorAll("[aria-invalid]").forEach(input => input.removeAttribute("aria-invalid"));
  for (const box of form.querySelectorAll("[data-path], .form-head")) {
    const list = told.get(box) || [];
    const known = [...box.children].find(child => child.classList.contains("under-field"));
    if (!list.length) { if (known) known.remove(); continue; }
    const key = JSON.stringify([state.lang, list]);
    const input = box.querySelector("input, textarea, select");
    if (input && list.some(finding => finding.severity === "error")) input.setAttribute("aria-invalid", "true");
    if (known && known.dataset.key === key) continue;
    const under = known || make("ul", "under-field");
    under.dataset.key = key;
    under.replaceChildren(...list.map(finding => item(finding)));
    if (!known) box.append(under);
  }
  const room = form.querySelector(".room");
  const person = personOf(idOf(shown.file));
  if (room && person && person.room) {
    const { lines, most, left } = person.room;
    const over = lines > most;
    room.textContent = over ? words().over(lines - most) : left ? words().room(lines, most, left) : words().full(lines, most);
    room.classList.toggle("bad", over);
  }
  if (shown.article) shown.article.mark();
  allowAll();
  repaint();
  if (!isComposing()) drawConflict();
}

function item(finding) {
  const line = make("li", finding.severity);
  line.append(make("span", "", `${finding.message[state.lang]} `), make("small", "", finding.code), ...actions(finding));
  return line;
}

// What can be done about a finding at once.
export function actions(finding) {
  const box = make("span", "actions");
  if (finding.mend) box.append(button(words().mend(...finding.mend.pieces.map(piece => piece.slice(0, 30))), "", () => mend(finding.mend)));
  if (finding.allow) box.append(button(words().allow, `${words().allow} ${finding.code}`, () => allow(finding.allow)));
  return box.children.length ? [box] : [];
}

// Mends what a finding tells of, if it still stands there.
export async function mend({ file, field, before, after }) {
  const document = drafts.documentOf(file) || (await drafts.read(file));
  if (!document || drafts.at(document.draft, field) !== before) return;
  const [top, value] = drafts.withPiece(document.draft, field, after);
  if (value === undefined) return;
  drafts.write(file, top, value);
  if (file === shown.file) changed([top]);
}

// Findings that are right are allowed, with the reason.
export async function allow(...entries) {
  const reason = await asked(words().allow_ask, "");
  if (!reason) return;
  const booklet = await drafts.read("data/booklet.json");
  if (!booklet) return;
  const allowed = entries.map(entry => ({ ...entry, reason: reason.slice(0, 60) }));
  drafts.write("data/booklet.json", "checks", [...(booklet.draft.checks || []), ...allowed]);
}

// Where a person has many, all of them at once.
function allowAll() {
  const head = form.querySelector(".form-head");
  const entries = findingsHere().map(finding => finding.allow).filter(Boolean);
  const known = head && head.querySelector(".allow-all");
  if (known) known.remove();
  if (!head || entries.length < 3 || !idOf(shown.file)) return;
  const all = button(words().allow_all(entries.length), "", () => allow(...entries));
  all.className = "allow-all";
  head.append(all);
}

// Fields that somebody else changed, or that were taken back; never under an
// input method.
const late = new Set();
export function changed(fields) {
  fields.forEach(field => late.add(field));
  const file = shown.file;
  whenIdle("changed", () => {
    const now = [...late];
    late.clear();
    if (!file || shown.file !== file || form.inert) return;
    for (const field of now.filter(field => shown.parts.has(field))) {
      if (field === "article" && shown.article) shown.article.set(drafts.documentOf(file).draft.article);
      else redraw(field);
    }
  });
}

// The photo as it is set and as it prints.
function repaint() {
  const document = drafts.documentOf(shown.file);
  const person = personOf(idOf(shown.file));
  if (!document || !person || !shown.parts.has("photo")) return;
  if (JSON.stringify([person.photo, document.draft.photo]) !== shown.card) redraw("photo");
}

export function drawConflict() {
  form.querySelectorAll(".conflict").forEach(box => box.remove());
  const document = drafts.documentOf(shown.file);
  if (!document) return;
  const text = value => (value === null || value === undefined ? words().blank : typeof value === "string" ? value : JSON.stringify(value, null, 1));
  for (const [field, theirs] of document.conflicts) {
    const box = nearest(field);
    if (!box) continue;
    const told = make("div", "conflict");
    told.setAttribute("role", "alert");
    const column = (label, value, own) => {
      const half = make("div");
      half.append(make("pre", "", text(value)), button(label, "", () => drafts.settle(document.file, field, own)));
      return half;
    };
    told.append(make("p", "", words().conflict), column(words().mine, document.draft[field], true), column(words().theirs, theirs, false));
    box.append(told);
  }
}
