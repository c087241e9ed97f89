// Signing off, and making: what changed since a signature, files for the print
// shop, proofs and sheets, with progress and an end.

import { state, make } from "/state.js";
import { words } from "/words.js";
import { order, load, who, setWho } from "/api.js";
import { button, labelled } from "/fields.js";
import { sheetsKnown } from "/form.js";
import { say } from "/told.js";

let room = null;
let progress = null;
let chosen = new Set();

export async function deliver(box, act, anew) {
  room = { box, act };
  if (anew) {
    progress = await load("/making.json");
    if (!progress.running && !progress.done) progress = null;
  }
  draw(anew);
}

export function making(detail) {
  progress = detail;
  if (room && room.box.isConnected && !room.box.hidden) drawProgress();
}

const round = n => words().signed(n).replace(" ✓", "");

function draw(anew) {
  const { box } = room;
  // What is being chosen stays while a revision comes.
  if (!anew && box.contains(document.activeElement) && document.activeElement.matches("input, select")) return drawTable();
  const both = make("div", "both");
  both.append(makes(), signing());
  box.replaceChildren(make("h2", "", words().modes.deliver), both);
  drawProgress();
}

function drawTable() {
  const old = room.box.querySelector(".sign-table");
  if (old) old.replaceWith(table());
}

function signing() {
  const box = make("section", "signing");
  box.append(make("h3", "", words().sign));
  const input = make("input");
  input.value = who();
  input.id = "signer";
  input.autocomplete = "name";
  input.onchange = () => setWho(input.value);
  const all = button(words().sign_all, "", () => {
    // All in one round: the earliest that somebody still lacks.
    const everybody = [...state.book.parts, ...state.book.persons].map(one => [one.id, due(one)]).filter(([, round]) => round);
    const first = Math.min(...everybody.map(([, round]) => round));
    sign(everybody.filter(([, round]) => round === first).map(([id]) => id), false, first);
  });
  const line = make("div", "tools");
  line.append(labelled(words().sign_as, input), all);
  box.append(line, table());
  return box;
}

function table() {
  const list = make("table", "sign-table");
  const head = make("tr");
  for (const text of ["", words().signed(1), words().signed(2), words().signed(3), words().what_changed, ""]) {
    const cell = make(text ? "th" : "td", "", text.replace(" ✓", ""));
    if (text) cell.scope = "col";
    head.append(cell);
  }
  const body = make("tbody");
  const heads = make("thead");
  heads.append(head);
  for (const one of [...state.book.parts, ...state.book.persons]) body.append(row(one));
  list.append(heads, body);
  return list;
}

// The round that somebody signs next.
const due = one => (one.changed_since ? one.rounds.filter(Boolean).length || 1 : one.next);

function row(one) {
  const line = make("tr");
  const name = Array.isArray(one.name) ? one.name[state.lang === "zh" ? 0 : 1] : one.name;
  const head = make("th", "", name);
  head.scope = "row";
  line.append(head);
  for (const signed of one.rounds) {
    const cell = make("td", signed ? (signed.holds ? "good" : "quiet") : "quiet", signed ? `${signed.by} ${signed.on.slice(5)}` : "—");
    line.append(cell);
  }
  const finding = state.book.findings.find(found => found.code === "E0601" && found.person && found.person.id === one.id);
  line.append(make("td", one.changed_since ? "warn" : "", finding ? finding.message[state.lang] : one.changed_since ? words().changed_since : ""));
  const tools = make("td", "tools");
  const next = due(one);
  if (next) tools.append(button(words().sign_next(next), `${words().sign_next(next)} · ${name}`, () => sign([one.id])));
  if (one.rounds.some(Boolean)) tools.append(button(words().unsign, `${words().unsign} · ${name}`, () => sign([one.id], true)));
  line.append(tools);
  return line;
}

