//! A second listener, for readers on their phones: off until somebody asks for
//! it, on one interface, behind a secret that ends. It shows pictures and takes
//! comments, and nothing else.

use std::io;
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::access::secret;
use super::answers::{self, FRESH, refuse, refuse_body, send};
use super::connections::Held;
use super::gate::Names;
use super::http::Request;
use super::threads::{Answers, serve};
use crate::assets;
use crate::audit::Words;
use crate::studio::{Answer, Remark, Saying, Studio};

/// Largest comment, in bytes.
const SAID: u64 = 16 << 10;
/// Longest that a secret lasts, in hours.
const LONGEST: i64 = 24 * 14;

/// The listener, if it is open.
#[derive(Default)]
pub(super) struct Reviews(Mutex<Option<Arc<Open>>>);

struct Open {
    address: String,
    token: String,
    names: Names,
    /// Seconds since 1970 after which nobody is let in.
    until: i64,
    ended: AtomicBool,
    studio: Studio,
}

impl Open {
    fn is_welcome(&self) -> bool {
        !self.ended.load(Ordering::Relaxed) && self.studio.now() < self.until
    }
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum Order {
    /// Opens it on an address of this machine, for so many hours.
    Open { address: IpAddr, hours: i64 },
    /// Ends it; the secret is worth nothing any more.
    Close,
}

impl Reviews {
    fn open(&self) -> MutexGuard<'_, Option<Arc<Open>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is open, where, and where it could be.
    pub(super) fn state(&self) -> Answer {
        let open = self.open().clone().filter(|open| open.is_welcome());
        let told = open
            .map(|open| json!({ "address": open.address, "until": open.until, "code": code(&open.address) }));
        Answer {
            status: 200,
            json: json!({ "ok": true, "open": told, "addresses": addresses() }).to_string().into_bytes(),
        }
    }

    /// Opens or ends it.
    pub(super) fn order(&self, order: &[u8], studio: &Studio) -> Answer {
        match serde_json::from_slice(order) {
            Ok(Order::Open { address, hours }) => {
                self.end();
                if !addresses().contains(&address.to_string()) {
                    return refused(&[
                        format!("这台电脑没有 {address} 这个地址"),
                        format!("this machine has no address {address}"),
                    ]);
                }
                match begin(address, hours.clamp(1, LONGEST), studio) {
                    Ok(open) => *self.open() = Some(open),
                    Err(error) => {
                        return refused(&[format!("开不了：{error}"), format!("cannot be opened: {error}")]);
                    }
                }
            }
            Ok(Order::Close) => self.end(),
            Err(_) => return Answer { status: 400, json: json!({ "ok": false }).to_string().into_bytes() },
        }
        self.state()
    }

