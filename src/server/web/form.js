// The form of a person, and of the book's own files: what is written, what is
// wrong with it right under it, with the mend as a button.

import { state, byId, make, side, personOf } from "/state.js";
import { words } from "/words.js";
import { load, order } from "/api.js";
import * as drafts from "/drafts.js";
import { inputs, resolve, listen, area, labelled, button, isComposing } from "/fields.js";
import { article } from "/article.js";
import { photo } from "/photo.js";
import { say, confirmed, asked } from "/told.js";

const form = byId("form");
let schemas = null;
// What the form shows: the file, and its parts by field.
let shown = { file: null, parts: new Map(), article: null };
let conflict = null;

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
    const wanted = file;
    shown = { file, parts: new Map(), article: null };
    conflict = null;
    await Promise.all([known(), drafts.read(file)]);
    if (shown.file !== wanted) return;
    draw();
  }
  if (field) focus(field);
}

// Reads again what is shown, for when something was saved elsewhere.
export async function refresh() {
  if (!shown.file) return;
  const before = JSON.stringify(drafts.documentOf(shown.file)?.broken ?? null);
  const document = await drafts.read(shown.file);
  if (document && JSON.stringify(document.broken) !== before) draw();
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

const put = (field, value) => drafts.write(shown.file, field, value);

function part(field, box) {
  box.dataset.path = field;
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
    more.append(make("summary", "", words().other), ...others.map(field => part(field, generic(field, schema, draft))));
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
  shown = { file: null, parts: new Map(), article: null };
  form.replaceChildren();
}

function generic(field, schema, draft) {
  const context = { root: schema, labels: schemas.labels };
  return inputs(schema.properties[field], draft[field], field, context, value => put(field, value));
}

const ofFile = document => {
  const schema = shown.file.includes("press") ? schemas.press : schemas.booklet;
  const skip = ["order", "checks", "source", "$schema", "$comment"];
  const fields = Object.keys(schema.properties).filter(field => !skip.includes(field));
  return [make("p", "hint", words().reset), ...fields.map(field => part(field, generic(field, schema, document.draft)))];
};

function drawn(field, id, draft, book) {
  const person = personOf(id) || {};
  switch (field) {
    case "name": {
      const input = make("input");
      input.value = draft.name || "";
      input.autocomplete = "off";
      listen(input, value => put("name", value));
      return labelled(words().name, input);
    }
    case "post": return post(draft);
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
      const document = drafts.documentOf(shown.file);
      box.append(photo({
        id, value: draft.photo, card: person.photo, about: document.photo, limits: book.ppi,
        typed: value => put("photo", value), failed: say, done: refresh,
      }));
      return box;
    }
    case "figures": return figures(draft);
    case "article": {
      const box = make("section", "group");
      const head = make("div", "head");
      const room = make("span", "room");
      room.setAttribute("role", "status");
      head.append(make("h3", "", words().article), room);
      shown.article = article({
        paragraphs: draft.article,
        person: () => drafts.documentOf(shown.file).draft,
        findings: () => findingsHere(),
        typed: value => put("article", value),
        take: (kind, text, paragraph, whole) => take(kind, text, id, whole),
      });
      box.append(head, shown.article.box);
      return box;
    }
    case "honours": return honours(draft);
    default: return make("div");
  }
}

