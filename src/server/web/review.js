// The page for readers: one page at a time, or two facing ones; touch a place,
// say something about it. Nothing else can be done here.

const WORDS = {
  zh: {
    review: "审读", page: n => `第 ${n} 页`, by: "您的姓名", text: "批注", send: "提交", fine: "✓ 这一位没有意见", facing: "↔ 看对页", single: "↔ 看单页",
    touch: "点画面任一处，写批注", on: words => `说的是：“${words}”`, whole: "说的是这一页", sent: "已提交，谢谢。", who: "请先写您的姓名", empty: "请先写批注", lost: "连不上，写的还在这里", over: "链接已失效，请向编辑要新的", nothing: "没有意见",
    kinds: { title: "扉页", contents: "目录", verso: "左页", recto: "右页", colophon: "版权页", blank: "空白页", front: "封面", back: "封底" }, previous: "上一页", next: "下一页", pin: n => `批注 ${n}`,
  },
  en: {
    review: "Review", page: n => `page ${n}`, by: "Your name", text: "Comment", send: "Send", fine: "✓ Nothing to say here", facing: "↔ Two pages", single: "↔ One page",
    touch: "Touch any place and write", on: words => `About “${words}”`, whole: "About this page", sent: "Sent, thank you.", who: "Write your name first", empty: "Write a comment first", lost: "No connection; what you wrote is still here", over: "This link has ended; ask for a new one", nothing: "nothing to say",
    kinds: { title: "title page", contents: "contents", verso: "verso", recto: "recto", colophon: "colophon", blank: "blank", front: "front cover", back: "back cover" }, previous: "Previous page", next: "Next page", pin: n => `Comment ${n}`,
  },
};
const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const words = WORDS[lang];
const byId = id => document.getElementById(id);
const make = (tag, className, content) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (content !== undefined) element.textContent = content;
  return element;
};

let book = null;
let comments = [];
let at = Number.parseInt(location.hash.slice(1), 10) || 0;
let wide = false;
let about = null;

const shown = () => {
  const page = book.pages[at];
  if (!wide || !page) return [page].filter(Boolean);
  const even = page.n - (page.n % 2);
  return book.pages.filter(other => other.n === even || other.n === even + 1);
};
const personOf = id => book.persons.find(person => person.id === id);

function draw() {
  if (!book || !book.pages.length) return;
  at = Math.max(0, Math.min(at, book.pages.length - 1));
  const pages = shown();
  const page = book.pages[at];
  const person = personOf(page.person);
  byId("name").textContent = `${words.review} · ${person ? `${person.name} · ` : ""}${words.kinds[page.kind] || page.kind}`;
  byId("where").textContent = `${page.n} / ${book.pages[book.pages.length - 1].n}`;
  byId("sheet").replaceChildren(...pages.map(box));
  byId("facing").textContent = wide ? words.single : words.facing;
  byId("fine").hidden = !person;
  list(pages);
  tellAbout();
  history.replaceState(null, "", `#${at}`);
}

// The page without its bleed, and the pins of what was said about it.
function box(page) {
  const [width, height] = book.trim;
  const { bleed } = book;
  const recto = page.kind === "front" || (page.n % 2 === 1 && page.kind !== "back");
  const [left, right] = recto ? [bleed.inside, bleed.outside] : [bleed.outside, bleed.inside];
  const element = make("div", "page");
  element.style.aspectRatio = `${width} / ${height}`;
  // A page is seen whole above what is said of it.
  element.style.maxWidth = `${(62 * width) / height}vh`;
  const picture = make("img");
  const ppi = Math.min(400, Math.ceil((Math.min(innerWidth, 544) * devicePixelRatio) / (width / 25.4)));
  picture.src = `page/${page.hash}/${ppi}.png`;
  const person = personOf(page.person);
  picture.alt = `${words.page(page.n)} · ${person ? person.name : words.kinds[page.kind] || page.kind}`;
  picture.style.width = `${((width + left + right) / width) * 100}%`;
  picture.style.marginLeft = `${(-left / width) * 100}%`;
  picture.style.marginTop = `${(-bleed.top / width) * 100}%`;
  element.append(picture);
  const place = (area, node) => {
    node.style.left = `${(area[0] / width) * 100}%`;
    node.style.top = `${(area[1] / height) * 100}%`;
    return node;
  };
  if (about && about.spot && about.page === page.hash) {
    const mark = place(about.spot, make("span", "spot"));
    mark.style.width = mark.style.height = "1.2rem";
    mark.style.marginLeft = mark.style.marginTop = "-.6rem";
    element.append(mark);
  }
  for (const comment of here([page])) {
    if (!comment.spot || comment.spot.page !== page.n || !comment.text) continue;
    const pin = place(comment.spot.area, make("button", "pin", comment.id));
    pin.setAttribute("aria-label", words.pin(comment.id));
    pin.onclick = event => { event.stopPropagation(); byId(`c${comment.id}`)?.scrollIntoView({ block: "nearest" }); };
    element.append(pin);
  }
  element.onclick = event => touch(event, element, page);
  return element;
}

