// The persons on one side, what was found on the other.

import { state, byId, text, make, put } from "/state.js";
import { isAbout } from "/pages.js";

// Persons whose name, file or post holds what is looked for.
export function listPeople(go) {
  const wanted = byId("find").value.trim();
  const { book } = state;
  const people = book.persons.filter(p => [p.name, p.id, p.post].some(words => words.includes(wanted)));
  put(byId("people"), [state.lang, people, book.findings], () => people.map(person => {
    const item = make("li");
    const button = make("button", "", person.name);
    button.dataset.page = person.page;
    const told = book.findings.filter(finding => finding.person && finding.person.id === person.id);
    const marks = [
      told.some(finding => finding.severity === "error") && make("span", "dot error", "●"),
      told.length > 0 && !told.some(finding => finding.severity === "error") && make("span", "dot warning", "●"),
      make("span", "number", person.page),
    ].filter(Boolean);
    if (told.length) button.setAttribute("aria-label", `${person.name} · ${text().page(person.page)} · ${text().problems(told.length)}`);
    button.append(...marks);
    button.title = person.post;
    button.onclick = () => go(person.page);
    item.append(button);
    return item;
  }));
}

function item(finding, index, jump, copy) {
  const element = make("li", `finding ${finding.severity}`);
  const place = finding.file ? `${finding.file}:${finding.line}:${finding.column}` : "";
  const label = finding.label ? finding.label[state.lang] : "";
  const who = finding.person ? finding.person.name || finding.person.id : "";
  const head = make("button", "go");
  const more = finding.more ? ` ${text().more(finding.more)}` : "";
  head.append(make("b", "", finding.code), ` ${finding.message[state.lang]}${more}`);
  const about = [who, label, finding.page && text().page(finding.page)].filter(Boolean).join(" · ");
  if (about) head.append(make("small", "", about));
  head.onclick = () => jump(index);
  element.append(head);
  const [before, wrong, after] = finding.excerpt;
  if (before || wrong || after) {
    const quote = make("p", "excerpt", before);
    quote.append(make("mark", "", wrong), after);
    element.append(quote);
  }
  const actions = state.actions ? state.actions(finding) : [];
  if (actions.length) element.append(...actions);
  // Where a button does it nobody need be told what to write into a file.
  else if (finding.hint[state.lang]) element.append(make("p", "hint", finding.hint[state.lang]));
  if (place) {
    const link = make("button", "where", place);
    link.title = text().copy(place);
    link.onclick = () => { jump(index); copy(place); };
    element.append(link);
  }
  return element;
}

export function listFindings(jump, copy) {
  const { findings } = state.book;
  put(byId("findings"), [state.lang, findings], () => {
    const items = findings.map((finding, index) => item(finding, index, jump, copy));
    return items.length ? items : [make("li", "", text().none)];
  });
  byId("count").textContent = findings.length || "";
}

// Marks the finding that was chosen, or those about an area.
export function choose(page, area) {
  const items = [...byId("findings").children];
  state.book.findings.forEach((finding, index) => {
    const chosen = area ? isAbout(finding, area, page) : state.finding === index;
    items[index].classList.toggle("chosen", chosen);
  });
  const first = items.find(item => item.classList.contains("chosen"));
  if (first) first.scrollIntoView({ block: "nearest" });
}
