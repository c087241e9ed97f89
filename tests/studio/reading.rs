//! Readers on their phones: pictures and comments behind a secret that ends,
//! and nothing else.

use serde_json::{Value, json};

use super::{Studio, WANG_QI};
use crate::support::Project;
use crate::support::browser::{Browser, request};

/// A door that is open: its port and the path with the secret.
struct Door {
    port: u16,
    path: String,
}

fn opened(studio: &Studio) -> Door {
    let order = json!({ "do": "open", "address": "127.0.0.1", "hours": 1 });
    let (status, answer) = studio.post("/review", order.to_string().as_bytes());
    assert_eq!(status, 200, "{answer}");
    let address = answer["open"]["address"].as_str().unwrap();
    let (host, path) = address.strip_prefix("http://127.0.0.1:").unwrap().split_once('/').unwrap();
    let code = answer["open"]["code"].as_array().unwrap();
    assert!(code.len() >= 21 && code.iter().all(|row| row.as_str().unwrap().len() == code.len()));
    Door { port: host.parse().unwrap(), path: format!("/{path}") }
}

impl Door {
    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        request(self.port, "GET", &format!("{}{path}", self.path), &[], "")
    }

    fn say(&self, said: &Value, field: &str) -> u16 {
        let origin = format!("http://127.0.0.1:{}", self.port);
        let headers = [("Origin", origin.as_str()), (field, "1")];
        request(self.port, "POST", &format!("{}say", self.path), &headers, said.to_string()).0
    }
}

#[test]
fn readers_see_pictures_and_leave_comments() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    // Off until it is asked for.
    assert_eq!(studio.json("/review.json")["open"], Value::Null);
    let door = opened(&studio);
    assert_eq!(door.get("").0, 200);
    let book: Value = serde_json::from_slice(&door.get("book.json").1).unwrap();
    let page = book["pages"].as_array().unwrap().iter().rfind(|page| page["person"] == "wang-qi").unwrap();
    let hash = page["hash"].as_str().unwrap();
    assert_eq!(door.get(&format!("page/{hash}/100.png")).0, 200);
    // No findings, no files, no folders.
    let told = book.to_string();
    assert!(!told.contains("data/") && !told.contains("findings") && !told.contains(project.dir()), "{told}");

    // Words at a place, said something of, found again after the text moved.
    let words: Value =
        serde_json::from_slice(&door.get(&format!("words.json?page={hash}&x=60&y=85")).1).unwrap();
    assert_eq!((&words["person"], &words["field"]), (&json!("wang-qi"), &json!("article")), "{words}");
    let quoted = words["words"].as_str().unwrap().to_owned();
    let text = project.read(WANG_QI);
    assert!(quoted.chars().count() > 3 && text.contains(&quoted), "{quoted}");
    let said = json!({ "by": "李局长", "say":
        { "person": "wang-qi", "field": "article", "words": quoted, "text": "请核对这个数" } });
    assert_eq!(door.say(&said, "X-Fengcai"), 200);
    let spot = |studio: &Studio| studio.json("/comments.json")["comments"][0]["spot"].clone();
    let first = spot(&studio);
    assert_eq!(first["page"], page["n"]);
    let before: Value = serde_json::from_str(&text).unwrap();
    let mut article = before["article"].clone();
    article.as_array_mut().unwrap().insert(0, json!("前面多了一段话，后面的字都往下移了一行。"));
    assert_eq!(studio.edit(WANG_QI, "article", before["article"].clone(), article).0, 200);
    studio.until(|book| !book["pages"].to_string().contains(hash));
    let later = spot(&studio);
    assert!(later["area"][1].as_f64() > first["area"][1].as_f64(), "{first} {later}");
    let comments: Value = serde_json::from_str(&project.read("data/comments.json")).unwrap();
    assert_eq!(comments[0]["by"], "李局长");
    studio.done(json!({ "do": "comment", "remark": { "settle": { "id": 1, "done": true } } }));
    assert_eq!(studio.json("/comments.json")["comments"][0]["done"], true);
}

