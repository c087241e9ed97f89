//! The server on 127.0.0.1. It answers GET for the page, the state, its events
//! and pictures of the book, to this machine's browser alone.

use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use super::access::Access;
use super::connections::{Connections, Held};
use super::http::{Field, Request, write_head};
use crate::assets;
use crate::catalogue::Lang;
use crate::fonts;
use crate::session::Live;

/// Where the page is served unless another program has the port.
const PORT: u16 = 8466;
/// Resolutions a picture is drawn at, pixels per inch.
const RESOLUTIONS: [u32; 5] = [40, 100, 150, 200, 300];
/// Silence after which a sign of life is sent, by which a closed page is noticed.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait for what the system runs out of.
const MOMENT: Duration = Duration::from_millis(50);

/// Fields of every answer.
const ALWAYS: [(&str, &str); 4] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
];
const FRESH: &str = "no-store";
/// For what never changes under its name.
const FOREVER: &str = "private, max-age=31536000, immutable";

/// Where the page is: its address, with what lets in whoever has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Starts the server and returns its address.
///
/// # Errors
/// When the port cannot be opened.
pub fn start(port: Option<u16>, live: Live, lang: Lang) -> io::Result<Address> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match port {
        Some(port) => bind(port)?,
        None => bind(PORT).or_else(|_| bind(0))?,
    };
    let port = listener.local_addr()?.port();
    let access = Access::new(port)?;
    let address = Address(format!("http://127.0.0.1:{port}/?{}", access.query()));
    let house = Arc::new(House { access, port, live, lang });
    std::thread::spawn(move || {
        let connections = Connections::default();
        for stream in listener.incoming() {
            let held = stream.and_then(|stream| Ok((connections.hold(&stream)?, stream)));
            let Ok((held, stream)) = held else {
                // No file can be opened now; a moment later one may be.
                std::thread::sleep(MOMENT);
                continue;
            };
            let house = house.clone();
            // A reader who went away is no matter, nor is one for whom there is
            // no thread.
            let _ = std::thread::Builder::new().spawn(move || answer(stream, &house, &held));
        }
    });
    Ok(address)
}

/// What answers are made of.
struct House {
    access: Access,
    port: u16,
    live: Live,
    lang: Lang,
}

fn answer(mut stream: TcpStream, house: &House, held: &Held) -> io::Result<()> {
    let House { access, port, live, lang } = house;
    let Ok(request) = Request::read(&mut stream) else {
        return refuse(&mut stream, "400 Bad Request");
    };
    if !is_ours(&request, *port) {
        return refuse(&mut stream, "403 Forbidden");
    }
    if request.method != "GET" {
        return refuse(&mut stream, "405 Method Not Allowed");
    }
    if access.is_new(&request) {
        let cookie = access.cookie();
        let fields = [("Location", "/"), ("Set-Cookie", cookie.as_str()), ("Cache-Control", FRESH)];
        return write_head(&mut stream, "303 See Other", &[&fields[..], &ALWAYS].concat(), Some(0));
    }
    if !access.is_known(&request) {
        return turn_away(&mut stream);
    }
    held.is_let_in();
    match request.path.as_str() {
        "/events" => {
            held.is_stream();
            tell_revisions(stream, live)
        }
        "/book.json" => send(&mut stream, "application/json", FRESH, &live.json()),
        // For machines without a Chinese font.
        "/sans.otf" => send(&mut stream, "font/otf", FOREVER, fonts::sans()),
        path => match (file(path, *lang), picture(path, live)) {
            (Some((kind, text)), _) => send(&mut stream, kind, FRESH, text.as_bytes()),
            // The name is a fingerprint of what the picture shows.
            (None, Some(png)) => send(&mut stream, "image/png", FOREVER, &png),
            (None, None) => refuse(&mut stream, "404 Not Found"),
        },
    }
}

/// A file of the page by its path: media type and text.
fn file(path: &str, lang: Lang) -> Option<(&'static str, String)> {
    let (_, kind, text) = assets::VIEWER.iter().find(|(known, ..)| *known == path)?;
    Some((kind, text.replace("{LANG}", lang.pick("zh-CN", "en"))))
}

/// Whether a request was meant for this server and comes from its own page: a
/// foreign name in Host is a rebound name, a foreign Origin another site.
fn is_ours(request: &Request, port: u16) -> bool {
    let mut names = vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    // The port of HTTP itself is left out of names (RFC 9110, 4.2.3).
    if port == 80 {
        names.extend(["127.0.0.1".to_owned(), "localhost".to_owned()]);
    }
    let host = matches!(request.field("Host"), Field::Once(host) if names.iter().any(|name| name == host));
    let origin = match request.field("Origin") {
        Field::Absent => true,
        Field::Once(origin) => names.iter().any(|name| origin == format!("http://{name}")),
        Field::Repeated => false,
    };
    // `none` is a person who typed the address.
    let site = matches!(request.field("Sec-Fetch-Site"), Field::Absent | Field::Once("same-origin" | "none"));
    host && origin && site
}

/// `/page/HASH/PPI.png`
fn picture(path: &str, live: &Live) -> Option<Arc<Vec<u8>>> {
    let (hash, ppi) = path.strip_prefix("/page/")?.strip_suffix(".png")?.split_once('/')?;
    let ppi = ppi.parse().ok().filter(|ppi| RESOLUTIONS.contains(ppi))?;
    live.picture(hash, ppi)
}

/// An event with the number of every new revision, until nobody listens.
fn tell_revisions(mut stream: TcpStream, live: &Live) -> io::Result<()> {
    let fields = [("Content-Type", "text/event-stream"), ("Cache-Control", FRESH)];
    write_head(&mut stream, "200 OK", &[&fields[..], &ALWAYS].concat(), None)?;
    stream.write_all(b"retry: 500\n\n")?;
    let mut told = 0;
    loop {
        let revision = live.after(told, PATIENCE);
        if revision > told {
            write!(stream, "data: {revision}\n\n")?;
        } else {
            stream.write_all(b":\n\n")?;
        }
        told = revision;
    }
}

/// Whoever comes without the secret is told where it is.
fn turn_away(stream: &mut TcpStream) -> io::Result<()> {
    let text = "请用终端里显示的完整地址打开。\nOpen the whole address that the terminal shows.\n";
    let fields = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", FRESH)];
    write_head(stream, "403 Forbidden", &[&fields[..], &ALWAYS].concat(), Some(text.len()))?;
    stream.write_all(text.as_bytes())
}

fn refuse(stream: &mut TcpStream, status: &str) -> io::Result<()> {
    write_head(stream, status, &ALWAYS, Some(0))
}

fn send(stream: &mut TcpStream, kind: &str, cache: &str, body: &[u8]) -> io::Result<()> {
    let fields = [("Content-Type", kind), ("Cache-Control", cache)];
    write_head(stream, "200 OK", &[&fields[..], &ALWAYS].concat(), Some(body.len()))?;
    stream.write_all(body)
}
