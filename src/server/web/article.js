// The article, a textarea a paragraph, over a layer that marks what was taken
// from it and what is wrong with it; and what selected words may be taken as.

import { make } from "/state.js";
import { words } from "/words.js";
import { listen, button, isComposing } from "/fields.js";
import { moved, shifted } from "/places.js";

// Ranges of a paragraph that stand elsewhere too: quote, evidence, honours.
function taken(text, person) {
  const pieces = [
    [person.quote, "quote"],
    ...(person.figures || []).map(figure => [figure && figure.evidence, "figure"]),
    ...((person.honours || {}).community || []).map(honour => [honour, "honour"]),
    ...((person.honours || {}).personal || []).map(honour => [honour, "honour"]),
  ];
  const found = [];
  for (const [piece, kind] of pieces) {
    if (!piece || piece.length < 2) continue;
    const at = text.indexOf(piece);
    if (at >= 0) found.push({ from: at, to: at + piece.length, kind });
  }
  return found;
}

// The text in pieces, each with the kinds of marks over it.
function layered(text, ranges) {
  const cuts = [...new Set([0, text.length, ...ranges.flatMap(range => [range.from, range.to])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1];
    const kinds = ranges.filter(range => range.from <= from && range.to >= to).map(range => range.kind);
    const piece = text.slice(from, to);
    return kinds.length ? make("mark", [...new Set(kinds)].join(" "), piece) : document.createTextNode(piece);
  });
}

// Where the words of a finding stand in a paragraph.
function wrong(text, findings) {
  return findings.flatMap(finding => {
    const [before, at] = finding.excerpt;
    const plain = piece => piece.replace(/…/g, "");
    const where = text.indexOf(plain(before) + at);
    const from = where >= 0 ? where + plain(before).length : text.indexOf(at);
    return at && from >= 0 && at.length < text.length ? [{ from, to: from + at.length, kind: finding.severity }] : [];
  });
}

// Draws the article of a person. `typed` is told of other paragraphs, `take` of
// selected words and what they are taken as.
export function article({ paragraphs, person, findings, typed, take }) {
  const box = make("div", "article");
  const list = [...(paragraphs && paragraphs.length ? paragraphs : [""])];
  const tell = () => typed([...list]);
  const bar = make("div", "taking");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words().take);
  bar.hidden = true;
  let chosen = null;

  const kinds = ["quote", "figure", "community", "personal", "note"];
  kinds.forEach((kind, index) => {
    const element = button("", "", () => use(kind));
    element.append(`${words()[`take_${kind}`]} `, make("kbd", "", `Alt+${index + 1}`));
    element.onmousedown = event => event.preventDefault();
    bar.append(element);
  });

  function use(kind) {
    if (!chosen) return;
    take(kind, chosen.text, chosen.paragraph, list[chosen.index]);
    bar.hidden = true;
  }

  function select(input, index) {
    const { selectionStart: from, selectionEnd: to } = input;
    const text = input.value.slice(from, to).trim();
    chosen = text.length > 1 ? { text, index, paragraph: index } : null;
    bar.hidden = !chosen;
    if (chosen) input.closest(".paragraph").after(bar);
  }

  function draw(focus, caret) {
    const rows = list.map((text, index) => {
      const row = make("div", "paragraph");
      row.dataset.path = `article[${index}]`;
      const edit = make("div", "edit");
      const under = make("div", "under");
      under.setAttribute("aria-hidden", "true");
      const input = make("textarea");
      input.value = text;
      input.spellcheck = false;
      input.setAttribute("aria-label", words().paragraph(index + 1));
      const mark = () => {
        const told = findings().filter(finding => finding.field === `article[${index}]`);
        under.replaceChildren(...layered(input.value, [...taken(input.value, person()), ...wrong(input.value, told)]), "\u200b");
      };
      listen(input, value => {
        if (/\n/.test(value)) return split(index, value, value.length - input.selectionEnd);
        list[index] = value;
        mark();
        tell();
      });
      input.addEventListener("input", mark);
      input.addEventListener("keydown", event => key(event, input, index));
      for (const kind of ["select", "keyup", "pointerup"]) input.addEventListener(kind, () => select(input, index));
      edit.append(under, input);
      const number = make("span", "number", index + 1);
      number.setAttribute("aria-hidden", "true");
      row.append(number, edit);
      row.mark = mark;
      mark();
      return row;
    });
    const add = button(words().add_paragraph, "", () => { list.push(""); draw(list.length - 1, 0); });
    add.classList.add("add");
    box.replaceChildren(...rows, bar, add);
    if (focus !== undefined) {
      const input = rows[focus] && rows[focus].querySelector("textarea");
      if (input) { input.focus(); input.setSelectionRange(caret, caret); }
    }
  }

  // Lines that were pasted, or parted by Enter, are paragraphs.
  function split(index, value, behind) {
    const parts = value.split(/\n+/).filter((part, at, all) => part.trim() || all.length === 1 || at === all.length - 1);
    list.splice(index, 1, ...parts);
    tell();
    const last = parts[parts.length - 1] || "";
    draw(index + parts.length - 1, Math.max(0, last.length - behind));
  }

  function key(event, input, index) {
    if (event.isComposing || isComposing()) return;
    if (event.altKey && chosen && kinds[Number(event.key) - 1]) {
      event.preventDefault();
      return use(kinds[Number(event.key) - 1]);
    }
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const at = input.selectionStart;
      list.splice(index, 1, input.value.slice(0, at), input.value.slice(input.selectionEnd));
      tell();
      return draw(index + 1, 0);
    }
    if (event.key === "Backspace" && index > 0 && input.selectionStart === 0 && input.selectionEnd === 0) {
      event.preventDefault();
      const caret = list[index - 1].length;
      list.splice(index - 1, 2, list[index - 1] + input.value);
      tell();
      return draw(index - 1, caret);
    }
  }

  draw();
  return {
    box,
    // Another's paragraphs; the caret stays where it was.
    set(next) {
      const wanted = next && next.length ? [...next] : [""];
      const focus = [...box.querySelectorAll("textarea")].indexOf(document.activeElement);
      // A paragraph that was begun and has no word yet stays.
      if (focus > 0 && focus === list.length - 1 && list[focus] === "" && wanted[wanted.length - 1] !== "") wanted.push("");
      const place = focus < 0 ? undefined : moved(list, wanted, focus);
      const caret = focus < 0 ? 0 : shifted(list[focus], wanted[place], document.activeElement.selectionStart);
      list.splice(0, list.length, ...wanted);
      draw(place, caret);
    },
    mark() { box.querySelectorAll(".paragraph").forEach(row => row.mark()); },
  };
}
