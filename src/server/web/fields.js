// Inputs drawn from a JSON Schema: what a form has for any field of the data.

import { make, side } from "/state.js";
import { words } from "/words.js";

// What is composed in; one that left the page composes nothing any more.
let composed = null;
const waiting = new Map();
document.addEventListener("compositionstart", event => { composed = event.target; }, true);
document.addEventListener("compositionend", () => {
  composed = null;
  setTimeout(() => {
    if (isComposing()) return;
    const acts = [...waiting.values()];
    waiting.clear();
    acts.forEach(act => act());
  });
}, true);
export const isComposing = () => Boolean(composed && composed.isConnected);

// Does something now, or, where an input method composes, when it has: of
// several of one name the last.
export function whenIdle(name, act) {
  if (isComposing()) waiting.set(name, act);
  else act();
}

// Tells of what is typed, never in the middle of a composition.
export function listen(input, typed) {
  const now = () => typed(input.value);
  input.addEventListener("input", event => { if (!event.isComposing && !isComposing()) now(); });
  input.addEventListener("compositionend", now);
}

let serial = 0;
export function labelled(text, input, hint) {
  const box = make("div", "field");
  input.id = input.id || `in-${++serial}`;
  const label = make("label", "", text);
  label.htmlFor = input.id;
  box.append(label);
  if (hint) {
    const small = make("small", "hint", hint);
    small.id = `${input.id}-hint`;
    input.setAttribute("aria-describedby", small.id);
    box.append(small);
  }
  box.append(input);
  return box;
}

// A textarea as high as its text.
export function area(value, rows = 1) {
  const input = make("textarea");
  input.value = value || "";
  input.rows = rows;
  const fit = () => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  };
  input.addEventListener("input", fit);
  new ResizeObserver((entries, observer) => { if (!input.isConnected) observer.disconnect(); else if (input.offsetWidth) fit(); }).observe(input);
  return input;
}

const halves = description => {
  const [zh, en] = (description || "").split(/(?<=[。）])\s+(?=[A-Z])/);
  // What is said in one language alone is said in that.
  return /\p{Script=Han}/u.test(zh || "") ? [zh, en || zh] : ["", zh || ""];
};

// What people call a field, and what there is to say of it.
export function named(schema, path, labels, key) {
  const pattern = path.replace(/\[\d+\]/g, "[#]");
  const number = /\[(\d+)\]$/.exec(path);
  const known = labels[pattern] || labels[path];
  const [zh, en] = halves(schema.description);
  const first = text => text.split(/[，。；：,;.]/)[0];
  const own = side() ? en : zh;
  const name = known ? known[side()].replace("#", number ? Number(number[1]) + 1 : "")
    : number ? words().item(Number(number[1]) + 1) : words().fields[key] || first(own) || key;
  const hint = number ? "" : own;
  return { name, hint: hint && hint.replace(/[。.]$/, "") !== name ? hint : "" };
}

export function resolve(schema, root) {
  let known = schema;
  while (known && known.$ref) known = { ...known, $ref: undefined, ...pointed(known.$ref, root), description: known.description || pointed(known.$ref, root).description };
  return known || {};
}
const pointed = (ref, root) => ref.replace("#/", "").split("/").reduce((inner, step) => inner[step], root);

const kind = schema => (Array.isArray(schema.type) ? schema.type.find(type => type !== "null") : schema.type);

// The inputs for a value; `typed` is told of another one, and of nothing where
// it was emptied.
export function inputs(schema, value, path, context, typed) {
  const { root, labels } = context;
  const known = resolve(schema, root);
  const key = path.split(/[.[\]]+/).filter(Boolean).pop();
  const { name, hint } = named(known, path, labels, key);
  const box = drawn(known, value, path, context, typed, name, hint);
  box.dataset.path = path;
  return box;
}