// Signs what is on the page now: the pages' fingerprints go along.
async function sign(ids, withdraw = false, round = null) {
  const input = room.box.querySelector("#signer");
  if (input) setWho(input.value);
  if (!who()) { say(words().who_missing); if (input) input.focus(); return; }
  const pages = state.book.pages.filter(page => ids.includes(page.person) || ids.includes(`_${page.kind}`) || (ids.includes("_cover") && ["front", "back"].includes(page.kind)));
  const answer = await order({ do: "sign", ids, withdraw, round, seen: withdraw ? [] : pages.map(page => page.hash) });
  if (!answer.ok) return say(answer);
  const list = answer.signed.map(one => `${one.name[state.lang === "zh" ? 0 : 1]} ${one.round[state.lang === "zh" ? 0 : 1]}`).join("、");
  say(answer.withdrawn ? words().unsigned_done(list) : words().signed_done(list));
}

const KINDS = [
  ["delivery", { targets: [], delivery: true }], ["press", { targets: ["press", "cover"] }], ["proof", { targets: ["proof"] }],
  ["screen", { targets: ["screen"] }], ["office", { targets: ["office"] }],
];

function makes() {
  const box = make("section", "makes");
  box.append(make("h3", "", words().make));
  const tools = make("div", "tools column");
  for (const [name, wanted] of KINDS) {
    const element = button(words()[`make_${name}`], "", () => begin(wanted));
    element.dataset.make = name;
    if (name === "delivery") element.className = "main";
    tools.append(element);
  }
  const sheets = make("div", "tools");
  const select = make("select");
  select.id = "sheet";
  sheetsKnown().then(list => {
    select.append(...list.map(name => new Option(name, name)));
    // Two pages of a book with bleed and marks.
    if (list.includes("SRA3")) select.value = "SRA3";
  });
  const impose = button(words().make_sheets, "", () => begin({ targets: ["press"], sheets: { sheet: select.value } }));
  impose.dataset.make = "sheets";
  sheets.append(labelled(words().sheet, select), impose);
  const told = make("div", "progress");
  box.append(tools, sheets, told);
  return box;
}

async function begin(wanted) {
  const answer = await order({ do: "make", ...wanted });
  if (!answer.ok) say(answer);
}

function drawProgress() {
  const box = room.box.querySelector(".progress");
  if (!box) return;
  const parts = [];
  if (progress && progress.running) {
    const step = words().steps[progress.step] || progress.step;
    const known = box.querySelector("progress");
    if (known) {
      known.value = progress.percent;
      box.querySelector("p").textContent = words().making(step, progress.percent);
      return;
    }
    const bar = make("progress");
    bar.max = 100;
    bar.value = progress.percent;
    bar.setAttribute("aria-label", words().make);
    parts.push(make("p", "", words().making(step, progress.percent)), bar, button(words().stop, "", () => order({ do: "cancel" })));
  } else if (progress) {
    const wrong = progress.failed || progress.errors || (progress.sheets && progress.sheets.failed);
    const told = make("div", wrong ? "result wrong" : "result");
    told.setAttribute("role", "status");
    if (progress.failed) told.append(make("p", "bad", progress.failed[state.lang]));
    if (progress.cancelled) told.append(make("p", "", words().stopped));
    if (progress.errors) {
      told.append(make("p", "bad", words().made_errors(progress.errors)));
      for (const one of progress.shown) told.append(make("p", "", `${one.person ? `${one.person} · ` : ""}${one.message[state.lang]} (${one.code})`));
    }
    if (progress.done) {
      told.append(make("p", "good", words().done), make("p", "", words().in_folder(progress.folder)));
      if (progress.keptBack) told.append(make("p", "warn", words().kept_back));
      const list = make("ul");
      for (const file of progress.files) {
        const link = make("a", "", file);
        link.href = `/output?${new URLSearchParams({ file })}`;
        link.download = file.split("/").pop();
        const line = make("li");
        line.append(link);
        list.append(line);
      }
      told.append(list);
      if (progress.unsigned.length) told.append(make("p", "warn", words().not_signed(progress.unsigned.map(both => both[state.lang === "zh" ? 0 : 1]).join("、"))));
      if (progress.sheets) {
        const { sheets, failed } = { sheets: progress.sheets, failed: progress.sheets.failed };
        told.append(failed ? make("p", "bad", failed[state.lang]) : make("p", "good", `${words().sheets_done(sheets.sheets, sheets.up)} · ${sheets.file}`));
      }
      told.append(button(words().open_folder, "", async () => say(await order({ do: "reveal", sheets: Boolean(progress.sheets) }))));
    }
    parts.push(told);
  }
  box.replaceChildren(...parts);
}
