// What is being written, file by file: sent as it is typed, one order at a time,
// each with what the field was before, so that another's edit is merged.

import { load, order } from "/api.js";

// File → what the server has, what stands on the page, fields to send.
const documents = new Map();
const listeners = new Set();

export const onChange = listener => listeners.add(listener);
const tell = (what, file, more) => listeners.forEach(listener => listener(what, file, more));

const copy = value => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export const documentOf = file => documents.get(file);
export const isSaved = () => [...documents.values()].every(document => !document.dirty.size && !document.sending);

// Reads a file anew. What is being written stays.
export async function read(file) {
  const answer = await load("/data.json", { file });
  const known = documents.get(file);
  if (!answer.ok) {
    const broken = answer.message ? answer : null;
    if (known) known.broken = broken;
    else documents.set(file, { file, base: {}, draft: {}, dirty: new Map(), sending: false, broken, photo: null });
    return documents.get(file);
  }
  if (!known) {
    const document = { file, base: answer.value, draft: copy(answer.value), dirty: new Map(), sending: false, broken: null, photo: answer.photo };
    documents.set(file, document);
    return document;
  }
  known.broken = null;
  known.photo = answer.photo;
  if (!known.sending) adopt(known, answer.value);
  return known;
}

// Takes over what the server has, field by field, but for what is being
// written.
function adopt(document, value) {
  const fields = new Set([...Object.keys(document.draft), ...Object.keys(value)]);
  const changed = [];
  for (const field of fields) {
    if (document.dirty.has(field)) continue;
    if (!same(document.draft[field], value[field])) changed.push(field);
    if (value[field] === undefined) delete document.draft[field];
    else document.draft[field] = copy(value[field]);
  }
  // A field that is being written keeps what it was when that began.
  const base = copy(value);
  for (const [field, before] of document.dirty) {
    if (before === undefined) delete base[field];
    else base[field] = before;
  }
  document.base = base;
  if (changed.length) tell("fields", document.file, changed);
}

// Gives a field another value; nothing takes it out.
export function write(file, field, value) {
  const document = documents.get(file);
  if (!document || same(document.draft[field], value)) return;
  if (!document.dirty.has(field)) document.dirty.set(field, copy(document.base[field]));
  if (value === undefined) delete document.draft[field];
  else document.draft[field] = copy(value);
  tell("typed", file, [field]);
  send(document);
}

async function send(document) {
  if (document.sending || !document.dirty.size || document.broken) return;
  document.sending = true;
  const fields = [...document.dirty.keys()];
  const held = new Map(document.dirty);
  const sent = new Map(fields.map(field => [field, copy(document.draft[field])]));
  document.dirty.clear();
  tell("saving", document.file);
  const changes = fields.map(field => ({ field, before: held.get(field) ?? null, after: sent.get(field) ?? null }));
  const person = /^data\/profiles\/([^/]+)\.json$/.exec(document.file);
  const answer = await order({ do: "edit", file: document.file, person: person ? person[1] : null, changes });
  document.sending = false;
  if (answer.ok) {
    const value = answer.files[document.file] || document.base;
    // What was typed meanwhile was typed over what was sent.
    for (const [field] of document.dirty) if (sent.has(field)) document.dirty.set(field, sent.get(field));
    adopt(document, value);
    tell(answer.merged ? "merged" : "saved", document.file, fields);
    return send(document);
  }
  // Not there yet: it stays to be sent.
  for (const field of fields) document.dirty.set(field, held.get(field));
  if (answer.reason === "conflict") return tell("conflict", document.file, { field: answer.field, theirs: answer.theirs, message: answer.message });
  if (answer.reason === "broken") document.broken = answer;
  tell("unsaved", document.file, answer);
  if (answer.status === 0 || answer.status >= 500) setTimeout(() => send(document), 1500);
}

// A conflict is settled: mine over theirs, or theirs.
export function settle(file, field, theirs, mine) {
  const document = documents.get(file);
  if (!document) return;
  if (mine) document.dirty.set(field, theirs === null ? undefined : theirs);
  else {
    document.dirty.delete(field);
    if (theirs === null) delete document.draft[field];
    else document.draft[field] = copy(theirs);
    document.base[field] = copy(theirs);
    tell("fields", file, [field]);
  }
  send(document);
}

// A piece of a field by its path, such as article[2] or post.role.
export function at(value, path) {
  return path.split(/[.[\]]+/).filter(Boolean).reduce((inner, step) => (inner === undefined || inner === null ? undefined : inner[step]), value);
}

// The top field of a path, and its value with another piece.
export function withPiece(value, path, piece) {
  const [field, ...steps] = path.split(/[.[\]]+/).filter(Boolean);
  const whole = copy(value[field]);
  if (!steps.length) return [field, piece];
  let inner = whole;
  for (const step of steps.slice(0, -1)) inner = inner && inner[step];
  if (!inner) return [field, undefined];
  inner[steps[steps.length - 1]] = piece;
  return [field, whole];
}