function post(draft) {
  const box = make("fieldset", "group post");
  box.append(make("legend", "", words().post));
  const labels = (schemas && schemas.labels) || {};
  for (const key of ["district", "street", "community", "role"]) {
    const input = make("input");
    input.value = (draft.post || {})[key] || "";
    listen(input, value => {
      const next = { ...(drafts.documentOf(shown.file).draft.post || {}) };
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

function figures(draft) {
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

function honours(draft) {
  const box = make("fieldset", "group list");
  box.append(make("legend", "", words().honours));
  for (const key of ["community", "personal"]) {
    const list = [...((draft.honours || {})[key] || [])];
    const tell = () => {
      const next = { ...(drafts.documentOf(shown.file).draft.honours || {}) };
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
    box.append(group);
  }
  return box;
}

// Words that were selected in the article become evidence.
async function take(kind, text, id, paragraph) {
  const { draft } = drafts.documentOf(shown.file);
  if (kind === "quote") put("quote", text);
  if (kind === "community" || kind === "personal") {
    const honours = { ...(draft.honours || {}) };
    const list = honours[kind] || [];
    if (!list.includes(text)) put("honours", { ...honours, [kind]: [...list, text] });
  }
  if (kind === "figure") {
    const answer = await order({ do: "figures", text, name: draft.name || "" });
    const list = draft.figures || [];
    const known = value => list.some(figure => figure.value === value);
    const found = (answer.figures || []).find(([value]) => !known(value));
    const number = /\d[\d.,]*[余多]?[万亿千百]?[余多]?[\u4e00-\u9fff%％]?/.exec(text);
    const [value, label, evidence] = found || [number ? number[0] : text, "", text];
    put("figures", [...list, { value, label, evidence }]);
  }
  if (kind === "note") {
    const said = await asked(words().say_text, text);
    if (said) say(await order({ do: "comment", remark: { say: { person: id, field: "article", words: text, text: said } } }));
    return;
  }
  redraw(kind === "quote" ? "quote" : kind === "figure" ? "figures" : "honours");
  if (shown.article) shown.article.mark();
}

function redraw(field) {
  const old = shown.parts.get(field);
  const id = idOf(shown.file);
  const document = drafts.documentOf(shown.file);
  if (!old || !document) return;
  const schema = id ? schemas.profile : shown.file.includes("press") ? schemas.press : schemas.booklet;
  const own = ["name", "post", "headline", "photo", "figures", "quote", "article", "honours"];
  const fresh = part(field, id && own.includes(field) ? drawn(field, id, document.draft, state.book) : generic(field, schema, document.draft));
  old.replaceWith(fresh);
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
  drawConflict();
}

function item(finding) {
  const line = make("li", finding.severity);
  line.append(make("span", "", `${finding.message[state.lang]} `), make("small", "", finding.code));
  const actions = make("span", "actions");
  if (finding.mend) actions.append(button(words().mend(...finding.mend.pieces.map(piece => piece.slice(0, 30))), "", () => mend(finding.mend)));
  if (finding.allow) actions.append(button(words().allow, `${words().allow} ${finding.code}`, () => allow(finding.allow)));
  if (actions.children.length) line.append(actions);
  return line;
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

// A finding that is right is allowed, with the reason.
export async function allow(entry) {
  const reason = await asked(words().allow_ask, "");
  if (!reason) return;
  const booklet = await drafts.read("data/booklet.json");
  if (!booklet) return;
  drafts.write("data/booklet.json", "checks", [...(booklet.draft.checks || []), { ...entry, reason: reason.slice(0, 60) }]);
}

// Fields that somebody else changed, or that were taken back.
export function changed(fields) {
  if (!shown.file) return;
  for (const field of fields) {
    const box = shown.parts.get(field);
    if (!box) continue;
    const { draft } = drafts.documentOf(shown.file);
    if (field === "article" && shown.article) shown.article.set(draft.article);
    else {
      const inside = box.contains(document.activeElement);
      const path = inside && document.activeElement.closest("[data-path]");
      redraw(field);
      if (path) focus(path.dataset.path);
    }
  }
}

export function conflicts(file, told) {
  if (file !== shown.file) return;
  conflict = told;
  drawConflict();
}

function drawConflict() {
  const old = form.querySelector(".conflict");
  if (old) old.remove();
  if (!conflict) return;
  const box = nearest(conflict.field);
  if (!box) return;
  const text = value => (value === null || value === undefined ? words().blank : typeof value === "string" ? value : JSON.stringify(value, null, 1));
  const told = make("div", "conflict");
  told.setAttribute("role", "alert");
  const mine = drafts.documentOf(shown.file).draft[conflict.field];
  const choose = own => {
    const { field, theirs } = conflict;
    conflict = null;
    drafts.settle(shown.file, field, theirs, own);
    drawConflict();
  };
  const column = (label, value, own) => {
    const side = make("div");
    side.append(make("pre", "", text(value)), button(label, "", () => choose(own)));
    return side;
  };
  told.append(make("p", "", words().conflict), column(words().mine, mine, true), column(words().theirs, conflict.theirs, false));
  box.append(told);
}
