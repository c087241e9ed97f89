//! The page of `fengcai watch`, driven by a browser, and the server under
//! requests that no browser of ours sends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::browser::{Browser, request};
use crate::support::{Project, asked, command};

/// A running `fengcai watch`.
struct Watch {
    child: Child,
    port: u16,
    /// The address as it is printed.
    address: String,
    /// What lets in who has it.
    cookie: String,
}

impl Watch {
    fn start(project: &Project) -> Self {
        let mut command = command();
        command.args(["watch", project.dir(), "--port", "0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let (place, token) = address.trim().split_once("/?token=").unwrap();
        let port = place.rsplit(':').next().unwrap().parse().unwrap();
        let cookie = format!("fengcai-{port}={token}");
        let watch = Self { child, port, address: address.trim().to_owned(), cookie };
        watch.until(|book| book["revision"].as_u64() > Some(0));
        watch
    }

    fn book(&self) -> Value {
        serde_json::from_slice(&self.get("/book.json").1).unwrap_or(Value::Null)
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        request(self.port, "GET", path, &[("Cookie", &self.cookie)], "")
    }

    /// Most memory that it held at a time, in MB.
    fn peak(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
        line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024
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
    let Some(browser) = Browser::open(&watch.address) else { return };
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

    // A name changes: its spread, the contents and the cover, nothing else.
    let text = project.read(WANG_QI);
    project.write(WANG_QI, text.replace("王琦", "王琪"));
    browser
        .wait("[...document.querySelectorAll('#people button')].some(b => b.textContent.startsWith('王琪'))");
    let moved = "[...document.querySelectorAll('img[data-page]')].every(i => i.complete && i.src.endsWith(i.dataset.source))";
    browser.wait(moved);
    let after = browser.run(pictures);
    let changed: Vec<_> =
        before.as_object().unwrap().keys().filter(|page| before[*page] != after[*page]).collect();
    assert_eq!(changed, ["0", "12", "13", "2", "25"].map(String::from).iter().collect::<Vec<_>>());
    assert_eq!(
        browser.run("return [...document.querySelectorAll('.changed')].map(f => f.dataset.spread)"),
        json!(["0", "1", "6", "12"])
    );

    // One person's data are broken: the error with its line, and that spread as
    // it was.
    project.write(WANG_QI, text.replace("王琦", "王琪").replacen("\",", "\"", 1));
    browser.wait("document.body.classList.contains('waiting')");
    let found = browser.run("return document.querySelector('#findings .error').innerText");
    assert!(found.as_str().unwrap().contains("E0101"), "{found}");
    assert!(found.as_str().unwrap().contains("data/profiles/wang-qi.json:2:"), "{found}");
    assert_eq!(browser.run(pictures), after);
    browser.wait("document.querySelectorAll('.page.stale').length === 2");

    // Mended, with a quote that the article does not have: a click leads there.
    project.edit_text(WANG_QI, &text, |value| value["quote"] = json!("无中生有的一句"));
    browser.wait("!document.body.classList.contains('waiting') && document.querySelector('#findings .error')?.innerText.includes('E0201')");
    browser.click("#findings .error .go");
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
                    + [...document.querySelectorAll('button')].filter(b => !b.textContent.trim() && !b.getAttribute('aria-label')).length";
    assert_eq!(browser.run(nameless), 0);
}

/// Data that are broken from the start are told of, and appear once mended.
#[test]
fn a_browser_sees_what_is_wrong_from_the_start() {
    let project = Project::without_source();
    let text = project.read(WANG_QI);
    project.write(WANG_QI, &text[..text.floor_char_boundary(text.len() / 2)]);
    let watch = Watch::start(&project);
    let Some(browser) = Browser::open(&watch.address) else { return };
    browser.wait("document.querySelector('#findings .error')?.innerText.includes('E0101')");
    // The others are there at once; the broken one's pages say what they are.
    browser.wait("document.querySelectorAll('#people button').length === 10");
    browser.wait("document.querySelector('#status').textContent.includes('cannot be read now')");
    project.write(WANG_QI, &text);
    browser.wait("document.querySelectorAll('#findings .error').length === 0");
    browser
        .wait("[...document.querySelectorAll('#people button')].some(b => b.textContent.startsWith('王琦'))");
    // Without the edition there is no book; what is wrong is told all the same.
    let project = Project::without_source();
    project.replace("data/booklet.json", "\"series\"", "series\"");
    let watch = Watch::start(&project);
    let browser = Browser::open(&watch.address).unwrap();
    browser.wait("document.querySelector('#findings .error')?.innerText.includes('E0101')");
    browser.wait("document.querySelector('#status').textContent.includes('cannot be laid out yet')");
    browser.press("\u{E014}");
    project.replace("data/booklet.json", "series\"", "\"series\"");
    browser.wait("document.querySelectorAll('#people button').length === 10");
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
            book["broken"] == false
                && book["stale"] == json!([])
                && book["persons"].as_array().unwrap().iter().any(|p| p["name"] == *name)
        }
    };

    // Half a file, then the rest.
    let changed = text.replace("王琦", "王珂");
    project.write(WANG_QI, &changed[..changed.floor_char_boundary(changed.len() / 2)]);
    watch.until(|book| book["stale"] == json!(["wang-qi"]));
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
    watch.until(|book| book["stale"] == json!(["wang-qi"]));
    project.write(WANG_QI, &text);
    watch.until(|book| {
        book["broken"] == false && book["stale"] == json!([]) && hashes(book) == hashes(&first)
    });
    fs::rename(project.path("data"), project.path("away")).unwrap();
    watch.until(|book| book["broken"] == true && book["pages"].as_array().unwrap().len() == 26);
    fs::rename(project.path("away"), project.path("data")).unwrap();
    watch.until(|book| {
        book["broken"] == false && book["stale"] == json!([]) && hashes(book) == hashes(&first)
    });
    project.write(WANG_QI, text.replace("王琦", "王丁"));
    watch.until(named("王丁"));
}

#[test]
fn it_answers_its_own_page_alone() {
    let project = Project::starter();
    project.write("data/photos/secret.png", "not in the book");
    let watch = Watch::start(&project);
    let port = watch.port;
    let ask = |method: &str, path: &str, headers: &[(&str, &str)]| {
        request(port, method, path, &[headers, &[("Cookie", watch.cookie.as_str())]].concat(), "").0
    };
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

/// Who has not the address of this run gets nothing; the secret in it becomes a
/// cookie that no script and no other site can use.
#[test]
fn only_who_has_the_address_is_let_in() {
    let project = Project::starter();
    let watch = Watch::start(&project);
    let ask = |path: &str, cookie: &str| request(watch.port, "GET", path, &[("Cookie", cookie)], "").0;
    let token = watch.cookie.split_once('=').unwrap().1;
    assert_eq!(token.len(), 32);
    for path in ["/", "/book.json", "/events", "/viewer.js", "/sans.otf"] {
        assert_eq!(request(watch.port, "GET", path, &[], "").0, 403, "{path}");
        for wrong in ["", &token[1..], &"0".repeat(32)] {
            assert_eq!(ask(path, &format!("fengcai-{}={wrong}", watch.port)), 403, "{path} {wrong}");
        }
        assert_eq!(ask(path, &format!("fengcai-1={token}")), 403, "{path}");
    }
    assert_eq!(request(watch.port, "GET", &format!("/?token={}", &token[..31]), &[], "").0, 403);
    assert_eq!(ask("/book.json", &format!("other=1; {}", watch.cookie)), 200);
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", watch.port)).unwrap();
    let head = format!("GET /?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", watch.port);
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303") && answer.contains("Location: /\r\n"), "{answer}");
    assert!(answer.contains("HttpOnly; SameSite=Strict"), "{answer}");
}

/// Readers who never read, pages left open and heads that never end keep
/// nobody out.
#[test]
fn nobody_is_kept_out() {
    use std::io::Write;
    let project = Project::first_edition();
    let watch = Watch::start(&project);
    let connect = |text: String| {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", watch.port)).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    };
    let head = |path: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\n\r\n", watch.port, watch.cookie)
    };
    let mut held = Vec::new();
    for _ in 0..80 {
        held.push(connect(head("/sans.otf")));
        held.push(connect(head("/events")));
        held.push(connect("GET / HTTP/1.1\r\nHo".to_owned()));
    }
    let start = Instant::now();
    for _ in 0..5 {
        assert_eq!(watch.get("/book.json").0, 200);
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    // Those that were ended notice it by their next sign of life.
    let threads = || {
        let status = fs::read_to_string(format!("/proc/{}/status", watch.child.id())).unwrap_or_default();
        let threads = status.lines().find_map(|line| line.strip_prefix("Threads:")).unwrap_or("0");
        threads.trim().parse::<usize>().unwrap()
    };
    while threads() > 170 {
        assert!(start.elapsed() < Duration::from_secs(60), "{} threads", threads());
        std::thread::sleep(Duration::from_millis(200));
    }
    drop(held);
}

/// However many pictures are asked for at once, few are drawn at a time, and
/// each once.
#[test]
fn pictures_are_drawn_a_few_at_a_time() {
    let project = Project::without_source();
    let watch = Watch::start(&project);
    let pages: Vec<String> =
        hashes(&watch.book()).iter().map(|hash| format!("/page/{hash}/300.png")).collect();
    let before = watch.peak();
    std::thread::scope(|scope| {
        for i in 0..60 {
            let (watch, path) = (&watch, &pages[i % pages.len()]);
            scope.spawn(move || {
                let (status, png) = watch.get(path);
                assert!(status == 200 && png.starts_with(b"\x89PNG"), "{path}: {status}");
            });
        }
    });
    assert!(watch.peak() < before + 700, "{} MB after {before} MB", watch.peak());
}

/// One broken person among ten keeps only its own spread; the others follow.
#[test]
fn one_broken_person_keeps_only_its_own_spread() {
    let project = Project::without_source();
    let watch = Watch::start(&project);
    let pages = |book: &Value, id: &str| -> Vec<String> {
        let pages = book["pages"].as_array().unwrap().iter().filter(|page| page["person"] == id);
        pages.map(|page| page["hash"].as_str().unwrap().to_owned()).collect()
    };
    let first = watch.book();
    let text = project.read(WANG_QI);
    project.write(WANG_QI, text.replacen("\",", "\"", 1));
    project.edit("data/profiles/yan-ping.json", |profile| profile["quote"] = Value::Null);
    project.edit("data/profiles/yan-ping.json", |profile| {
        drop(profile.as_object_mut().unwrap().remove("quote"))
    });
    let now = watch.until(|book| {
        book["stale"] == json!(["wang-qi"]) && pages(book, "yan-ping") != pages(&first, "yan-ping")
    });
    assert_eq!(now["broken"], false);
    assert_eq!(pages(&now, "wang-qi"), pages(&first, "wang-qi"));
    assert_eq!(pages(&now, "liu-wei"), pages(&first, "liu-wei"));
    // The print job and the edition too are those that could last be read.
    let press = project.read("data/press.json");
    project.write("data/press.json", &press[..press.len() / 2]);
    let now = watch.until(|book| book["findings"].to_string().contains("press.json"));
    assert_eq!((&now["broken"], pages(&now, "liu-wei")), (&json!(false), pages(&first, "liu-wei")));
    project.write("data/press.json", press);
    project.write(WANG_QI, text);
    watch.until(|book| book["stale"] == json!([]) && book["findings"] == json!([]));
}

/// A build for the print shop while the page is open is what changes are told
/// against from then on.
#[test]
fn a_build_meanwhile_is_the_new_baseline() {
    let project = Project::without_source();
    project.run("build", &[]).succeeds();
    let watch = Watch::start(&project);
    let changed = |book: &Value| {
        book["pages"].as_array().unwrap().iter().filter(|page| page["changed"] == true).count()
    };
    let text = project.read(WANG_QI);
    project.write(WANG_QI, text.replace("王琦", "王琪"));
    watch.until(|book| changed(book) > 0);
    project.run("build", &[]).succeeds();
    watch.until(|book| changed(book) == 0);
}

/// A bug costs one revision: it is told as a finding over the last pages, and
/// the next save mends it.
#[test]
fn a_panic_costs_one_revision() {
    use fengcai::catalogue::Lang;
    use fengcai::diag::{Code, Diagnostic};
    use fengcai::session::{LastGood, Live, Session};
    let project = Project::without_source();
    let session = Session::open(&project.path("")).unwrap();
    let live = Live::new(None);
    let mut last_good = LastGood::default();
    live.put(last_good.examine(&session), &|| 1);
    let site = fengcai::server::Site::view(live.clone(), Lang::Zh);
    let address = fengcai::server::start(Some(0), site).unwrap().to_string();
    let Some(browser) = Browser::open(&address) else { return };
    browser.wait("document.querySelectorAll('#people button').length === 10");
    // What a session makes of a panic (session.rs, `a_panic_is_a_finding`).
    let mut lost = last_good.examine(&session).unwrap();
    lost.examination.layout = None;
    lost.examination.found = vec![
        Diagnostic::new(Code::InternalError)
            .arg("problem", "一页出了怪事")
            .arg("tool", "t")
            .arg("revision", "r"),
    ];
    live.put(Ok(lost), &|| 1);
    browser.wait("document.body.classList.contains('broken')");
    browser.wait("document.querySelector('#findings .error').innerText.includes('一页出了怪事')");
    browser.wait("document.querySelectorAll('img[data-page]').length > 0");
    live.put(last_good.examine(&session), &|| 1);
    browser
        .wait("!document.body.classList.contains('broken') && !document.querySelector('#findings .error')");
}

/// From a finding to its field on the page and to its line, from a field on the
/// page to its findings, and back by the address.
#[test]
fn findings_and_pages_lead_to_each_other() {
    let project = Project::without_source();
    project.edit(WANG_QI, |value| value["quote"] = json!("无中生有的一句"));
    project.edit("data/profiles/lin-zeyin.json", |value| {
        let first = value["article"][0].as_str().unwrap().replacen('，', ",", 1);
        value["article"][0] = json!(first);
    });
    let watch = Watch::start(&project);
    let Some(browser) = Browser::open(&watch.address) else { return };
    browser.wait("document.querySelectorAll('.finding').length === 2");
    // The secret is not left in the address.
    assert_eq!(browser.run("return location.search"), "");
    browser.click(".finding:nth-child(1) .go");
    browser.wait("location.hash.includes('page=12')");
    let chosen = "return document.querySelector('.area.chosen')?.getAttribute('aria-label')";
    assert!(browser.run(chosen).as_str().unwrap().contains("王琦 · "), "{}", browser.run(chosen));
    assert!(
        browser
            .run("return document.querySelector('#copy').textContent")
            .as_str()
            .unwrap()
            .starts_with("data/profiles/wang-qi.json:")
    );
    assert!(
        browser
            .run("return document.querySelector('.finding.chosen .excerpt mark').textContent")
            .as_str()
            .unwrap()
            .contains("无中生有")
    );
    browser.press("n");
    browser.wait("location.hash.includes('page=23')");
    browser.wait("document.querySelector('.area.error.chosen')");
    // A field without findings says where its text is.
    browser.run(
        "document.querySelector('.area[aria-label*=\"honours\"], .area[aria-label*=\"headline\"]').click()",
    );
    browser.wait("document.querySelector('#copy').textContent.includes('lin-zeyin.json:')");
    browser.wait("document.querySelectorAll('.finding.chosen').length === 0");
    browser.run("[...document.querySelectorAll('.area.error')].find(a => a.getAttribute('aria-label').includes('article')).click()");
    browser.wait("document.querySelector('.finding.chosen')?.textContent.includes('E0311')");
    // Back and forth, and a reload: the same page at the same size.
    browser.run("history.back()");
    browser.wait("document.querySelector('.spread').dataset.spread === '6'");
    browser.press("w");
    browser.wait("location.hash.includes('zoom=width')");
    browser.run("location.reload()");
    browser.wait("document.querySelector('.spread')?.dataset.spread === '6' && document.querySelector('#zoom').value === 'width'");
    // By name, by district.
    for (words, count) in [("王", 4), ("滨海新区", 1), ("wang-qi", 1), ("没有这个人", 0)] {
        browser.run(&format!("const f = document.querySelector('#find'); f.value = '{words}'; f.dispatchEvent(new Event('input'))"));
        browser.wait(&format!("document.querySelectorAll('#people button').length === {count}"));
    }
}

/// At any width nothing is cut off, and the pages come first.
#[test]
fn it_is_usable_at_any_width() {
    let project = Project::without_source();
    project.edit(WANG_QI, |value| value["quote"] = json!("无中生有的一句，写得不短，在窄的地方要折行"));
    let watch = Watch::start(&project);
    let Some(browser) = Browser::open(&watch.address) else { return };
    browser.wait("document.querySelectorAll('.finding').length === 1");
    browser.click(".finding .go");
    let shots = asked("FENGCAI_SHOTS").map(std::path::PathBuf::from);
    for (width, height, density, pages) in
        [(1440, 900, 1.0, 2), (1280, 800, 1.0, 2), (800, 600, 1.0, 2), (640, 400, 2.0, 2), (390, 844, 3.0, 1)]
    {
        browser.resize(width, height, density);
        browser.wait(&format!(
            "innerWidth === {width} && document.querySelectorAll('img[data-page]').length === {pages}"
        ));
        browser.wait(
            "[...document.querySelectorAll('img[data-page]')].every(i => i.complete && i.naturalWidth > 100)",
        );
        let wide = browser.run("return document.documentElement.scrollWidth - innerWidth");
        assert!(wide.as_i64().unwrap() <= 0, "{width}: {wide} px too wide");
        let top = browser.run("return document.querySelector('#stage').getBoundingClientRect().top");
        assert!(top.as_f64().unwrap() < 0.45 * f64::from(height), "{width}: the pages begin at {top}");
        if let Some(folder) = &shots {
            std::thread::sleep(Duration::from_millis(400));
            fs::write(folder.join(format!("watch-{width}.png")), browser.screenshot()).unwrap();
        }
    }
}

/// The wheel keeps what lies under the pointer, and the hand moves the page.
#[test]
fn the_wheel_and_the_hand_move_the_page() {
    let project = Project::without_source();
    let watch = Watch::start(&project);
    let Some(browser) = Browser::open(&watch.address) else { return };
    browser.wait("document.querySelector('.spread')");
    let at = "const r = document.querySelector('.spread').getBoundingClientRect(); \
              return [(700 - r.left) / r.width, (500 - r.top) / r.height]";
    let wheel = "document.querySelector('#stage').dispatchEvent(new WheelEvent('wheel', \
                 { deltaY: -120, ctrlKey: true, clientX: 700, clientY: 500, cancelable: true, bubbles: true }))";
    for _ in 0..4 {
        browser.run(wheel);
    }
    let before = browser.run(at);
    for _ in 0..3 {
        browser.run(wheel);
    }
    let after = browser.run(at);
    for axis in [0, 1] {
        let moved = (before[axis].as_f64().unwrap() - after[axis].as_f64().unwrap()).abs();
        assert!(moved < 0.01, "{before} {after}");
    }
    let drag = "const s = document.querySelector('#stage'); const from = [s.scrollLeft, s.scrollTop]; \
        const send = (kind, x, y, to) => to.dispatchEvent(new PointerEvent(kind, { clientX: x, clientY: y, button: 0, bubbles: true })); \
        send('pointerdown', 600, 500, s); send('pointermove', 540, 460, window); send('pointerup', 540, 460, window); \
        return [s.scrollLeft - from[0], s.scrollTop - from[1]]";
    assert_eq!(browser.run(drag), json!([60, 40]));
    browser.press("1");
    browser.wait(
        "Math.abs(document.querySelector('.page').getBoundingClientRect().width - 210 * 96 / 25.4) < 1",
    );
}
