// The studio: modes, who does what, undo, and the form that goes with the pages.

import { state, byId, make, put, personOf, pageOf } from "/state.js";
import { words } from "/words.js";
import { order, load, who, setWho } from "/api.js";
import * as drafts from "/drafts.js";
import * as form from "/form.js";
import * as persons from "/persons.js";
import { go, jump } from "/viewer.js";
import { button } from "/fields.js";
import { say, dialog, asked, confirmed } from "/told.js";
import { intake, isOpen as intakeIsOpen } from "/intake.js";
import { deliver, making } from "/deliver.js";
import { readers, invite, counted, reload } from "/readers.js";
import { history } from "/history.js";

let mode = "edit";
let chosen = null;
let tab = "data";
let imported = false;
// The page of who is chosen, as it was last known.
let page = null;

const MODES = ["edit", "overview", "read", "import", "deliver"];

const act = {
  mode: setMode,
  openPerson(id) {
    const person = personOf(id);
    chosen = id;
    // Somebody who is new has pages with the next revision.
    page = person ? person.page : null;
    setMode("edit");
    if (person) go(person.page);
    show("data");
    form.open(form.fileOf(id));
    persons.list(choose, chosen);
  },
  openFile(file) {
    chosen = null;
    setMode("edit");
    if (file.includes("booklet")) go(0);
    show("data");
    form.open(file);
  },
  // Where the documents had no title it is asked for first.
  imported() {
    imported = true;
    setMode("edit");
  },
  jump(finding) { jump(state.book.findings.indexOf(finding)); },
};

function choose(person) {
  chosen = person.id;
  page = person.page;
  if (mode !== "read") setMode("edit");
  go(person.page);
  show("data");
  form.open(form.fileOf(person.id));
  draw();
}

function setMode(next) {
  mode = next;
  document.body.dataset.mode = mode;
  const work = ["import", "deliver"].includes(mode) || state.book.start;
  byId("work").hidden = !work;
  byId("stage").hidden = work;
  if (mode === "overview" !== state.overview && !work) go(state.page, mode === "overview");
  if (mode === "read") show("read");
  else if (tab === "read") show("data");
  if (work) fillWork(true);
  // Pages are as large as there is room, which a hidden stage has not.
  else window.dispatchEvent(new Event("resize"));
  draw();
}

function fillWork(anew) {
  const box = byId("work");
  if (state.book.start || mode === "import") intake(box, act, anew);
  else if (mode === "deliver") deliver(box, act, anew);
}

// The tab of the panel: data, findings, comments.
function show(next) {
  tab = next;
  byId("form").hidden = tab === "findings";
  byId("problems").hidden = tab !== "findings";
  document.body.dataset.tab = tab;
  if (tab === "read") { form.close(); readers(byId("form"), act); }
  else if (tab === "data" && !form.current() && chosen) form.open(form.fileOf(chosen));
  drawTabs();
}

function drawModes() {
  byId("modes").setAttribute("aria-label", words().modesLabel);
  put(byId("modes"), [state.lang, mode, state.book.start, counted()], () => (state.book.start ? [] : MODES.map(name => {
    const label = name === "read" && counted() ? `${words().modes.read} ${counted()}` : words().modes[name];
    const element = button(label, "", () => setMode(name));
    element.setAttribute("aria-pressed", mode === name);
    return element;
  })));
}

function drawTabs() {
  const errors = state.book.findings.filter(finding => finding.severity === "error").length;
  put(byId("tabs"), [state.lang, tab, state.book.findings.length, errors, mode], () => {
    const names = mode === "read" ? ["read", "data", "findings"] : ["data", "findings"];
    return names.map(name => {
      const label = name === "data" ? words().data : name === "read" ? words().comments : `${words().findings} ${state.book.findings.length || ""}`.trim();
      const element = button(label, "", () => show(name));
      element.setAttribute("aria-pressed", tab === name);
      if (name === "findings" && errors) element.classList.add("bad");
      return element;
    });
  });
}

let saved = "";
function drawDesk() {
  byId("desk").setAttribute("aria-label", words().data);
  put(byId("desk"), [state.lang, saved, state.book.start, who()], () => {
    if (state.book.start) return [];
    const state_ = make("span", "saved", saved);
    state_.setAttribute("role", "status");
    const main = button(words().make_files, "", () => setMode("deliver"));
    main.className = "main";
    return [
      state_,
      button(`↶ ${words().undo}`, "", undo), button(`↷`, words().redo, redo),
      button(words().history, "", () => history(form.current(), act)),
      button(words().invite, "", () => invite(act)),
      button(who() || words().sign_name, words().your_name, name),
      button("?", words().keys, keys),
      main,
    ];
  });
}

async function name() {
  const given = await asked(words().your_name, "", who());
  if (given !== undefined) setWho(given);
  draw();
}

function keys() {
  dialog(words().keys, body => {
    const list = make("dl", "keys");
    for (const [key, what] of words().keys_list) list.append(make("dt", "", key), make("dd", "", what));
    body.append(list);
  });
}