function drawn(schema, value, path, context, typed, name, hint) {
  const choices = schema.enum || (schema.oneOf && schema.oneOf.every(one => one.const !== undefined) && schema.oneOf.map(one => one.const));
  if (choices) return labelled(name, select(choices, value, typed), hint);
  switch (kind(schema)) {
    case "object": return object(schema, value, path, context, typed, name, hint);
    case "array": return list(schema, value, path, context, typed, name, hint);
    case "boolean": {
      const input = make("input");
      input.type = "checkbox";
      input.checked = value === true;
      input.onchange = () => typed(input.checked);
      return labelled(name, input, hint);
    }
    case "integer":
    case "number": {
      const input = make("input");
      input.type = "number";
      input.step = kind(schema) === "integer" ? 1 : "any";
      input.value = value === undefined ? "" : value;
      input.onchange = () => typed(input.value === "" ? undefined : Number(input.value));
      return labelled(name, input, hint);
    }
    default: {
      const long = (schema.maxLength || 500) > 100;
      const input = long ? area(value) : make("input");
      if (!long) input.value = value || "";
      listen(input, text => typed(text === "" ? undefined : text));
      return labelled(name, input, hint);
    }
  }
}

function select(choices, value, typed) {
  const input = make("select");
  input.append(new Option("—", ""), ...choices.map(choice => new Option(words().choices[choice] || choice, choice)));
  input.value = value === undefined ? "" : value;
  input.onchange = () => typed(input.value === "" ? undefined : input.value);
  return input;
}

function object(schema, value, path, context, typed, name, hint) {
  const box = make("fieldset", "group");
  box.append(make("legend", "", name));
  if (hint) box.append(make("small", "hint", hint));
  const whole = value && typeof value === "object" ? { ...value } : {};
  for (const [key, inner] of Object.entries(schema.properties || {})) {
    if (key.startsWith("$")) continue;
    box.append(inputs(inner, whole[key], path ? `${path}.${key}` : key, context, next => {
      if (next === undefined) delete whole[key];
      else whole[key] = next;
      typed(Object.keys(whole).length ? { ...whole } : undefined);
    }));
  }
  return box;
}

function list(schema, value, path, context, typed, name, hint) {
  const box = make("fieldset", "group list");
  const entries = Array.isArray(value) ? [...value] : [];
  const item = resolve(schema.items || {}, context.root);
  const tell = () => typed(entries.length ? [...entries] : undefined);
  const redraw = () => {
    const rows = entries.map((entry, index) => {
      const row = make("div", "row");
      row.append(inputs(item, entry, `${path}[${index}]`, context, next => {
        entries[index] = next === undefined ? (kind(item) === "object" ? {} : "") : next;
        tell();
      }));
      const tools = make("div", "tools");
      tools.append(
        button("↑", `${words().up} · ${words().item(index + 1)}`, () => swap(index, index - 1), index === 0),
        button("↓", `${words().down} · ${words().item(index + 1)}`, () => swap(index, index + 1), index === entries.length - 1),
        button("✕", `${words().remove} · ${words().item(index + 1)}`, () => { entries.splice(index, 1); tell(); redraw(); }),
      );
      row.append(tools);
      return row;
    });
    const add = button(`＋ ${words().add}`, `${words().add} · ${name}`, () => {
      entries.push(kind(item) === "object" ? {} : "");
      redraw();
      const last = box.querySelectorAll(".row");
      const input = last[last.length - 1].querySelector("input, textarea, select");
      if (input) input.focus();
    });
    add.classList.add("add");
    box.replaceChildren(make("legend", "", name), ...(hint ? [make("small", "hint", hint)] : []), ...rows, add);
  };
  const swap = (a, b) => {
    [entries[a], entries[b]] = [entries[b], entries[a]];
    tell();
    redraw();
  };
  redraw();
  return box;
}

export function button(text, label, act, disabled = false) {
  const element = make("button", "", text);
  element.type = "button";
  // A name that is spoken begins with what is read.
  const sign = !/[\p{L}\p{N}]/u.test(text);
  if (label && label !== text) {
    element.setAttribute("aria-label", sign || label.includes(text) ? label : `${text} · ${label}`);
    element.title = label;
  }
  element.onclick = act;
  element.disabled = disabled;
  return element;
}
