//! Requests that no page of ours sends: refused, and nothing is written.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Studio, WANG_QI};
use crate::support::browser::request;
use crate::support::{Project, tree};

/// Who has not all of it — cookie, the page's origin, the page's field, this
/// host — writes nothing, whatever the request looks like.
#[test]
fn only_its_own_page_writes() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let before = tree(&project.path("data"));
    let body = json!({ "do": "edit", "file": WANG_QI, "changes": [{ "field": "name", "after": "王八" }] });
    let body = body.to_string();
    let origin = format!("http://127.0.0.1:{}", studio.port);
    let cookie = ("Cookie", studio.cookie.as_str());
    let (own, field) = (("Origin", origin.as_str()), ("X-Fengcai", "1"));
    let wrong = format!("fengcai-{}={}", studio.port, "0".repeat(32));
    let refused: &[&[(&str, &str)]] = &[
        &[],
        &[cookie],
        &[cookie, own],
        &[cookie, field],
        &[own, field],
        &[cookie, field, ("Origin", "null")],
        &[cookie, field, ("Origin", "http://example.org")],
        &[cookie, field, ("Origin", "http://127.0.0.1:1")],
        &[cookie, field, own, ("Host", "example.org")],
        &[cookie, field, own, ("Host", "127.0.0.1.example.org")],
        &[cookie, field, own, ("Sec-Fetch-Site", "cross-site")],
        &[cookie, field, own, ("Sec-Fetch-Site", "same-site")],
        &[("Cookie", &wrong), own, field],
        // A form of another site: no field of its own, and a type that needs no leave.
        &[cookie, ("Origin", "http://example.org"), ("Content-Type", "text/plain")],
        &[cookie, ("Content-Type", "application/x-www-form-urlencoded")],
        &[cookie, own, ("X-Fengcai", "2")],
        &[cookie, own, field, field],
    ];
    for headers in refused {
        for path in ["/do", "/photo?person=wang-qi", "/incoming?name=a.docx", "/review"] {
            let (status, _) = request(studio.port, "POST", path, headers, &body);
            assert_eq!(status, 403, "{path} {headers:?}");
        }
    }
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT"] {
        let (status, _) = request(studio.port, method, "/do", &[cookie, own, field], &body);
        assert_eq!(status, 405, "{method}");
    }
    for path in ["/", "/book.json", "/data/booklet.json", "/../do", "/do/", "/watch"] {
        assert_eq!(studio.post(path, body.as_bytes()).0, 404, "{path}");
    }
    assert_eq!(tree(&project.path("data")), before);
    // The same with all of it is done.
    let name = json!("王琦");
    assert_eq!(studio.edit(WANG_QI, "name", name, json!("王琪")).0, 200);
}

/// `watch` is the studio without writing.
#[test]
fn watch_writes_nothing() {
    let project = Project::without_source();
    let mut command = crate::support::command();
    command.args(["watch", project.dir(), "--port", "0"]);
    let watch = Studio::spawn(command);
    let before = tree(&project.path("data"));
    for path in ["/do", "/photo?person=wang-qi", "/incoming?name=a.docx", "/review"] {
        assert_eq!(watch.post(path, br#"{"do":"undo"}"#).0, 405, "{path}");
    }
    assert_eq!(watch.get("/review.json").0, 404);
    assert_eq!(tree(&project.path("data")), before);
}

/// Bodies are measured, bounded and in time.
#[test]
fn bodies_have_a_budget() {
    let project = Project::starter();
    let studio = Studio::start(&project);
    let send = |head: &str, body: &[u8]| {
        let mut stream = TcpStream::connect(("127.0.0.1", studio.port)).unwrap();
        let Studio { port, cookie, .. } = &studio;
        let own = format!(
            "POST /do HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
             Cookie: {cookie}\r\nX-Fengcai: 1\r\n{head}\r\n\r\n"
        );
        stream.write_all(&[own.as_bytes(), body].concat()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer.split(' ').nth(1).map(ToOwned::to_owned).unwrap_or_default()
    };
    assert_eq!(send("X: 1", b"{}"), "411");
    assert_eq!(send("Transfer-Encoding: chunked", b"2\r\n{}\r\n0\r\n\r\n"), "411");
    assert_eq!(send("Content-Length: 2\r\nContent-Length: 2", b"{}"), "411");
    assert_eq!(send("Content-Length: -2", b"{}"), "411");
    assert_eq!(send("Content-Length: 99999999999", b"{}"), "413");
    assert_eq!(send("Content-Length: 99999999999999999999999", b"{}"), "411");
    // One that never comes to its end.
    let start = Instant::now();
    assert_eq!(send("Content-Length: 500", b"{"), "408");
    assert!(start.elapsed() > Duration::from_secs(5));
    for odd in
        ["", "{", "[]", "null", "{\"do\":\"fly\"}", "{\"do\":\"edit\"}", "\u{0}", "{\"do\":[[[[[[]]]]]]}"]
    {
        assert_eq!(studio.post("/do", odd.as_bytes()).0, 400, "{odd}");
    }
    let deep = format!("{{\"do\":\"comment\",\"remark\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(studio.post("/do", deep.as_bytes()).0, 400);
    assert_eq!(studio.get("/book.json").0, 200);
}

/// Five hundred connections that say nothing, read nothing, or listen for
/// ever: the page is answered all the same.
#[test]
fn five_hundred_connections_keep_nobody_out() {
    let project = Project::starter();
    let studio = Studio::start(&project);
    let connect = |text: String| {
        let mut stream = TcpStream::connect(("127.0.0.1", studio.port)).unwrap();
        let _ = stream.write_all(text.as_bytes());
        stream
    };
    let head = |path: &str| {
        let Studio { port, cookie, .. } = &studio;
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n")
    };
    let mut held = Vec::new();
    for i in 0..500 {
        held.push(connect(match i % 4 {
            0 => head("/events"),
            1 => head("/sans.otf"),
            2 => "POST /do HT".to_owned(),
            _ => String::new(),
        }));
    }
    for _ in 0..5 {
        assert_eq!(studio.get("/book.json").0, 200);
        assert_eq!(studio.order(json!({ "do": "undo" })).1["reason"], "nothing-left");
    }
    drop(held);
}

/// What is served says what a browser may do with it, has no script or style
/// in its pages, and is small.
#[test]
fn pages_are_strict_and_small() {
    let project = Project::starter();
    let studio = Studio::start(&project);
    let mut stream = TcpStream::connect(("127.0.0.1", studio.port)).unwrap();
    let head =
        format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\n\r\n", studio.port, studio.cookie);
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, page) = answer.split_once("\r\n\r\n").unwrap();
    for piece in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"] {
        assert!(head.contains(piece), "{head}");
    }
    assert!(!head.contains("unsafe") && head.contains("X-Content-Type-Options: nosniff"));
    let page = page.to_lowercase();
    assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick="), "{page}");
    assert!(page.matches("<script").count() == page.matches("<script type=\"module\" src=\"/").count());

    let folder = crate::support::root().join("src/server/web");
    let mut whole = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for word in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http://", "https://"]
        {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
        whole.extend(text.into_bytes());
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&whole).unwrap();
    let size = encoder.finish().unwrap().len();
    assert!(size < 120_000, "{size}");
}
