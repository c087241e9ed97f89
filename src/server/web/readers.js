// What readers say, beside the pages; and the door for their phones.

import { state, byId, make, personOf } from "/state.js";
import { words } from "/words.js";
import { load, order, review } from "/api.js";
import { button, labelled } from "/fields.js";
import { go } from "/viewer.js";
import { say, dialog } from "/told.js";

let comments = [];
let room = null;

export const counted = () => comments.filter(comment => !comment.done && comment.text).length;

export async function reload() {
  const answer = await load("/comments.json");
  if (answer.ok) comments = answer.comments;
  if (room && room.box.dataset.readers === "yes" && room.box.isConnected) draw();
}

export function readers(box, act) {
  room = { box, act };
  box.dataset.readers = "yes";
  reload();
}

const when = at => new Date(at * 1000).toLocaleString(state.lang === "zh" ? "zh-CN" : "en-GB", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

function draw() {
  if (document.body.dataset.tab !== "read") return;
  const { box } = room;
  const parts = [make("h2", "", words().comments), button(words().invite, "", () => invite())];
  if (!comments.length) parts.push(make("p", "hint", words().no_comments));
  for (const comment of [...comments].sort((a, b) => a.done - b.done || b.id - a.id)) {
    const person = personOf(comment.person);
    const card = make("article", comment.done ? "comment done" : "comment");
    card.append(make("p", "", comment.text || words().nothing_to_say));
    const about = [comment.by, when(comment.at), person ? person.name : "", comment.words && words().on_words(comment.words)].filter(Boolean).join(" · ");
    card.append(make("small", "", about));
    const tools = make("div", "tools");
    if (person) tools.append(button(person.name, `${words().modes.edit} ${person.name}`, () => {
      if (comment.spot) go(comment.spot.page);
      room.act.openPerson(person.id);
    }));
    tools.append(button(comment.done ? words().unsettle : words().settle, "", async () => {
      const answer = await order({ do: "comment", remark: { settle: { id: comment.id, done: !comment.done } } });
      if (!answer.ok) say(answer);
    }));
    card.append(tools);
    parts.push(card);
  }
  box.replaceChildren(...parts);
}

// Opens the door for phones, or shuts it.
export async function invite() {
  const first = await load("/review.json");
  if (!first.ok) return say(first);
  dialog(words().invite, body => show(body, first));
}

function show(body, told) {
  const parts = [make("p", "", words().invite_text)];
  if (told.open) {
    const link = make("input", "address");
    link.readOnly = true;
    link.value = told.open.address;
    link.setAttribute("aria-label", words().where);
    link.onfocus = () => link.select();
    parts.push(code(told.open.code, told.open.address), link, make("p", "hint", words().until(when(told.open.until))),
      button(words().stop_review, "", async () => show(body, await review({ do: "close" }))));
  } else {
    const select = make("select");
    for (const address of told.addresses) select.append(new Option(address.startsWith("127.") ? `${address}（${words().only_here}）` : address, address));
    const hours = make("input");
    hours.type = "number";
    hours.min = 1;
    hours.max = 336;
    hours.value = 12;
    const begin = button(words().start_review, "", async () => {
      const answer = await review({ do: "open", address: select.value, hours: Number(hours.value) || 12 });
      if (answer.ok) show(body, answer);
      else say(answer);
    });
    begin.className = "main";
    parts.push(labelled(words().where, select), labelled(words().hours, hours), begin);
  }
  body.replaceChildren(...parts);
}

// A QR code as squares, with the quiet zone of four around it.
function code(rows, address) {
  const canvas = make("canvas", "qr");
  const size = rows.length + 8;
  canvas.width = canvas.height = size * 8;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", address);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  rows.forEach((row, y) => [...row].forEach((dark, x) => { if (dark === "1") pen.fillRect((x + 4) * 8, (y + 4) * 8, 8, 8); }));
  return canvas;
}