/// The secret of readers opens no other door, and is worth nothing once it is
/// taken back.
#[test]
fn the_readers_secret_writes_nothing_else_and_ends() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let door = opened(&studio);
    let text = project.read(WANG_QI);
    let token = door.path.split('/').nth(2).unwrap().to_owned();
    assert_eq!(token.len(), 32);
    let order = json!({ "do": "edit", "file": WANG_QI, "changes": [{ "field": "name", "after": "王八" }] })
        .to_string();
    let own = format!("http://127.0.0.1:{}", door.port);
    for path in ["do", "photo?person=wang-qi", "incoming?name=a", "review", "../do"] {
        let headers = [("Origin", own.as_str()), ("X-Fengcai", "1")];
        let (status, _) = request(door.port, "POST", &format!("{}{path}", door.path), &headers, &order);
        assert!(status == 403 || status == 404, "{path}: {status}");
        assert_eq!(door.get(path).0, 404, "{path}");
    }
    for path in [
        "data.json?file=data/booklet.json",
        "history.json",
        "schemas.json",
        "output?file=booklet.pdf",
        "photo?file=photos/a.jpg",
        "making.json",
    ] {
        assert_eq!(door.get(path).0, 404, "{path}");
    }
    // At the editor's own door it is no cookie and no token.
    let cookie = format!("fengcai-{}={token}", studio.port);
    let origin = format!("http://127.0.0.1:{}", studio.port);
    let headers = [("Cookie", cookie.as_str()), ("Origin", origin.as_str()), ("X-Fengcai", "1")];
    assert_eq!(request(studio.port, "POST", "/do", &headers, &order).0, 403);
    assert_eq!(request(studio.port, "GET", &format!("/?token={token}"), &[], "").0, 403);
    // Another secret, another host, another site, no field of its own.
    let said = json!({ "by": "甲", "say": { "text": "看" } });
    assert_eq!(request(door.port, "GET", &format!("/s/{}/", "0".repeat(32)), &[], "").0, 404);
    assert_eq!(request(door.port, "GET", "/", &[], "").0, 404);
    assert_eq!(request(door.port, "GET", &door.path, &[("Host", "example.org")], "").0, 404);
    assert_eq!(door.say(&said, "X-Other"), 403);
    let foreign = [("Origin", "http://example.org"), ("X-Fengcai", "1")];
    assert_eq!(request(door.port, "POST", &format!("{}say", door.path), &foreign, said.to_string()).0, 404);
    // What is said has a budget, and is text.
    assert_eq!(door.say(&json!({ "by": "甲", "say": { "text": "长".repeat(2000) } }), "X-Fengcai"), 413);
    assert_eq!(door.say(&json!({ "by": "甲", "say": { "text": "\u{1b}[31m" } }), "X-Fengcai"), 400);
    assert_eq!(door.say(&json!({ "by": "甲", "say": { "text": "看", "file": "x" } }), "X-Fengcai"), 400);
    assert_eq!(project.read(WANG_QI), text);
    // Only an address of this machine.
    let order = json!({ "do": "open", "address": "8.8.8.8", "hours": 1 });
    assert_eq!(studio.post("/review", order.to_string().as_bytes()).0, 422);
    // What is made, and where, is no matter of theirs.
    let door = opened(&studio);
    let mut events = std::net::TcpStream::connect(("127.0.0.1", door.port)).unwrap();
    let head = format!("GET {}events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", door.path, door.port);
    std::io::Write::write_all(&mut events, head.as_bytes()).unwrap();
    studio.done(json!({ "do": "make", "targets": ["screen"] }));
    assert_eq!(studio.made()["done"], true);
    events.set_read_timeout(Some(std::time::Duration::from_millis(300))).unwrap();
    let mut told = Vec::new();
    let _ = std::io::Read::read_to_end(&mut events, &mut told);
    let told = String::from_utf8_lossy(&told).into_owned();
    assert!(
        told.contains("text/event-stream") && !told.contains("making") && !told.contains("out"),
        "{told}"
    );
    // Taken back: the same address shows nothing any more.
    assert_eq!(door.get("book.json").0, 200);
    assert_eq!(studio.post("/review", br#"{"do":"close"}"#).1["open"], Value::Null);
    let gone = std::panic::catch_unwind(|| door.get("book.json").0).unwrap_or(404);
    assert_eq!(gone, 404);
}

/// On a phone: one page, a touch, a comment that stays at its words.
#[test]
fn a_phone_reads_and_comments() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let door = opened(&studio);
    let Some(browser) = Browser::open(&format!("http://127.0.0.1:{}{}", door.port, door.path)) else {
        return;
    };
    browser.resize(390, 844, 3.0);
    browser.wait("document.querySelector('.page img')?.complete");
    browser.run("for (let i = 0; i < 13; i++) document.querySelector('#next').click()");
    browser.wait("document.querySelector('#name').textContent.includes('王琦') && document.querySelector('.page img').complete");
    browser.run("const r = document.querySelector('.page').getBoundingClientRect(); document.querySelector('.page').dispatchEvent(new MouseEvent('click', { clientX: r.left + r.width * .3, clientY: r.top + r.height * .3, bubbles: true }))");
    browser.wait("document.querySelector('#about').textContent.includes('“')");
    browser.run("document.querySelector('#by').value = '李局长'");
    browser.click("#text");
    browser.keys("这里请核对");
    browser.click("#send");
    browser.wait("document.querySelectorAll('#comments li').length === 1 && document.querySelector('.pin')");
    browser.click("#fine");
    browser.wait("document.querySelectorAll('#comments li').length === 2");
    let wide = browser.run("return document.documentElement.scrollWidth - innerWidth");
    assert!(wide.as_i64().unwrap() <= 0, "{wide}");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    browser.shot("review-390");
}
