// What the page asks of the server: orders with the field that only this page
// sends, files as they are, and who is at the desk.

const WHO = "fengcai.by";

export const who = () => localStorage.getItem(WHO) || "";
export const setWho = name => localStorage.setItem(WHO, name.trim());

async function answer(response) {
  const text = await response.text();
  let json = null;
  try { json = JSON.parse(text); } catch { json = { ok: false, reason: "lost" }; }
  return { ...json, ok: response.ok && json.ok !== false, status: response.status };
}

const lost = { ok: false, reason: "lost", status: 0 };

async function post(path, body, type) {
  try {
    return await answer(await fetch(path, { method: "POST", body, headers: { "X-Fengcai": "1", "Content-Type": type } }));
  } catch {
    return lost;
  }
}

export const order = what => post("/do", JSON.stringify({ by: who(), ...what }), "application/json");
export const review = what => post("/review", JSON.stringify(what), "application/json");
export const bring = (path, asked, file) => post(`${path}?${new URLSearchParams(asked)}`, file, "application/octet-stream");

export async function load(path, asked = {}) {
  try {
    return await answer(await fetch(`${path}?${new URLSearchParams(asked)}`, { cache: "no-store" }));
  } catch {
    return lost;
  }
}
