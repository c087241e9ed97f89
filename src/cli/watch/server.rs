//! The server on 127.0.0.1. It answers GET for the page, the state, its events
//! and pictures of the book, to this machine's browser alone.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use fengcai::catalogue::Lang;
use fengcai::viewer;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use super::live::Live;

/// Where the page is served unless another program has the port.
const PORT: u16 = 8466;
/// Threads that answer; drawing a picture keeps one busy.
const THREADS: usize = 4;
/// Resolutions a picture is drawn at, pixels per inch.
const RESOLUTIONS: [u32; 5] = [40, 100, 150, 200, 300];
/// Silence after which a sign of life is sent, by which a closed page is noticed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Starts the server and returns its address.
pub(super) fn start(port: Option<u16>, live: Live, lang: Lang) -> io::Result<SocketAddr> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match port {
        Some(port) => bind(port)?,
        None => bind(PORT).or_else(|_| bind(0))?,
    };
    let address = listener.local_addr()?;
    let server = Server::from_listener(listener, None).map_err(io::Error::other)?;
    let server = Arc::new(server);
    for _ in 0..THREADS {
        let (server, live) = (server.clone(), live.clone());
        std::thread::spawn(move || {
            while let Ok(request) = server.recv() {
                // A reader who went away is no matter.
                let _ = answer(request, address.port(), &live, lang);
            }
        });
    }
    Ok(address)
}

fn answer(request: Request, port: u16, live: &Live, lang: Lang) -> io::Result<()> {
    if !is_ours(&request, port) {
        return request.respond(plain(403, "forbidden"));
    }
    if *request.method() != Method::Get {
        return request.respond(plain(405, "only GET"));
    }
    let path = request.url().split('?').next().unwrap_or_default().to_owned();
    if path == "/events" {
        let live = live.clone();
        std::thread::spawn(move || tell_revisions(request, &live));
        return Ok(());
    }
    if path == "/book.json" {
        return request.respond(body("application/json", "no-store", &live.json()));
    }
    if let Some((kind, text)) = viewer::file(&path, lang) {
        return request.respond(body(kind, "no-store", text.as_bytes()));
    }
    match picture(&path, live) {
        // The name is a fingerprint of what the picture shows.
        Some(png) => request.respond(body("image/png", "private, max-age=31536000, immutable", &png)),
        None => request.respond(plain(404, "not found")),
    }
}

/// Whether a request was meant for this server and comes from its own page: a
/// foreign name in Host is a rebound name, a foreign Origin another site.
fn is_ours(request: &Request, port: u16) -> bool {
    let value = |name: &'static str| {
        let mut headers = request.headers().iter().filter(|header| header.field.equiv(name));
        headers.next().map(|header| header.value.as_str().to_owned())
    };
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let host = value("Host").is_some_and(|host| names.contains(&host));
    let ours = |origin: String| names.iter().any(|name| origin == format!("http://{name}"));
    let site = value("Sec-Fetch-Site").is_none_or(|site| site == "same-origin" || site == "none");
    host && site && value("Origin").is_none_or(ours)
}

/// `/page/HASH/PPI.png`
fn picture(path: &str, live: &Live) -> Option<Arc<Vec<u8>>> {
    let (hash, ppi) = path.strip_prefix("/page/")?.strip_suffix(".png")?.split_once('/')?;
    let ppi = ppi.parse().ok().filter(|ppi| RESOLUTIONS.contains(ppi))?;
    live.picture(hash, ppi)
}

/// An event with the number of every new revision, until nobody listens.
fn tell_revisions(request: Request, live: &Live) -> io::Result<()> {
    let mut writer = request.into_writer();
    // Written by hand: the server would choose chunks, which browsers hold back.
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 500\n\n";
    writer.write_all(head.as_bytes())?;
    let mut told = 0;
    loop {
        let revision = live.after(told, PATIENCE);
        if revision > told {
            write!(writer, "data: {revision}\n\n")?;
        } else {
            writer.write_all(b":\n\n")?;
        }
        writer.flush()?;
        told = revision;
    }
}

fn plain(status: u16, text: &str) -> Response<io::Cursor<Vec<u8>>> {
    body("text/plain", "no-store", text.as_bytes()).with_status_code(StatusCode(status))
}

fn body(kind: &str, cache: &str, bytes: &[u8]) -> Response<io::Cursor<Vec<u8>>> {
    let headers = [
        ("Content-Type", kind),
        ("Cache-Control", cache),
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
             connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
    ];
    let response = Response::from_data(bytes);
    headers.iter().fold(response, |response, (name, value)| {
        response.with_header(Header::from_bytes(*name, *value).expect("plain ASCII"))
    })
}
