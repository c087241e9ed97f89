//! What is asked for and what answers it: the page, the state and its pictures
//! for whoever may look, orders for whoever may write.

use std::io;
use std::net::TcpStream;

use serde_json::json;

use super::answers::{self, ALWAYS, FOREVER, FRESH, refuse, refuse_body, send};
use super::connections::Held;
use super::http::{Request, write_head};
use super::site::House;
use crate::fonts;
use crate::studio::{Answer, Studio};

/// Largest order, in bytes.
const ORDER: u64 = 16 << 20;
/// Largest file that is brought in, in bytes.
const FILE: u64 = 256 << 20;

/// Answers a request to the page of an editor.
pub(super) fn answer(mut stream: TcpStream, house: &House, held: &Held) -> io::Result<()> {
    let House { access, names, site, .. } = house;
    let Ok(mut request) = Request::read(&mut stream) else {
        return refuse(&mut stream, "400 Bad Request");
    };
    if !names.are_of(&request) {
        return refuse(&mut stream, "403 Forbidden");
    }
    let writes = site.studio.as_ref().filter(|studio| studio.writes());
    match (request.method.as_str(), writes) {
        ("GET", _) => {}
        ("POST", Some(studio)) => {
            if !access.is_known(&request) || !names.may_write(&request) {
                return refuse(&mut stream, "403 Forbidden");
            }
            held.is_let_in();
            return write(&mut stream, &mut request, studio, house);
        }
        _ => return refuse(&mut stream, "405 Method Not Allowed"),
    }
    if access.is_new(&request) {
        let cookie = access.cookie();
        let fields = [("Location", "/"), ("Set-Cookie", cookie.as_str()), ("Cache-Control", FRESH)];
        return write_head(&mut stream, "303 See Other", &[&fields[..], &ALWAYS].concat(), Some(0));
    }
    if !access.is_known(&request) {
        return answers::turn_away(&mut stream);
    }
    held.is_let_in();
    match request.path.as_str() {
        "/events" => {
            held.is_stream();
            answers::tell_news(stream, &site.live, &["making", "comments"], &|| true)
        }
        "/book.json" => send(&mut stream, "application/json", FRESH, &site.live.json()),
        // For machines without a Chinese font.
        "/sans.otf" => send(&mut stream, "font/otf", FOREVER, fonts::sans()),
        path => match (answers::page(path, site.lang), path.strip_prefix("/page/")) {
            (Some((kind, text)), _) => send(&mut stream, kind, FRESH, text.as_bytes()),
            (None, Some(picture)) => answers::picture(&mut stream, picture, &site.live),
            (None, None) => match &site.studio {
                Some(studio) => read(&mut stream, &request, studio, house),
                None => refuse(&mut stream, "404 Not Found"),
            },
        },
    }
}

/// What an editor's forms ask for.
fn read(stream: &mut TcpStream, request: &Request, studio: &Studio, house: &House) -> io::Result<()> {
    let asked = |name: &str| request.asked(name);
    let file = asked("file").unwrap_or_default();
    match request.path.as_str() {
        "/data.json" => answers::answer(stream, &studio.document(&file)),
        "/schemas.json" => answers::answer(stream, &studio.schemas()),
        "/history.json" => {
            answers::answer(stream, &studio.history(asked("file").as_deref(), asked("field").as_deref()))
        }
        "/comments.json" => answers::answer(stream, &studio.comments()),
        "/making.json" => {
            answers::answer(stream, &Answer { status: 200, json: studio.making().to_string().into_bytes() })
        }
        "/review.json" if studio.writes() => answers::answer(stream, &house.reviews.state()),
        "/photo" => match studio.thumbnail(&file) {
            Some(jpeg) => send(stream, "image/jpeg", FRESH, &jpeg),
            None => refuse(stream, "404 Not Found"),
        },
        "/output" => match studio.output(&file) {
            Some(bytes) => answers::hand_over(stream, "application/octet-stream", &file, &bytes),
            None => refuse(stream, "404 Not Found"),
        },
        _ => refuse(stream, "404 Not Found"),
    }
}

/// What an editor does.
fn write(stream: &mut TcpStream, request: &mut Request, studio: &Studio, house: &House) -> io::Result<()> {
    let path = request.path.clone();
    let most = match path.as_str() {
        "/do" | "/review" => ORDER,
        "/incoming" | "/photo" => FILE,
        _ => return refuse(stream, "404 Not Found"),
    };
    let body = match request.body(stream, most) {
        Ok(body) => body,
        Err(why) => return refuse_body(stream, why),
    };
    let asked = |name: &str| request.asked(name).unwrap_or_default();
    let done = match path.as_str() {
        "/do" => studio.order(&body),
        "/review" => house.reviews.order(&body, studio),
        "/incoming" => studio.incoming(&asked("name"), &body),
        "/photo" => studio.photo(&asked("person"), body, &asked("by")),
        _ => Answer { status: 404, json: json!({ "ok": false }).to_string().into_bytes() },
    };
    answers::answer(stream, &done)
}