async function undo() {
  await drafts.settled();
  let answer = await order({ do: "undo" });
  if (["conflict", "changed"].includes(answer.reason) && (await confirmed(words().pass_ask))) answer = await order({ do: "undo", pass: true });
  say(answer.ok ? words().undone : answer.reason === "nothing-left" ? words().nothing : answer);
  await form.refresh();
}

async function redo() {
  await drafts.settled();
  const answer = await order({ do: "redo" });
  say(answer.ok ? words().redone : answer.reason === "nothing-left" ? words().nothing : answer);
  await form.refresh();
}

function draw() {
  drawModes();
  drawDesk();
  drawTabs();
  persons.list(choose, chosen);
  persons.beside(act);
}

const clock = () => new Date().toLocaleTimeString(state.lang === "zh" ? "zh-CN" : "en-GB", { hour12: false });

drafts.onChange((what, file, more) => {
  if (what === "saving") saved = words().saving;
  if (what === "saved" || what === "merged" || what === "settled") saved = drafts.isSaved() ? words().saved(clock()) : drafts.hasConflict() ? words().not_saved : words().saving;
  if (what === "merged") say(words().merged);
  if (what === "unsaved") {
    saved = words().unsaved;
    say(more);
    form.refresh();
  }
  if (what === "conflict") { saved = words().not_saved; say({ ok: false, message: more.message }); }
  if (what === "conflict" || what === "settled") form.drawConflict();
  if (what === "fields" && file === form.current()) {
    // Another page or program wrote where somebody is just writing.
    const at = document.activeElement && document.activeElement.closest("[data-path]");
    if (at && more.some(field => at.dataset.path.startsWith(field))) say(words().elsewhere);
    form.changed(more);
  }
  if (what === "typed") return;
  drawDesk();
});

async function onBook() {
  document.body.classList.toggle("start", Boolean(state.book.start));
  if (state.book.start) {
    if (!intakeIsOpen()) setMode("import");
    return draw();
  }
  if (byId("work").hidden === false && !["import", "deliver"].includes(mode)) setMode(mode);
  if (imported && state.book.pages.length) {
    imported = false;
    if (state.book.findings.some(finding => finding.code === "W0219")) act.openFile("data/booklet.json");
  }
  if (!chosen && !form.current() && state.book.persons.length && tab === "data") {
    const here = pageOf(state.page);
    chosen = (here && here.person) || state.book.persons[0].id;
    page = personOf(chosen).page;
    if (!here || !here.person) go(page);
    form.open(form.fileOf(chosen));
  }
  // Who is chosen stays in view when pages move.
  const now = chosen && personOf(chosen);
  if (now && now.page !== page && mode === "edit") go(now.page);
  if (now) page = now.page;
  if (chosen && !now && !form.current() && state.book.persons.length) choose(state.book.persons[0]);
  drafts.resend();
  draw();
  await form.refresh();
  if (mode === "deliver") fillWork(false);
}

document.addEventListener("fengcai-book", onBook);
document.addEventListener("fengcai-lang", () => {
  form.forget();
  const file = form.current();
  form.close();
  if (tab === "read") readers(byId("form"), act);
  else if (file) form.open(file);
  draw();
  if (!byId("work").hidden) fillWork(true);
});
document.addEventListener("fengcai-area", ({ detail: area }) => {
  if (mode === "read") return;
  if (mode === "overview") setMode("edit");
  show("data");
  chosen = area.person;
  form.open(area.person ? form.fileOf(area.person) : "data/booklet.json", area.field.split("+")[0]);
  draw();
});
document.addEventListener("fengcai-finding", ({ detail: finding }) => {
  const file = finding.file && /^data\/(booklet|press|profiles\/[^/]+)\.json$/.test(finding.file) ? finding.file : null;
  if (!file) return;
  chosen = finding.person && personOf(finding.person.id) ? finding.person.id : null;
  show("data");
  form.open(file, finding.field);
  draw();
});
document.addEventListener("fengcai-making", ({ detail }) => making(detail));
document.addEventListener("fengcai-comments", () => reload().then(draw));
byId("find").addEventListener("input", draw);

document.addEventListener("keydown", event => {
  const typing = event.target.matches && event.target.matches("textarea, input:not([type=checkbox]):not([type=range])");
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === "s") { event.preventDefault(); say(saved); }
  if (control && event.key.toLowerCase() === "z" && !typing) {
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
  }
  if (event.key === "F8" && state.book.findings.length) {
    event.preventDefault();
    jump(((state.finding ?? -1) + 1) % state.book.findings.length);
  }
});

// What is not saved yet is asked about before the page goes.
window.addEventListener("beforeunload", event => { if (!drafts.isSaved()) event.preventDefault(); });

// Files that are dropped anywhere go to the import.
window.addEventListener("dragover", event => { if ([...event.dataTransfer.types].includes("Files")) event.preventDefault(); });
window.addEventListener("drop", event => {
  if (!event.dataTransfer.files.length || event.defaultPrevented) return;
  event.preventDefault();
  const { dataTransfer } = event;
  setMode("import");
  document.dispatchEvent(new CustomEvent("fengcai-dropped", { detail: dataTransfer }));
});

document.body.dataset.mode = mode;
state.actions = form.actions;
show("data");
(state.book.start ? Promise.resolve() : reload()).then(() => onBook());
