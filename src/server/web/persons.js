// The persons beside the pages: portrait, place, page, how far each is; their
// order by dragging or keys; who was withdrawn; the book's own files.

import { state, byId, make, put } from "/state.js";
import { words } from "/words.js";
import { order } from "/api.js";
import { button } from "/fields.js";
import { say, asked } from "/told.js";

function standing(person) {
  const told = state.book.findings.filter(finding => finding.person && finding.person.id === person.id && finding.code !== "E0601");
  const count = severity => told.filter(finding => finding.severity === severity).reduce((sum, finding) => sum + 1 + finding.more, 0);
  const [errors, warnings] = [count("error"), count("warning")];
  const signed = person.rounds.filter(Boolean).length;
  const lines = [];
  if (errors) lines.push(["bad", words().errors(errors)]);
  else if (warnings) lines.push(["warn", words().warnings(warnings)]);
  if (person.changed_since) lines.push(["warn", words().changed_since]);
  else if (signed) lines.push(["good", signed === 3 ? words().all_signed : words().signed(signed)]);
  else if (!errors) lines.push(["quiet", words().unsigned]);
  if (!person.photo) lines.push(["quiet", words().no_photo]);
  return lines;
}

// The items by person; they stay while what they say changes, so that focus
// and pointer stay where they are.
const items = new Map();

// Draws the list; `choose` is told of the person that is chosen.
export function list(choose, chosen) {
  const sought = byId("find").value.trim();
  const ids = state.book.persons.map(person => person.id);
  const done = moves === 0 && state.book.revision > answered;
  if (wanted && (done || wanted.length !== ids.length || wanted.every((id, at) => id === ids[at]))) wanted = null;
  const place = id => ordered().indexOf(id);
  const people = [...state.book.persons].sort((a, b) => place(a.id) - place(b.id))
    .filter(person => [person.name, person.id, person.post].some(text => text.includes(sought)));
  const lines = people.map(person => {
    if (!items.has(person.id)) items.set(person.id, item(person.id, choose));
    const line = items.get(person.id);
    line.update(person, chosen === person.id, !sought);
    return line;
  });
  const box = byId("people");
  if (box.children.length !== lines.length || lines.some((line, at) => box.children[at] !== line)) {
    const focused = box.contains(document.activeElement) ? document.activeElement : null;
    box.replaceChildren(...lines);
    if (focused && box.contains(focused)) focused.focus();
  }
  for (const id of items.keys()) if (!ids.includes(id)) items.delete(id);
}

function face(person) {
  if (!person.photo) return [[...person.name].pop() || ""];
  const picture = make("img");
  picture.src = `/photo?${new URLSearchParams({ file: person.photo.file })}`;
  picture.alt = "";
  picture.loading = "lazy";
  const [left, top, right] = person.photo.crop;
  picture.style.width = `${100 / (right - left)}%`;
  picture.style.left = `${(-left / (right - left)) * 100}%`;
  picture.style.marginTop = `${(-top / (right - left)) * 100}%`;
  return [picture];
}

function item(id, choose) {
  const line = make("li");
  const element = make("button", "person");
  element.dataset.id = id;
  const [picture, names, status] = [make("span", "face"), make("span", "names"), make("span", "standing")];
  element.append(picture, names, status);
  line.append(element);
  let person = null;
  let movable = true;
  line.update = (next, current, canMove) => {
    [person, movable] = [next, canMove];
    element.dataset.page = person.page;
    element.draggable = movable;
    element.title = movable ? words().handle : person.post;
    element.setAttribute("aria-current", current);
    picture.classList.toggle("monogram", !person.photo);
    put(picture, [person.photo, person.name], () => face(person));
    put(names, [person.name, person.district, person.page], () => [
      document.createTextNode(person.name),
      make("small", "", [person.district, `${person.page}–${person.page + 1}`].filter(Boolean).join(" · ")),
    ]);
    const told = standing(person);
    put(status, [state.lang, told], () => told.map(([kind, text]) => make("span", kind, text)));
  };
  element.onclick = () => choose(person);
  element.addEventListener("keydown", event => {
    const by = movable && event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    move(person, ordered().indexOf(id) + by);
  });
  element.addEventListener("dragstart", event => {
    event.dataTransfer.setData("application/x-person", id);
    event.dataTransfer.effectAllowed = "move";
  });
  line.addEventListener("dragover", event => {
    if (!movable || ![...event.dataTransfer.types].includes("application/x-person")) return;
    event.preventDefault();
    line.classList.add("over");
  });
  line.addEventListener("dragleave", () => line.classList.remove("over"));
  line.addEventListener("drop", event => {
    line.classList.remove("over");
    const moved = state.book.persons.find(known => known.id === event.dataTransfer.getData("application/x-person"));
    if (!moved) return;
    event.preventDefault();
    move(moved, ordered().indexOf(id));
  });
  return line;
}

// The order as it was asked for, until the book has it.
let wanted = null;
let queue = Promise.resolve();
let moves = 0;
// The revision at which the last move was answered.
let answered = 0;
const ordered = () => wanted || state.book.persons.map(known => known.id);

// Moves a person to a place in the order; one move after another.
function move(person, to) {
  const before = ordered();
  const from = before.indexOf(person.id);
  if (to < 0 || to >= before.length || from < 0 || from === to) return;
  const after = [...before];
  after.splice(to, 0, ...after.splice(from, 1));
  wanted = after;
  moves += 1;
  queue = queue.then(async () => {
    const answer = await order({ do: "order", before, after });
    moves -= 1;
    answered = state.book.revision;
    if (!answer.ok) wanted = null;
    say(answer.ok ? words().moved(person.name, to + 1) : answer);
  });
}

// What stands below the list.
export function beside(act) {
  const withdrawn = state.book.withdrawn || [];
  put(byId("beside"), [state.lang, withdrawn], () => {
    const add = button(words().add_person, "", async () => {
      const name = await asked(words().new_name, "");
      if (!name) return;
      const answer = await order({ do: "add", name });
      if (answer.ok) act.openPerson(answer.id);
      else say(answer);
    });
    const more = button(words().import_more, "", () => act.mode("import"));
    const files = make("div", "files");
    files.append(button(words().book, "", () => act.openFile("data/booklet.json")), button(words().press, "", () => act.openFile("data/press.json")));
    const list = [add, more, files];
    if (withdrawn.length) {
      const box = make("details", "withdrawn");
      box.append(make("summary", "", `${words().withdrawn} ${withdrawn.length}`));
      for (const person of withdrawn) {
        const row = make("div", "row");
        row.append(make("span", "", person.name), button(words().restore, `${words().restore} ${person.name}`, async () => {
          const answer = await order({ do: "restore", id: person.id });
          if (answer.ok) act.openPerson(answer.id);
          else say(answer);
        }));
        box.append(row);
      }
      list.push(box);
    }
    return list;
  });
}