    fn end(&self) {
        if let Some(open) = self.open().take() {
            open.ended.store(true, Ordering::Relaxed);
        }
    }
}

fn refused([zh, en]: &[String; 2]) -> Answer {
    let json = json!({ "ok": false, "reason": "failed", "message": { "zh": zh, "en": en } });
    Answer { status: 422, json: json.to_string().into_bytes() }
}

/// Addresses of this machine that others may reach, and its own.
fn addresses() -> Vec<String> {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    let mut found: Vec<IpAddr> = found.iter().map(if_addrs::Interface::ip).filter(IpAddr::is_ipv4).collect();
    found.sort_by_key(|address| (address.is_loopback(), *address));
    found.dedup();
    found.iter().map(ToString::to_string).collect()
}

/// An address as a QR code: its squares, row by row, `1` for dark.
fn code(address: &str) -> Vec<String> {
    let Ok(code) = qrcode::QrCode::new(address) else { return vec![] };
    let dark = |colour: &qrcode::Color| if *colour == qrcode::Color::Dark { '1' } else { '0' };
    code.to_colors().chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect()
}

fn begin(address: IpAddr, hours: i64, studio: &Studio) -> io::Result<Arc<Open>> {
    let listener = TcpListener::bind((address, 0))?;
    // It is looked every so often whether it is still wanted.
    listener.set_nonblocking(true)?;
    let (port, token) = (listener.local_addr()?.port(), secret()?);
    let open = Arc::new(Open {
        address: format!("http://{address}:{port}/s/{token}/"),
        token,
        names: Names::new(&[&address.to_string()], port),
        until: studio.now() + hours * 3600,
        ended: AtomicBool::new(false),
        studio: studio.clone(),
    });
    let (house, wanted) = (open.clone(), open.clone());
    let answers: Answers = Arc::new(move |stream, held: &Held| answer(stream, &house, held));
    std::thread::Builder::new().spawn(move || serve(&listener, &|| wanted.is_welcome(), &answers))?;
    Ok(open)
}

fn answer(mut stream: TcpStream, open: &Arc<Open>, held: &Held) -> io::Result<()> {
    let Ok(mut request) = Request::read(&mut stream) else {
        return refuse(&mut stream, "400 Bad Request");
    };
    let rest = request.path.strip_prefix("/s/").and_then(|rest| rest.split_once('/'));
    let rest =
        rest.filter(|(token, _)| super::access::same(token, &open.token)).map(|(_, rest)| rest.to_owned());
    let Some(rest) = rest.filter(|_| open.is_welcome() && open.names.are_of(&request)) else {
        return refuse(&mut stream, "404 Not Found");
    };
    held.is_let_in();
    let live = open.studio.live();
    match (request.method.as_str(), rest.as_str()) {
        ("GET", "events") => {
            held.is_stream();
            answers::tell_news(stream, live, &["comments"], &|| open.is_welcome())
        }
        ("GET", "book.json") => send(&mut stream, "application/json", FRESH, &shown(&live.json())),
        ("GET", "comments.json") => answers::answer(&mut stream, &open.studio.comments()),
        ("GET", "words.json") => {
            let number = |name| request.asked(name).and_then(|number| number.parse::<f64>().ok());
            let page = request.asked("page").unwrap_or_default();
            let found = number("x").zip(number("y")).and_then(|(x, y)| live.words_at(&page, x, y));
            let told = found.map(
                |Words { person, field, words }| json!({ "person": person, "field": field, "words": words }),
            );
            send(&mut stream, "application/json", FRESH, json!(told).to_string().as_bytes())
        }
        ("GET", path) => {
            match (answers::file(assets::REVIEW, path, open.studio.lang()), path.strip_prefix("page/")) {
                (Some((kind, text)), _) => send(&mut stream, kind, FRESH, text.as_bytes()),
                (None, Some(picture)) => answers::picture(&mut stream, picture, live),
                (None, None) => refuse(&mut stream, "404 Not Found"),
            }
        }
        ("POST", "say") if open.names.may_write(&request) => match request.body(&mut stream, SAID) {
            // It may have ended while this was on its way.
            Ok(_) if !open.is_welcome() => refuse(&mut stream, "404 Not Found"),
            Ok(body) => answers::answer(&mut stream, &say(&open.studio, &body)),
            Err(why) => refuse_body(&mut stream, why),
        },
        ("POST", _) => refuse(&mut stream, "403 Forbidden"),
        _ => refuse(&mut stream, "405 Method Not Allowed"),
    }
}

/// What a reader says.
fn say(studio: &Studio, body: &[u8]) -> Answer {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Said {
        by: String,
        say: Saying,
    }
    match serde_json::from_slice(body) {
        Ok(Said { by, say }) => studio.remark(Remark::Say(say), &by).into(),
        Err(_) => Answer { status: 400, json: json!({ "ok": false }).to_string().into_bytes() },
    }
}

/// What readers are told of a book: pages, persons and places, no files, no
/// findings.
fn shown(book: &[u8]) -> Vec<u8> {
    let book: Json = serde_json::from_slice(book).unwrap_or_default();
    let members = |value: &Json, keys: &[&str]| -> Json {
        let kept = keys.iter().filter_map(|key| Some(((*key).to_owned(), value.get(*key)?.clone())));
        Json::Object(kept.collect())
    };
    let list = |key: &str, keys: &[&str]| -> Json {
        book[key].as_array().into_iter().flatten().map(|value| members(value, keys)).collect()
    };
    let mut told = members(&book, &["revision", "session", "title", "trim", "bleed"]);
    told["pages"] = list("pages", &["n", "kind", "person", "hash"]);
    told["persons"] = list("persons", &["id", "name", "page"]);
    told.to_string().into_bytes()
}
