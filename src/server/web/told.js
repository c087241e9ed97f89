// What is said in passing, and what is asked: sentences at the foot of the page,
// and dialogs.

import { state, byId, make } from "/state.js";
import { words } from "/words.js";
import { button } from "/fields.js";

let timer = 0;

// Says a sentence, or why an order was refused.
export function say(answer) {
  const text = typeof answer === "string" ? answer
    : answer.message ? answer.message[state.lang]
    : answer.reason === "lost" ? words().lost
    : answer.status === 413 ? words().too_large
    : answer.ok === false ? words().lost : "";
  const box = byId("told");
  box.textContent = text;
  clearTimeout(timer);
  if (text) timer = setTimeout(() => { box.textContent = ""; }, 8000);
}

// A dialog with what `fill` puts into it; comes to what it was closed with.
export function dialog(title, fill) {
  const box = make("dialog");
  const head = make("h2", "", title);
  head.id = `dialog-${Date.now()}`;
  box.setAttribute("aria-labelledby", head.id);
  const body = make("div", "dialog-body");
  const close = value => { box.returnValue = ""; box.remove(); ended(value); };
  let ended = () => {};
  const closing = new Promise(resolve => { ended = resolve; });
  const shut = button("✕", words().close, () => close(undefined));
  shut.className = "shut";
  box.append(head, shut, body);
  box.addEventListener("cancel", event => { event.preventDefault(); close(undefined); });
  document.body.append(box);
  fill(body, close);
  box.showModal();
  return closing;
}

export function confirmed(question) {
  return dialog(words().yes, (body, close) => {
    const foot = make("div", "dialog-foot");
    const yes = button(words().yes, "", () => close(true));
    yes.className = "main";
    foot.append(button(words().cancel, "", () => close(false)), yes);
    body.append(make("p", "", question), foot);
  });
}

export function asked(question, quoted, value = "") {
  return dialog(question, (body, close) => {
    const form = make("form");
    const input = make("input");
    input.value = value;
    input.setAttribute("aria-label", question);
    const foot = make("div", "dialog-foot");
    const yes = make("button", "main", words().ok);
    foot.append(button(words().cancel, "", () => close(undefined)), yes);
    if (quoted) form.append(make("blockquote", "", quoted));
    form.append(input, foot);
    form.onsubmit = event => { event.preventDefault(); close(input.value.trim() || undefined); };
    body.append(form);
    setTimeout(() => input.focus());
  });
}
