//! From the save of one profile to its new picture, as a browser would have
//! it: event, state, picture. Beside it a cold build in the same run, and the
//! same for `typst watch` on the ejected book where `typst` is installed. With
//! another fengcai the same edits are made in both by turns, and the ratio is
//! told.
//!
//!     cargo bench --bench edit
//!     cargo bench --bench edit -- --against /path/to/fengcai

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use support::browser::request;
use support::{Project, command, fengcai, many};

const EDITS: usize = 30;

fn main() {
    if let Some(other) = std::env::args().skip_while(|argument| argument != "--against").nth(1) {
        return against(&other);
    }
    println!("persons  cold build ms  edit ms  part   typst compile ms  typst watch ms");
    for count in [10, 100, 1000] {
        let project = many::project(count);
        let cold = median((0..3).map(|_| milliseconds(|| drop(project.run("build", &["-q"])))).collect());
        let mut watched = Watched::start(command(), &project);
        let edit = median((0..EDITS).map(|edit| watched.edit(edit)).collect());
        let typst = typst(&project);
        let typst = typst.map_or("not installed".to_owned(), |(c, w)| format!("{c:16.0}  {w:14.0}"));
        println!("{count:7}  {cold:13.0}  {edit:7.0}  {:4.1} %  {typst}", edit / cold * 100.0);
    }
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A child that ends with its holder.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The first person's file and its text.
fn profile(project: &Project) -> (String, String) {
    let booklet: Value = serde_json::from_str(&project.read("data/booklet.json")).expect("JSON");
    let file = format!("data/profiles/{}.json", booklet["order"][0].as_str().expect("an id"));
    let text = project.read(&file);
    (file, text)
}

/// The text with another first character in its first paragraph.
fn edited(text: &str, edit: usize) -> String {
    let mut value: Value = serde_json::from_str(text).expect("JSON");
    let paragraph = value["article"][0].as_str().expect("text").to_owned();
    let other = char::from_u32(0x4E00 + edit as u32).expect("Han");
    value["article"][0] = format!("{other}{paragraph}").into();
    serde_json::to_string_pretty(&value).expect("JSON")
}

/// The same edits by this fengcai and another, by turns.
fn against(other: &str) {
    println!("persons  edit ms  the other's ms  ratio");
    for count in [10, 100, 1000] {
        let project = many::project(count);
        let copy = many::project(count);
        let mut ours = Watched::start(command(), &project);
        let mut theirs = Watched::start(Command::new(other), &copy);
        let pairs: Vec<_> = (0..EDITS).map(|edit| (ours.edit(edit), theirs.edit(edit))).collect();
        let [a, b] = [0, 1].map(|of| median(pairs.iter().map(|p| if of == 0 { p.0 } else { p.1 }).collect()));
        let ratio = median(pairs.iter().map(|(a, b)| a / b).collect());
        println!("{count:7}  {a:7.0}  {b:14.0}  {ratio:5.2}");
    }
}

/// A project that is open in a browser, so to speak.
struct Watched {
    _running: Running,
    port: u16,
    cookie: String,
    events: Box<dyn Iterator<Item = String>>,
    file: PathBuf,
    text: String,
    known: Vec<String>,
}

impl Watched {
    fn start(mut command: Command, project: &Project) -> Self {
        command.args(["watch", project.dir(), "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Running(command.spawn().expect("starts"));
        let mut address = String::new();
        BufReader::new(running.0.stdout.take().expect("piped")).read_line(&mut address).expect("an address");
        let (place, token) = address.trim().split_once("/?token=").unwrap_or((address.trim(), ""));
        let port: u16 =
            place.trim_end_matches('/').rsplit(':').next().and_then(|p| p.parse().ok()).expect("a port");
        let cookie = format!("fengcai-{port}={token}");
        let mut events = TcpStream::connect(("127.0.0.1", port)).expect("connects");
        write!(events, "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n")
            .expect("asks");
        let lines = BufReader::new(events).lines().map_while(Result::ok);
        let events = Box::new(lines.filter(|line| line.starts_with("data:")));
        let (file, text) = profile(project);
        let file = Path::new(project.dir()).join(file);
        let mut watched = Self { _running: running, port, cookie, events, file, text, known: vec![] };
        watched.events.next();
        // The first look at the files may bring about one more state.
        std::thread::sleep(Duration::from_secs(8));
        watched.known = watched.pages();
        watched
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        request(self.port, "GET", path, &[("Cookie", &self.cookie)], "")
    }

    /// The pictures of the first person's pages, by their hashes.
    fn pages(&self) -> Vec<String> {
        let state: Value = serde_json::from_slice(&self.get("/book.json").1).expect("JSON");
        let person = self.file.file_stem().and_then(OsStr::to_str);
        let pages = state["pages"].as_array().expect("pages").iter();
        let theirs = pages.filter(|page| page["person"].as_str() == person);
        theirs.map(|page| page["hash"].as_str().expect("a hash").to_owned()).collect()
    }

    /// Milliseconds from a save to the last of the pictures that changed.
    fn edit(&mut self, edit: usize) -> f64 {
        let text = edited(&self.text, edit);
        milliseconds(|| {
            fs::write(&self.file, &text).expect("writes");
            let new = loop {
                self.events.next();
                let new = self.pages();
                if new != self.known {
                    break new;
                }
            };
            for hash in new.iter().filter(|hash| !self.known.contains(hash)) {
                assert_eq!(self.get(&format!("/page/{hash}/100.png")).0, 200);
            }
            self.known = new;
        })
    }
}

/// `typst compile`, and `typst watch` from a save of the data to the new PDF.
fn typst(project: &Project) -> Option<(f64, f64)> {
    Command::new("typst").arg("--version").output().ok()?;
    let ejected = Project::empty();
    let dir = format!("{}/book", ejected.dir());
    fengcai(&["eject", &dir, "--project", project.dir()]);
    let typst = |command: &str| {
        let mut typst = Command::new("typst");
        typst.args([
            command,
            "main.typ",
            "book.pdf",
            "--root",
            ".",
            "--font-path",
            "fonts",
            "--ignore-system-fonts",
        ]);
        typst.current_dir(&dir).stdout(Stdio::null()).stderr(Stdio::null());
        typst
    };
    let cold = milliseconds(|| drop(typst("compile").status()));
    let _watch = Running(typst("watch").spawn().ok()?);
    std::thread::sleep(Duration::from_millis(2000 + cold as u64 * 2));
    let data = format!("{dir}/data.json");
    let text = fs::read_to_string(&data).expect("text");
    let pdf = || fs::metadata(format!("{dir}/book.pdf")).and_then(|m| m.modified()).ok();
    let times = (0..EDITS).map(|edit| {
        let other = char::from_u32(0x4E00 + edit as u32).expect("Han");
        let text =
            text.replacen("\"article\": [\n        \"", &format!("\"article\": [\n        \"{other}"), 1);
        let before = pdf();
        let time = milliseconds(|| {
            fs::write(&data, &text).expect("writes");
            while pdf() == before {
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        // The file is written in pieces; the next edit waits for the last.
        std::thread::sleep(Duration::from_millis(400));
        time
    });
    Some((cold, median(times.collect())))
}
