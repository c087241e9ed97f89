// A portrait: dropped or chosen, its focus set on the face, its crop shown as it
// prints.

import { make } from "/state.js";
import { words } from "/words.js";
import { bring, who } from "/api.js";
import { button, labelled } from "/fields.js";

// Gives a person a photo.
export const put = (id, file) => bring("/photo", { person: id, by: who() }, file);

export function photo({ id, value, now, card, about, limits, typed, failed, done }) {
  const box = make("div", "photo");
  const input = make("input");
  input.type = "file";
  input.accept = "image/jpeg,image/png,image/tiff,image/webp";
  input.className = "visually-hidden";
  input.tabIndex = -1;
  input.setAttribute("aria-label", words().choose_photo);
  const bringIn = async file => {
    if (!file) return;
    const answer = await put(id, file);
    if (answer.ok) done();
    else failed(answer);
  };
  input.onchange = () => bringIn(input.files[0]);
  const choose = button(value ? words().change_photo : words().choose_photo, "", () => input.click());
  for (const kind of ["dragover", "drop"]) {
    box.addEventListener(kind, event => {
      event.preventDefault();
      event.stopPropagation();
      if (kind === "drop") bringIn(event.dataTransfer.files[0]);
    });
  }
  const tools = make("div", "tools");
  tools.append(choose, input);
  if (!value || !value.file) {
    box.append(make("p", "hint", words().drop_photo), tools);
    return box;
  }
  const focus = value.focus || [0.5, 0.35];
  const source = `/photo?${new URLSearchParams({ file: value.file })}`;
  const kept = part => Math.round(Math.min(1, Math.max(0, part)) * 1000) / 1000;
  // What is set is set in the photo as it is now, not as it was drawn.
  const set = (x, y, scale) => {
    const value = now() || {};
    const [oldX, oldY] = value.focus || [0.5, 0.35];
    const next = { ...value, focus: [kept(x ?? oldX), kept(y ?? oldY)] };
    const large = scale ?? value.scale;
    if (large && large !== 1) next.scale = large;
    else delete next.scale;
    typed(next);
  };

  const whole = make("div", "whole");
  const picture = make("img");
  picture.src = source;
  picture.alt = words().photo;
  picture.draggable = false;
  const point = make("span", "point");
  point.style.left = `${focus[0] * 100}%`;
  point.style.top = `${focus[1] * 100}%`;
  whole.append(picture);
  if (card && card.file === value.file) {
    const [left, top, right, bottom] = card.crop;
    const crop = make("span", "crop");
    crop.style.inset = `${top * 100}% ${(1 - right) * 100}% ${(1 - bottom) * 100}% ${left * 100}%`;
    whole.append(crop);
  }
  whole.append(point);
  whole.title = words().focus;
  whole.onclick = event => {
    const area = picture.getBoundingClientRect();
    set((event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height);
  };

  const side = make("div", "aside");
  if (card && card.file === value.file) side.append(printed(card, source));
  box.append(whole, side, facts(card, about, limits, value));
  const slider = (label, part, most, least, step, act) => {
    const range = make("input");
    range.type = "range";
    range.min = least;
    range.max = most;
    range.step = step;
    range.value = part;
    range.onchange = () => act(Number(range.value));
    return labelled(label, range);
  };
  const sliders = make("div", "sliders");
  sliders.append(
    slider(words().focus_x, focus[0], 1, 0, 0.01, x => set(x, undefined)),
    slider(words().focus_y, focus[1], 1, 0, 0.01, y => set(undefined, y)),
    slider(words().scale, value.scale || 1, 3, 1, 0.05, scale => set(undefined, undefined, scale)),
  );
  tools.append(button(words().remove_photo, "", () => typed(undefined)));
  const full = card && card.file === value.file && card.crop[2] - card.crop[0] > 0.995;
  box.append(make("p", "hint", full ? `${words().focus}。${words().full_width}` : words().focus), sliders, tools);
  return box;
}

// The part that shows, as large as there is room for.
function printed(card, source) {
  const [left, top, right, bottom] = card.crop;
  const [width, height] = card.size;
  const figure = make("figure", "printed");
  const window = make("div", "window");
  window.style.aspectRatio = `${width} / ${height}`;
  const picture = make("img");
  picture.src = source;
  picture.alt = "";
  picture.style.width = `${100 / (right - left)}%`;
  picture.style.left = `${(-left / (right - left)) * 100}%`;
  picture.style.top = `${(-top / (bottom - top)) * 100}%`;
  window.append(picture);
  figure.append(window, make("figcaption", "", words().printed));
  return figure;
}

function facts(card, about, limits, value) {
  const list = make("p", "facts");
  if (card && card.file === value.file) {
    list.append(make("span", card.ppi < limits[0] ? "bad" : "good", words().ppi(card.pixels[0], card.pixels[1], card.ppi)));
    if (card.ppi < limits[0]) list.append(` · ${words().ppi_low}`);
  }
  if (about && about.alpha) list.append(` · ${words().transparent}`);
  if (about && about.width > about.height) list.append(` · ${words().landscape}`);
  return list;
}
