//! From a keystroke in the studio to what is found, and to the new picture, as
//! a browser has them: order, event, state, picture; over HTTP. Ten and two
//! hundred persons, each of the ten with a photo of twelve megapixels; and the
//! memory over five hundred edits.
//!
//!     cargo bench --bench studio

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use image::{ExtendedColorType, ImageEncoder};
use serde_json::{Value, json};

use support::browser::request;
use support::{Project, command, many};

const EDITS: usize = 50;
/// Edits until what is kept of earlier ones is as much as is kept at all, and
/// edits over which nothing may grow.
const WARM: usize = 200;
const LONG: usize = 500;

fn main() {
    println!("persons  photos  finding ms  picture ms");
    for (count, photos) in [(10, 10), (200, 0), (200, 200)] {
        let project = many::project(count);
        with_photos(&project, photos);
        let mut desk = Desk::open(&project);
        let times: Vec<[f64; 2]> = (0..EDITS).map(|edit| desk.edit(edit)).collect();
        let [finding, picture] = [0, 1].map(|of| median(times.iter().map(|time| time[of]).collect()));
        println!("{count:7}  {photos:6}  {finding:10.0}  {picture:10.0}");
    }
    let project = many::project(10);
    with_photos(&project, 10);
    let mut desk = Desk::open(&project);
    for edit in 0..WARM {
        desk.edit(edit);
    }
    let before = desk.memory();
    for edit in WARM..WARM + LONG {
        desk.edit(edit);
    }
    let after = desk.memory();
    let part = after as f64 / before as f64;
    println!("memory after {WARM} edits {before} MB, after {LONG} more {after} MB: {part:.3}");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Gives the first persons photos of 4000 × 3000 pixels, no two alike.
fn with_photos(project: &Project, count: usize) {
    let booklet: Value = serde_json::from_str(&project.read("data/booklet.json")).expect("JSON");
    let ids: Vec<String> = serde_json::from_value(booklet["order"].clone()).expect("ids");
    let (width, height) = if count > 20 { (1500_u32, 2000_u32) } else { (3000, 4000) };
    for (number, id) in ids.iter().take(count).enumerate() {
        let pixel = |i: u32| {
            let (x, y) = (i % width, i / width);
            let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 27;
            [(x * 255 / width) as u8, (y * 255 / height) as u8, (number as u32 * 20 % 200 + grain) as u8]
        };
        let pixels: Vec<u8> = (0..width * height).flat_map(pixel).collect();
        let mut jpeg = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 90);
        encoder.write_image(&pixels, width, height, ExtendedColorType::Rgb8).expect("a JPEG");
        project.write(&format!("data/photos/{id}.jpg"), jpeg);
        project.edit(&format!("data/profiles/{id}.json"), |profile| {
            profile["photo"] = json!({ "file": format!("photos/{id}.jpg") });
        });
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A studio with somebody at it.
struct Desk {
    running: Running,
    port: u16,
    cookie: String,
    events: Box<dyn Iterator<Item = String>>,
    file: String,
    id: String,
    /// The article as it was, and as it is.
    plain: Value,
    article: Value,
    pages: Vec<String>,
}

impl Desk {
    fn open(project: &Project) -> Self {
        let mut command = command();
        command.args(["studio", project.dir(), "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Running(command.spawn().expect("starts"));
        let mut address = String::new();
        BufReader::new(running.0.stdout.take().expect("piped")).read_line(&mut address).expect("an address");
        let (place, token) = address.trim().split_once("/?token=").expect("a token");
        let port: u16 = place.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        let cookie = format!("fengcai-{port}={token}");
        let mut events = TcpStream::connect(("127.0.0.1", port)).expect("connects");
        write!(events, "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n")
            .expect("asks");
        let lines = BufReader::new(events).lines().map_while(Result::ok);
        let events = Box::new(lines.filter(|line| line.starts_with("data:")));
        let booklet: Value = serde_json::from_str(&project.read("data/booklet.json")).expect("JSON");
        let id = booklet["order"][0].as_str().expect("an id").to_owned();
        let file = format!("data/profiles/{id}.json");
        let profile: Value = serde_json::from_str(&project.read(&file)).expect("JSON");
        let article = profile["article"].clone();
        let plain = article.clone();
        let mut desk = Self { running, port, cookie, events, file, id, plain, article, pages: vec![] };
        desk.events.next();
        std::thread::sleep(Duration::from_secs(3));
        let book = desk.book();
        desk.pages = desk.hashes(&book);
        desk.pages.clone().iter().for_each(|hash| desk.picture(hash));
        desk
    }

    fn book(&self) -> Value {
        let (_, body) = request(self.port, "GET", "/book.json", &[("Cookie", &self.cookie)], "");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn hashes(&self, book: &Value) -> Vec<String> {
        let pages = book["pages"].as_array().expect("pages").iter();
        let own = pages.filter(|page| page["person"] == *self.id);
        own.map(|page| page["hash"].as_str().expect("a hash").to_owned()).collect()
    }

    fn picture(&self, hash: &str) {
        let path = format!("/page/{hash}/100.png");
        assert_eq!(request(self.port, "GET", &path, &[("Cookie", &self.cookie)], "").0, 200);
    }

    /// Types a slip, or takes it back: milliseconds to what is found, and to
    /// the last picture.
    fn edit(&mut self, edit: usize) -> [f64; 2] {
        let slip = edit.is_multiple_of(2);
        let mut after = self.plain.clone();
        let first = after[0].as_str().expect("a paragraph");
        // No two pages are alike, or the second picture would be there already.
        let c = char::from_u32(0x4E00 + edit as u32).expect("Han");
        after[0] = if slip { format!("{c}她说,{first}") } else { format!("{c}她说，{first}") }.into();
        let order = json!({ "do": "edit", "file": self.file, "changes": [
            { "field": "article", "before": self.article, "after": after }] });
        let origin = format!("http://127.0.0.1:{}", self.port);
        let headers = [("Cookie", self.cookie.as_str()), ("Origin", origin.as_str()), ("X-Fengcai", "1")];
        let start = Instant::now();
        let (status, answer) = request(self.port, "POST", "/do", &headers, order.to_string());
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer));
        let book = loop {
            self.events.next();
            let book = self.book();
            let told =
                book["findings"].as_array().expect("findings").iter().any(|found| found["code"] == "E0311");
            if told == slip {
                break book;
            }
        };
        let finding = start.elapsed().as_secs_f64() * 1e3;
        let now = self.hashes(&book);
        now.iter().filter(|hash| !self.pages.contains(hash)).for_each(|hash| self.picture(hash));
        (self.pages, self.article) = (now, after);
        [finding, start.elapsed().as_secs_f64() * 1e3]
    }

    /// Memory that it holds, in MB.
    fn memory(&self) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.running.0.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
        line.trim().trim_end_matches(" kB").trim().parse::<u64>().expect("a number") / 1024
    }
}
