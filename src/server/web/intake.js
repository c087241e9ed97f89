// Files in: dropped or chosen, what was understood of them, what is asked, and
// then the book. The start page is the same where there is no book yet.

import { state, make } from "/state.js";
import { words } from "/words.js";
import { order, bring } from "/api.js";
import { button, labelled } from "/fields.js";
import { say } from "/told.js";

// What came in, what was understood, what was answered and taken.
let files = [];
let understood = null;
let answers = {};
let accepted = new Set();
let busy = false;
let room = null;
let bookName = "";

export const isOpen = () => room !== null;

export function intake(box, act, anew) {
  room = { box, act };
  if (anew) draw();
}

document.addEventListener("fengcai-dropped", async ({ detail }) => {
  const list = await collected(detail);
  await take(list);
});

// The files of what was dropped, those in folders too.
async function collected(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map(file => [file.name, file]);
  const found = [];
  const walk = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      found.push([path + entry.name, file]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const more = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!more.length) break;
      for (const inner of more) await walk(inner, `${path}${entry.name}/`);
    }
  };
  for (const entry of entries) await walk(entry, "");
  return found;
}

const isRubbish = name => /(^|\/)(\.|~\$|__MACOSX|Thumbs\.db|desktop\.ini)/i.test(name);

export async function take(list) {
  busy = true;
  draw();
  for (const [name, file] of list.filter(([name]) => !isRubbish(name))) {
    const answer = await bring("/incoming", { name }, file);
    if (answer.ok) files = answer.files;
    else { say(answer); break; }
  }
  await understand();
}

async function understand() {
  if (!files.length) { busy = false; return draw(); }
  busy = true;
  draw();
  const answer = await order({ do: "import", answers, accept: [...accepted] });
  busy = false;
  if (answer.ok) understood = answer;
  else { understood = null; say(answer); }
  draw();
}

async function write() {
  busy = true;
  draw();
  const place = state.book.start && state.book.several ? await order({ do: "place", name: bookName || words().new_book }) : { ok: true };
  const answer = place.ok ? await order({ do: "import", answers, accept: [...accepted], write: true }) : place;
  busy = false;
  if (!answer.ok || !answer.written) { say(answer.ok ? words().nobody : answer); return draw(); }
  [files, understood, answers, accepted] = [[], null, {}, new Set()];
  say(words().imported);
  room.act.imported();
}

async function forget() {
  await order({ do: "forget" });
  [files, understood, answers, accepted] = [[], null, {}, new Set()];
  draw();
}

function draw() {
  if (!room) return;
  const { box } = room;
  const start = state.book.start;
  const parts = [];
  if (start) {
    const steps = make("ol", "steps");
    const now = understood ? 1 : 0;
    [words().step1, words().step2, words().step3].forEach((text, index) => {
      const step = make("li", index === now ? "now" : "", text);
      if (index === now) step.setAttribute("aria-current", "step");
      steps.append(step);
    });
    parts.push(make("h2", "welcome", words().welcome), steps);
  } else parts.push(make("h2", "", words().modes.import));
  parts.push(dropZone());
  if (busy) {
    const told = make("p", "busy", words().working);
    told.setAttribute("role", "status");
    parts.push(told);
  }
  if (files.length) {
    const list = make("details", "files-here");
    list.append(make("summary", "", words().waiting_files(files.length)), ...files.map(name => make("div", "", name)));
    parts.push(list);
  }
  if (understood) parts.push(...report(start));
  if (start && !files.length) parts.push(...books());
  box.replaceChildren(...parts);
}

function dropZone() {
  const zone = make("div", "drop");
  const pick = (folder, label) => {
    const input = make("input");
    input.type = "file";
    input.multiple = true;
    input.className = "visually-hidden";
    input.tabIndex = -1;
    input.setAttribute("aria-label", label);
    if (folder) input.webkitdirectory = true;
    else input.id = "bring";
    input.onchange = () => take([...input.files].map(file => [file.webkitRelativePath || file.name, file]));
    return [button(label, "", () => input.click()), input];
  };
  const tools = make("div", "tools");
  tools.append(...pick(false, words().browse), ...pick(true, words().folder));
  zone.append(make("p", "large", words().drop), make("p", "hint", words().drop_more), tools);
  return zone;
}

function books() {
  const list = state.book.books || [];
  const parts = [make("p", "hint", `${words().place} ${state.book.folder}`)];
  if (!list.length) return parts;
  const box = make("section", "books");
  box.append(make("h3", "", words().or_open));
  for (const book of list) {
    box.append(button(`${book.name} · ${book.title}`, `${words().open_book} ${book.name}`, async () => {
      const answer = await order({ do: "book", name: book.name, open: true });
      if (!answer.ok) say(answer);
    }));
  }
  return [...parts, box];
}

