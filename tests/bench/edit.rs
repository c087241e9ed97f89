//! From the save of one profile to its new picture, as a browser would have
//! it: event, state, picture. Beside it a cold build in the same run, and the
//! same for `typst watch` on the ejected book where `typst` is installed.
//!
//!     cargo bench --bench edit

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use support::browser::request;
use support::{Project, command, fengcai, many};

const EDITS: usize = 30;

fn main() {
    println!("persons  cold build ms  edit ms  part   typst compile ms  typst watch ms");
    for count in [10, 100, 1000] {
        let project = many::project(count);
        let cold = median((0..3).map(|_| milliseconds(|| drop(project.run("build", &["-q"])))).collect());
        let edit = median(edits(&project));
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

fn edits(project: &Project) -> Vec<f64> {
    let mut watch = command();
    watch.args(["watch", project.dir(), "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut watch = Running(watch.spawn().expect("starts"));
    let mut address = String::new();
    BufReader::new(watch.0.stdout.take().expect("piped")).read_line(&mut address).expect("an address");
    let port: u16 =
        address.trim().trim_end_matches('/').rsplit(':').next().expect("a port").parse().expect("a number");
    let mut events = TcpStream::connect(("127.0.0.1", port)).expect("connects");
    write!(events, "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").expect("asks");
    let mut events =
        BufReader::new(events).lines().map_while(Result::ok).filter(|line| line.starts_with("data:"));
    let state =
        || -> Value { serde_json::from_slice(&request(port, "GET", "/book.json", &[], "").1).expect("JSON") };
    events.next();
    // The first look at the files may bring about one more state.
    std::thread::sleep(Duration::from_secs(8));
    let (file, text) = profile(project);
    let spread = |state: &Value| -> Vec<String> {
        let pages = state["pages"].as_array().expect("pages").iter();
        let theirs =
            pages.filter(|page| file.contains(&format!("/{}.json", page["person"].as_str().unwrap_or("-"))));
        theirs.map(|page| page["hash"].as_str().expect("a hash").to_owned()).collect()
    };
    let mut known = spread(&state());
    let mut times = Vec::new();
    for edit in 0..EDITS {
        let text = edited(&text, edit);
        times.push(milliseconds(|| {
            project.write(&file, &text);
            let new = loop {
                events.next();
                let new = spread(&state());
                if new != known {
                    break new;
                }
            };
            for hash in new.iter().filter(|hash| !known.contains(hash)) {
                assert_eq!(request(port, "GET", &format!("/page/{hash}/100.png"), &[], "").0, 200);
            }
            known = new;
        }));
    }
    project.write(&file, &text);
    times
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
