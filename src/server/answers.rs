//! Answers: their heads, which say what a browser may do with them, and their
//! bodies.

use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::http::{NoBody, write_head};
use crate::assets;
use crate::catalogue::Lang;
use crate::session::Live;
use crate::studio;

/// Silence after which a sign of life is sent, by which a closed page is noticed.
const PATIENCE: Duration = Duration::from_secs(10);
/// Resolutions a picture is drawn at, pixels per inch.
const RESOLUTIONS: std::ops::RangeInclusive<u32> = 20..=400;

/// Fields of every answer.
pub(super) const ALWAYS: [(&str, &str); 4] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
];
/// For what may be another at the next look.
pub(super) const FRESH: &str = "no-store";
/// For what never changes under its name.
pub(super) const FOREVER: &str = "private, max-age=31536000, immutable";

/// Sends a whole answer.
pub(super) fn send(stream: &mut TcpStream, kind: &str, cache: &str, body: &[u8]) -> io::Result<()> {
    let fields = [("Content-Type", kind), ("Cache-Control", cache)];
    write_head(stream, "200 OK", &[&fields[..], &ALWAYS].concat(), Some(body.len()))?;
    stream.write_all(body)
}

/// Sends a file to be kept under a name of plain letters.
pub(super) fn hand_over(stream: &mut TcpStream, kind: &str, name: &str, body: &[u8]) -> io::Result<()> {
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let disposition = format!("attachment; filename=\"{plain}\"");
    let fields =
        [("Content-Type", kind), ("Cache-Control", FRESH), ("Content-Disposition", disposition.as_str())];
    write_head(stream, "200 OK", &[&fields[..], &ALWAYS].concat(), Some(body.len()))?;
    stream.write_all(body)
}

/// Sends what a studio answers.
pub(super) fn answer(stream: &mut TcpStream, answer: &studio::Answer) -> io::Result<()> {
    let status = match answer.status {
        200 => "200 OK",
        400 => "400 Bad Request",
        403 => "403 Forbidden",
        404 => "404 Not Found",
        409 => "409 Conflict",
        413 => "413 Content Too Large",
        422 => "422 Unprocessable Content",
        507 => "507 Insufficient Storage",
        _ => "500 Internal Server Error",
    };
    let fields = [("Content-Type", "application/json"), ("Cache-Control", FRESH)];
    write_head(stream, status, &[&fields[..], &ALWAYS].concat(), Some(answer.json.len()))?;
    stream.write_all(&answer.json)
}

/// Refuses without a word.
pub(super) fn refuse(stream: &mut TcpStream, status: &str) -> io::Result<()> {
    write_head(stream, status, &ALWAYS, Some(0))
}

/// Refuses a body.
pub(super) fn refuse_body(stream: &mut TcpStream, why: NoBody) -> io::Result<()> {
    refuse(
        stream,
        match why {
            NoBody::Unmeasured => "411 Length Required",
            NoBody::TooLarge => "413 Content Too Large",
            NoBody::Lost => "408 Request Timeout",
        },
    )
}

/// Whoever comes without the secret is told where it is.
pub(super) fn turn_away(stream: &mut TcpStream) -> io::Result<()> {
    let text = "请用终端里显示的完整地址打开。\nOpen the whole address that the terminal shows.\n";
    let fields = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", FRESH)];
    write_head(stream, "403 Forbidden", &[&fields[..], &ALWAYS].concat(), Some(text.len()))?;
    stream.write_all(text.as_bytes())
}

/// A file of a page by its path: media type and text.
pub(super) fn file(
    files: &[(&'static str, &'static str, &'static str)],
    path: &str,
    lang: Lang,
) -> Option<(&'static str, String)> {
    let (_, kind, text) = files.iter().find(|(known, ..)| *known == path)?;
    Some((kind, text.replace("{LANG}", lang.pick("zh-CN", "en"))))
}

/// The files of the page for editors.
pub(super) fn page(path: &str, lang: Lang) -> Option<(&'static str, String)> {
    file(assets::VIEWER, path, lang)
}

/// The picture of a page, asked for as `HASH/PPI.png`.
pub(super) fn picture(stream: &mut TcpStream, path: &str, live: &Live) -> io::Result<()> {
    let asked = path.strip_suffix(".png").and_then(|path| path.split_once('/'));
    let asked = asked.and_then(|(hash, ppi)| Some((hash, ppi.parse().ok()?)));
    let png =
        asked.filter(|(_, ppi)| RESOLUTIONS.contains(ppi)).and_then(|(hash, ppi)| live.picture(hash, ppi));
    match png {
        // The name is a fingerprint of what the picture shows.
        Some(png) => send(stream, "image/png", FOREVER, &png),
        None => refuse(stream, "404 Not Found"),
    }
}

/// An event with the number of every new revision, and every notice of some
/// kinds, while somebody listens who is still welcome.
pub(super) fn tell_news(
    mut stream: TcpStream,
    live: &Live,
    kinds: &[&str],
    welcome: &dyn Fn() -> bool,
) -> io::Result<()> {
    let fields = [("Content-Type", "text/event-stream"), ("Cache-Control", FRESH)];
    write_head(&mut stream, "200 OK", &[&fields[..], &ALWAYS].concat(), None)?;
    stream.write_all(b"retry: 500\n\n")?;
    let mut told = live.now();
    while welcome() {
        let news = live.after(&told, PATIENCE);
        let mut lines = String::new();
        if !welcome() {
            break;
        }
        for (kind, json) in news.notices.iter().filter(|(kind, _)| kinds.contains(kind)) {
            lines += &format!("event: {kind}\ndata: {json}\n\n");
        }
        if news.revision > told.revision {
            lines += &format!("data: {}\n\n", news.revision);
        }
        // A sign of life where there is nothing new.
        stream.write_all(if lines.is_empty() { ":\n\n" } else { &lines }.as_bytes())?;
        told = news;
    }
    Ok(())
}
