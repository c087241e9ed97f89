// What was done: every field's changes with time and who, each to go back to.

import { state, make, personOf, side } from "/state.js";
import { words } from "/words.js";
import { load, order } from "/api.js";
import * as form from "/form.js";
import { button } from "/fields.js";
import { say, dialog } from "/told.js";

const plain = value => (value === null || value === undefined ? "" : typeof value === "string" ? value : Array.isArray(value) && value.every(one => typeof one === "string") ? value.join("\n") : JSON.stringify(value, null, 1));

// The piece that differs, with what stands around it.
function pieces(before, after) {
  const [a, b] = [[...plain(before)], [...plain(after)]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const cut = list => [list.slice(Math.max(0, start - 8), start).join(""), list.slice(start, list.length - end).join(""), list.slice(list.length - end, list.length - end + 8).join("")];
  return [cut(a), cut(b)];
}

export function history(file) {
  dialog(words().history, body => show(body, file));
}

async function show(body, file) {
  const answer = await load("/history.json", file ? { file } : {});
  const labels = (await load("/schemas.json")).labels || {};
  if (!answer.ok) return say(answer);
  const tools = make("div", "tools");
  if (file) tools.append(button(words().whole_book, "", () => show(body, null)));
  const parts = [tools];
  if (!answer.entries.length) parts.push(make("p", "hint", words().history_none));
  for (const entry of answer.entries) {
    const card = make("article", "change");
    const person = personOf(entry.person);
    const label = labels[entry.field] ? labels[entry.field][side()] : entry.field;
    const time = new Date(entry.at * 1000).toLocaleString(state.lang === "zh" ? "zh-CN" : "en-GB");
    card.append(make("small", "", [time, entry.by, words().acts[entry.act] || entry.act, person ? person.name : "", label].filter(Boolean).join(" · ")));
    const [was, is] = pieces(entry.before, entry.after);
    for (const [kind, [lead, middle, rest]] of [["was", was], ["is", is]]) {
      const line = make("p", kind, lead);
      line.append(make(kind === "was" ? "del" : "ins", "", middle.slice(0, 300)), rest);
      card.append(line);
    }
    card.append(button(words().back_to, `${words().back_to} · ${label} · ${time}`, async () => {
      const done = await order({ do: "revert", entry: entry.n, field: entry.field });
      if (!done.ok) return say(done);
      await form.refresh();
      show(body, file);
    }));
    parts.push(card);
  }
  body.replaceChildren(...parts);
}
