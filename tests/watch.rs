//! The page of `fengcai watch`, driven by a browser, and the server under
//! requests that no browser of ours sends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::browser::{Browser, request};
use crate::support::{Project, command};

/// A running `fengcai watch`.
struct Watch {
    child: Child,
    port: u16,
}

impl Watch {
    fn start(project: &Project) -> Self {
        let mut command = command();
        command.args(["watch", project.dir(), "--port", "0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let port = address.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        let watch = Self { child, port };
        watch.until(|book| book["revision"].is_number());
        watch
    }

    fn book(&self) -> Value {
        serde_json::from_slice(&self.get("/book.json").1).unwrap_or(Value::Null)
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        request(self.port, "GET", path, &[], "")
    }

    /// Waits for a state of the book.
    fn until(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let book = self.book();
            if wanted(&book) {
                return book;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "{book:#}");
            std::thread::sleep(Duration::from_millis(15));
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn hashes(book: &Value) -> Vec<&str> {
    book["pages"].as_array().unwrap().iter().map(|page| page["hash"].as_str().unwrap()).collect()
}

const WANG_QI: &str = "data/profiles/wang-qi.json";

#[test]
fn a_browser_follows_the_data() {
    let project = Project::without_source();
    project.run("build", &[]).succeeds();
    let watch = Watch::start(&project);
    let Some(browser) = Browser::open(&format!("http://127.0.0.1:{}/", watch.port)) else { return };
    browser.wait("document.querySelectorAll('#people button').length === 10");
    assert_eq!(browser.run("return document.querySelectorAll('.changed').length"), 0);

    // All spreads as thumbnails; every picture is there.
    browser.press("o");
    browser.wait("document.querySelectorAll('.spread').length === 13");
    let pictures = "return Object.fromEntries([...document.querySelectorAll('img[data-page]')].map(i => [i.dataset.page, i.src]))";
    let before = browser.run(pictures);
    assert_eq!(before.as_object().unwrap().len(), 26);
    browser.run("for (const i of document.images) i.loading = 'eager'");
    browser.wait(
        "[...document.querySelectorAll('img[data-page]')].every(i => i.complete && i.naturalWidth > 100)",
    );

    // A name changes: its spread and the contents, nothing else.
    let text = project.read(WANG_QI);
    project.write(WANG_QI, text.replace("王琦", "王琪"));
    browser
        .wait("[...document.querySelectorAll('#people button')].some(b => b.textContent.startsWith('王琪'))");
    let moved = "[...document.querySelectorAll('img[data-page]')].every(i => i.complete && i.src.endsWith(i.dataset.source))";
    browser.wait(moved);
    let after = browser.run(pictures);
    let changed: Vec<_> =
        before.as_object().unwrap().keys().filter(|page| before[*page] != after[*page]).collect();
    assert_eq!(changed, ["12", "13", "2"].map(String::from).iter().collect::<Vec<_>>());
    assert_eq!(
        browser.run("return [...document.querySelectorAll('.changed')].map(f => f.dataset.spread)"),
        json!(["1", "6"])
    );

    // Broken data: the error with its line, and the last good spread.
    project.write(WANG_QI, text.replace("王琦", "王琪").replacen("\",", "\"", 1));
    browser.wait("document.body.classList.contains('broken')");
    let found = browser.run("return document.querySelector('#findings .error').innerText");
    assert!(found.as_str().unwrap().contains("E0101"), "{found}");
    assert!(found.as_str().unwrap().contains("data/profiles/wang-qi.json:2:"), "{found}");
    assert_eq!(browser.run(pictures), after);

    // Mended, with a quote that the article does not have: a click leads there.
    project.edit_text(WANG_QI, &text, |value| value["quote"] = json!("无中生有的一句"));
    browser.wait("!document.body.classList.contains('broken') && document.querySelector('#findings .error')?.innerText.includes('E0201')");
    browser.click("#findings .error");
    browser.wait("!document.querySelector('#stage').classList.contains('overview')");
    browser.wait("document.querySelector('.spread').dataset.spread === '6'");
    assert_eq!(
        browser.run("return [...document.querySelectorAll('img[data-page]')].map(i => i.dataset.page)"),
        json!(["12", "13"])
    );

    // Keys, zoom with a sharper picture, overlays, the other language.
    browser.press("\u{E014}");
    browser.wait("document.querySelector('.spread').dataset.spread === '7'");
    let sharp = "Number(document.querySelector('img[data-page]').src.match(/(\\d+).png/)[1])";
    let at_first = browser.run(&format!("return {sharp}")).as_u64().unwrap();
    for _ in 0..4 {
        browser.press("+");
    }
    browser.wait(&format!("{sharp} > {at_first}"));
    for (key, shown) in [("b", "bleed"), ("t", "trim"), ("s", "safety")] {
        browser.press(key);
        browser
            .wait(&format!("getComputedStyle(document.querySelector('.box.{shown}')).display === 'block'"));
    }
    browser.click("#lang");
    browser.wait("document.querySelector('#overview').textContent === '总览' && document.documentElement.lang === 'zh-CN'");
    // A reading aid finds a name for every picture and every button.
    let nameless = "return [...document.querySelectorAll('img[data-page]')].filter(i => !i.alt).length \
                    + [...document.querySelectorAll('button')].filter(b => !b.textContent.trim()).length";
    assert_eq!(browser.run(nameless), 0);
}

/// Data that are broken from the start are told of, and appear once mended.
#[test]
fn a_browser_sees_what_is_wrong_from_the_start() {
    let project = Project::without_source();
    let text = project.read(WANG_QI);
    project.write(WANG_QI, &text[..text.floor_char_boundary(text.len() / 2)]);
    let watch = Watch::start(&project);
    let Some(browser) = Browser::open(&format!("http://127.0.0.1:{}/", watch.port)) else { return };
    browser.wait("document.querySelector('#findings .error')?.innerText.includes('E0101')");
    browser.wait("document.querySelector('#status').textContent.includes('cannot be laid out yet')");
    browser.press("\u{E014}");
    project.write(WANG_QI, &text);
    browser.wait("document.querySelectorAll('#people button').length === 10");
    browser.wait("document.querySelectorAll('img[data-page]').length === 2");
}

#[test]
fn it_settles_on_the_truth() {
    let project = Project::without_source();
    let watch = Watch::start(&project);
    let first = watch.book();
    let text = project.read(WANG_QI);
    let named = |name: &str| {
        let name = name.to_owned();
        move |book: &Value| {
            book["broken"] == false && book["persons"].as_array().unwrap().iter().any(|p| p["name"] == *name)
        }
    };

    // Half a file, then the rest.
    let changed = text.replace("王琦", "王珂");
    project.write(WANG_QI, &changed[..changed.floor_char_boundary(changed.len() / 2)]);
    watch.until(|book| book["broken"] == true);
    project.write(WANG_QI, &changed);
    watch.until(named("王珂"));

    // An editor that saves by rename.
    project.write("data/profiles/wang-qi.json~", text.replace("王琦", "王璐"));
    fs::rename(project.path("data/profiles/wang-qi.json~"), project.path(WANG_QI)).unwrap();
    watch.until(named("王璐"));

    // A hundred saves in a row.
    for i in 0..100 {
        project.write(WANG_QI, text.replace("王琦", if i % 2 == 0 { "王甲" } else { "王乙" }));
    }
    project.write(WANG_QI, text.replace("王琦", "王丙"));
    watch.until(named("王丙"));

    // A profile goes and comes back; so does the whole folder.
    fs::remove_file(project.path(WANG_QI)).unwrap();
    watch.until(|book| book["broken"] == true);
    project.write(WANG_QI, &text);
    watch.until(|book| book["broken"] == false && hashes(book) == hashes(&first));
    fs::rename(project.path("data"), project.path("away")).unwrap();
    watch.until(|book| book["broken"] == true && book["pages"].as_array().unwrap().len() == 26);
    fs::rename(project.path("away"), project.path("data")).unwrap();
    watch.until(|book| book["broken"] == false && hashes(book) == hashes(&first));
    project.write(WANG_QI, text.replace("王琦", "王丁"));
    watch.until(named("王丁"));
}

#[test]
fn it_answers_its_own_page_alone() {
    let project = Project::starter();
    project.write("data/photos/secret.png", "not in the book");
    let watch = Watch::start(&project);
    let port = watch.port;
    let ask = |method: &str, path: &str, headers: &[(&str, &str)]| request(port, method, path, headers, "").0;
    assert_eq!(ask("GET", "/", &[]), 200);
    assert_eq!(ask("GET", "/", &[("Host", &format!("localhost:{port}"))]), 200);
    let own = format!("http://127.0.0.1:{port}");
    assert_eq!(ask("GET", "/book.json", &[("Origin", &own)]), 200);
    for headers in [
        [("Host", "example.org")],
        [("Host", "127.0.0.1.example.org")],
        [("Host", "127.0.0.1")],
        [("Origin", "http://example.org")],
        [("Origin", "null")],
        [("Sec-Fetch-Site", "cross-site")],
    ] {
        for path in ["/", "/book.json", "/events"] {
            assert_eq!(ask("GET", path, &headers), 403, "{headers:?} {path}");
        }
    }
    assert_eq!(ask("POST", "/book.json", &[]), 405);
    let hash = hashes(&watch.book())[0].to_owned();
    assert_eq!(ask("GET", &format!("/page/{hash}/100.png"), &[]), 200);
    for path in [
        "/data/booklet.json",
        "/../data/booklet.json",
        "/data/photos/secret.png",
        "//etc/passwd",
        "/page/../book.json",
        "/page/0000/100.png",
        &format!("/page/{hash}/99999.png"),
        &format!("/page/{hash}/-1.png"),
    ] {
        assert_eq!(ask("GET", path, &[]), 404, "{path}");
    }
}