const here = pages => comments.filter(comment => pages.some(page => (comment.spot ? comment.spot.page === page.n : comment.person === page.person)));

function list(pages) {
  byId("comments").replaceChildren(...here(pages).map(comment => {
    const line = make("li", comment.done ? "done" : "", `${comment.id}  ${comment.text || words.nothing}`);
    line.id = `c${comment.id}`;
    const time = new Date(comment.at * 1000).toLocaleString(lang === "zh" ? "zh-CN" : "en-GB", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
    line.append(make("small", "", [comment.by, time, comment.words && `“${comment.words}”`].filter(Boolean).join(" · ")));
    return line;
  }));
}

async function touch(event, element, page) {
  const area = element.getBoundingClientRect();
  const x = ((event.clientX - area.left) / area.width) * book.trim[0];
  const y = ((event.clientY - area.top) / area.height) * book.trim[1];
  about = { page: page.hash, spot: [x, y], person: page.person, field: "", words: "" };
  const found = await (await fetch(`words.json?${new URLSearchParams({ page: page.hash, x, y })}`)).json().catch(() => null);
  if (found) about = { ...about, ...found };
  draw();
  byId("text").focus();
}

function tellAbout() {
  byId("about").textContent = !about ? words.touch : about.words ? words.on(about.words) : words.whole;
}

async function say(text) {
  const by = byId("by").value.trim();
  if (!by) { byId("told").textContent = words.who; byId("by").focus(); return; }
  localStorage.setItem("fengcai.reader", by);
  const page = book.pages[at];
  const { person, field, words: quoted } = about || { person: page.person, field: "", words: "" };
  const body = JSON.stringify({ by, say: { person: person || null, field: field || "", words: quoted || "", text } });
  try {
    const answer = await fetch("say", { method: "POST", body, headers: { "X-Fengcai": "1", "Content-Type": "application/json" } });
    byId("told").textContent = answer.ok ? words.sent : words.over;
    if (!answer.ok) return;
  } catch {
    byId("told").textContent = words.lost;
    return;
  }
  byId("text").value = "";
  about = null;
  await update();
}

async function update() {
  try {
    const [next, said] = await Promise.all(["book.json", "comments.json"].map(async path => {
      const answer = await fetch(path, { cache: "no-store" });
      if (!answer.ok) throw answer;
      return answer.json();
    }));
    book = next;
    comments = said.comments || [];
    draw();
  } catch (problem) {
    byId("told").textContent = problem instanceof Response ? words.over : words.lost;
  }
}

function turn(by) {
  at += wide ? by * 2 : by;
  about = null;
  draw();
}

byId("by").value = localStorage.getItem("fengcai.reader") || "";
byId("desk").setAttribute("aria-label", words.text);
byId("by-label").textContent = words.by;
byId("text-label").textContent = words.text;
byId("send").textContent = words.send;
byId("fine").textContent = words.fine;
for (const [id, label, step] of [["previous", words.previous, -1], ["next", words.next, 1]]) {
  byId(id).setAttribute("aria-label", label);
  byId(id).onclick = () => turn(step);
}
byId("facing").onclick = () => { wide = !wide; draw(); };
byId("fine").onclick = () => { about = null; say(""); };
byId("say").onsubmit = event => {
  event.preventDefault();
  const text = byId("text").value.trim();
  if (text) say(text);
  else { byId("told").textContent = words.empty; byId("text").focus(); }
};
document.addEventListener("keydown", event => {
  if (event.target.matches && event.target.matches("input, textarea")) return;
  if (event.key === "ArrowLeft") turn(-1);
  if (event.key === "ArrowRight") turn(1);
});

// Swiping turns the page.
let swipe = null;
byId("sheet").addEventListener("touchstart", event => { swipe = event.touches[0]; }, { passive: true });
byId("sheet").addEventListener("touchend", event => {
  const moved = swipe ? event.changedTouches[0].clientX - swipe.clientX : 0;
  if (Math.abs(moved) > 60) turn(moved < 0 ? 1 : -1);
  swipe = null;
}, { passive: true });

const events = new EventSource("events");
events.onmessage = update;
events.addEventListener("comments", update);
update();