// What was understood, as a page to read and answer.
function report(start) {
  const { log, nobody, nothing } = understood;
  const parts = [];
  const head = make("div", "understood");
  head.append(make("h3", "", nobody ? words().nobody : nothing ? words().nothing_new : words().understood(log.persons.length)));
  parts.push(head);
  const open = log.doubts;
  if (open.length) parts.push(doubts(open));
  if (log.unread.length) parts.push(rows(words().unread, log.unread.map(one => [one.file, one.reason]), true));
  if (log.changes.length) parts.push(rows(words().changes, log.changes.map(one => [`${one.name} · ${one.label}`, `${one.before ? `${one.before} → ` : ""}${one.after}`]), true));
  parts.push(people(log.persons));
  if (log.mends.length) parts.push(rows(words().mended, log.mends.map(one => [`${one.label} × ${one.count}`, one.places.slice(0, 3).join("、")])));
  if (log.notices.length) parts.push(rows(words().notices, log.notices.map(one => [`${one.label} · ${one.place}`, one.text])));
  if (log.left.length) parts.push(rows(words().left, log.left.map(one => [one.place, one.text])));
  if (log.spare_photos.length) parts.push(rows(words().spare, log.spare_photos.map(one => [one, ""])));
  const foot = make("div", "foot");
  if (start && state.book.several) {
    const input = make("input");
    input.value = bookName || words().new_book;
    input.oninput = () => { bookName = input.value; };
    foot.append(labelled(words().book_name, input));
  }
  const main = button(start ? words().make_book : words().write_import, "", write, busy || nobody || (nothing && !start));
  main.className = "main";
  main.id = "write-import";
  foot.append(main, button(words().forget, "", forget));
  parts.push(foot);
  return parts;
}

function rows(title, list, open = false) {
  const box = make("details", "rows");
  box.open = open;
  box.append(make("summary", "", `${title} · ${list.length}`));
  for (const [key, text] of list.slice(0, 300)) {
    const row = make("div", "row");
    row.append(make("b", "", key), make("span", "", text));
    box.append(row);
  }
  return box;
}

function doubts(list) {
  const box = make("section", "doubts");
  box.append(make("h3", "", `${words().asked} · ${list.length}`));
  for (const doubt of list) {
    const group = make("fieldset", "group");
    const legend = make("legend", "", doubt.question);
    group.append(legend);
    if (doubt.place) group.append(make("small", "hint", doubt.place));
    if (doubt.choices.length < 2) {
      group.append(make("p", "hint", words().later));
      box.append(group);
      continue;
    }
    doubt.choices.forEach((choice, index) => {
      const label = make("label", "choice");
      const input = make("input");
      input.type = "radio";
      input.name = `doubt-${doubt.id}`;
      input.checked = (answers[doubt.id] || doubt.choice) === index + 1;
      input.onchange = () => { answers[doubt.id] = index + 1; understand(); };
      label.append(input, ` ${choice}`);
      group.append(label);
      if (doubt.sides && index < 2) group.append(make("pre", "", doubt.sides[index]));
    });
    box.append(group);
  }
  return box;
}

function people(list) {
  const box = make("section", "people-found");
  const tools = make("div", "tools");
  const best = list.flatMap(person => person.suggestions.filter(one => one.best && !one.needless).map(one => one.id));
  if (best.length) tools.append(button(words().take_best, "", () => { best.forEach(id => accepted.add(id)); understand(); }));
  box.append(tools);
  for (const person of list) {
    const card = make("details", "person-card");
    const found = path => person.fields.find(field => field.field.startsWith(path));
    const said = path => (found(path) ? found(path).entries.map(entry => entry.text).join(" ") : "");
    const summary = make("summary", "", person.name);
    const parts = [said("post.district"), said("post.community"), said("headline"), found("article") && words().article_of(found("article").entries.length), found("photo") && words().photo];
    summary.append(make("small", "", ` ${parts.filter(Boolean).join(" · ")}`));
    card.append(summary);
    for (const field of person.fields) {
      const row = make("div", "row");
      const text = field.entries.map(entry => entry.text).join(field.field.startsWith("article") ? "\n" : "、");
      row.append(make("b", "", field.label), make("span", field.field.startsWith("article") ? "long" : "", text));
      row.title = field.entries.map(entry => entry.place).join("\n");
      card.append(row);
    }
    const suggestions = person.suggestions.filter(one => !one.needless);
    if (suggestions.length) card.append(make("h4", "", words().suggestions));
    for (const one of suggestions) {
      const label = make("label", "choice");
      const input = make("input");
      input.type = "checkbox";
      input.checked = accepted.has(one.id);
      input.onchange = () => { if (input.checked) accepted.add(one.id); else accepted.delete(one.id); };
      label.append(input, ` ${one.label} · ${one.text}`);
      label.title = one.evidence;
      card.append(label);
    }
    box.append(card);
  }
  return box;
}
