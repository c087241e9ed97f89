// What is being written, file by file: sent as it is typed, one order at a time,
// each with what the field was before, so that another's edit is merged.

import { load, order } from "/api.js";

// File → what the server has, what stands on the page, fields to send with what
// they were when that began, fields that others changed otherwise.
const documents = new Map();
const listeners = new Set();

export const onChange = listener => listeners.add(listener);
const tell = (what, file, more) => listeners.forEach(listener => listener(what, file, more));

const copy = value => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export const documentOf = file => documents.get(file);
const all = () => [...documents.values()];
export const isSaved = () => all().every(document => !document.dirty.size && !document.sending);
export const hasConflict = () => all().some(document => document.conflicts.size);

// Comes to its end when everything that can be sent was.
export async function settled() {
  for (let tries = 0; tries < 100 && all().some(document => document.sending); tries += 1) await new Promise(done => setTimeout(done, 30));
}

// What could not be sent is sent again; a file that was broken is read first.
export const resend = () => all().forEach(document => {
  if (document.broken && document.dirty.size) read(document.file);
  else send(document);
});

// Reads a file anew. What is being written stays; an answer that was overtaken
// by an order, or by a later answer, is asked for again.
export async function read(file) {
  const known = documents.get(file);
  const turn = known ? known.turn : 0;
  const answer = await load("/data.json", { file });
  const document = documents.get(file);
  if (document && (document.turn !== turn || document.sending)) {
    if (!document.again) document.again = setTimeout(() => { document.again = 0; read(file); }, 60);
    return document;
  }
  // Nothing is known of a file without an answer.
  if (!answer.ok && !answer.message) return document;
  if (!answer.ok) {
    const broken = answer;
    if (document) document.broken = broken;
    else documents.set(file, { file, base: {}, draft: {}, dirty: new Map(), conflicts: new Map(), sending: false, broken, photo: null, turn: 0, again: 0 });
    return documents.get(file);
  }
  if (!document) {
    const fresh = { file, base: answer.value, draft: copy(answer.value), dirty: new Map(), conflicts: new Map(), sending: false, broken: null, photo: answer.photo, turn: 0, again: 0 };
    documents.set(file, fresh);
    return fresh;
  }
  document.turn += 1;
  document.broken = null;
  document.photo = answer.photo;
  adopt(document, answer.value);
  send(document);
  return document;
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
  for (const field of document.conflicts.keys()) {
    if (same(document.conflicts.get(field), value[field] ?? null)) continue;
    document.conflicts.set(field, copy(value[field] ?? null));
    tell("settled", document.file, [field]);
  }
  if (changed.length) tell("fields", document.file, changed);
}

// Gives a field another value; nothing takes it out. `seen` is what somebody
// saw who wrote it, which another may have changed since.
export function write(file, field, value, ...seen) {
  const document = documents.get(file);
  if (!document || same(document.draft[field], value)) return;
  if (!document.dirty.has(field)) document.dirty.set(field, copy(seen.length ? seen[0] : document.base[field]));
  if (value === undefined) delete document.draft[field];
  else document.draft[field] = copy(value);
  tell("typed", file, [field]);
  send(document);
}

async function send(document) {
  const fields = [...document.dirty.keys()].filter(field => !document.conflicts.has(field));
  if (document.sending || !fields.length || document.broken) return;
  document.sending = true;
  document.turn += 1;
  const held = new Map(fields.map(field => [field, document.dirty.get(field)]));
  const sent = new Map(fields.map(field => [field, copy(document.draft[field])]));
  fields.forEach(field => document.dirty.delete(field));
  tell("saving", document.file);
  const changes = fields.map(field => ({ field, before: held.get(field) ?? null, after: sent.get(field) ?? null }));
  const person = /^data\/profiles\/([^/]+)\.json$/.exec(document.file);
  const answer = await order({ do: "edit", file: document.file, person: person ? person[1] : null, changes });
  document.sending = false;
  document.turn += 1;
  if (answer.ok) {
    const value = answer.files[document.file] || document.base;
    // What was typed meanwhile was typed over what was sent.
    for (const field of document.dirty.keys()) if (sent.has(field)) document.dirty.set(field, sent.get(field));
    adopt(document, value);
    tell(answer.merged ? "merged" : "saved", document.file, fields);
    return send(document);
  }
  // Not there yet: it stays to be sent.
  for (const field of fields) document.dirty.set(field, held.get(field));
  if (answer.reason === "conflict") {
    // An answer that was lost on the way: what is there is what was sent.
    const own = document.tried && document.tried.has(answer.field) && same(answer.theirs, document.tried.get(answer.field) ?? null);
    if (own) {
      document.dirty.set(answer.field, answer.theirs ?? undefined);
      return send(document);
    }
    document.conflicts.set(answer.field, answer.theirs);
    tell("conflict", document.file, { field: answer.field, message: answer.message });
    return send(document);
  }
  if (answer.status === 0) document.tried = sent;
  if (answer.reason === "broken") document.broken = answer;
  tell("unsaved", document.file, answer);
  if (answer.status === 0 || answer.status >= 500) setTimeout(() => send(document), 1500);
}

// A conflict is settled: mine over theirs, or theirs.
export function settle(file, field, mine) {
  const document = documents.get(file);
  if (!document || !document.conflicts.has(field)) return;
  const theirs = document.conflicts.get(field) ?? undefined;
  document.conflicts.delete(field);
  if (mine) document.dirty.set(field, theirs);
  else {
    document.dirty.delete(field);
    if (theirs === undefined) delete document.draft[field];
    else document.draft[field] = copy(theirs);
    if (theirs === undefined) delete document.base[field];
    else document.base[field] = copy(theirs);
    tell("fields", file, [field]);
  }
  tell("settled", file, [field]);
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
