//! The studio: what it writes and what it refuses, over HTTP; and the page,
//! driven by a browser from an empty folder to a delivery.

mod attacks;
mod desk;
mod editor;
mod others;
mod points;
mod reading;
mod refusals;
mod shelf;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::browser::request;
use crate::support::{Project, command};

/// A running `fengcai studio`.
pub(crate) struct Studio {
    child: Child,
    pub(crate) port: u16,
    /// The address as it is printed.
    pub(crate) address: String,
    pub(crate) cookie: String,
}

impl Studio {
    pub(crate) fn start(project: &Project) -> Self {
        Self::at(Path::new(project.dir()), &[])
    }

    /// In a folder, with further environment.
    pub(crate) fn at(folder: &Path, environment: &[(&str, &str)]) -> Self {
        let mut command = command();
        command.args(["--lang", "zh", "studio", folder.to_str().unwrap(), "--port", "0"]);
        command.envs(environment.iter().copied());
        Self::spawn(command)
    }

    fn spawn(mut command: std::process::Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let (place, token) = address.trim().split_once("/?token=").unwrap();
        let port = place.rsplit(':').next().unwrap().parse().unwrap();
        let cookie = format!("fengcai-{port}={token}");
        Self { child, port, address: address.trim().to_owned(), cookie }
    }

    pub(crate) fn get(&self, path: &str) -> (u16, Vec<u8>) {
        request(self.port, "GET", path, &[("Cookie", &self.cookie)], "")
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.get(path).1).unwrap_or(Value::Null)
    }

    /// A request to write, as the page sends it.
    pub(crate) fn post(&self, path: &str, body: &[u8]) -> (u16, Value) {
        let origin = format!("http://127.0.0.1:{}", self.port);
        let headers = [("Cookie", self.cookie.as_str()), ("Origin", origin.as_str()), ("X-Fengcai", "1")];
        let (status, body) = request(self.port, "POST", path, &headers, body);
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    pub(crate) fn order(&self, order: Value) -> (u16, Value) {
        self.post("/do", order.to_string().as_bytes())
    }

    /// An order that has to be carried out.
    pub(crate) fn done(&self, order: Value) -> Value {
        let (status, answer) = self.order(order.clone());
        assert!(status == 200 && answer["ok"] == true, "{order}: {status} {answer}");
        answer
    }

    /// Gives a field another value.
    pub(crate) fn edit(&self, file: &str, field: &str, before: Value, after: Value) -> (u16, Value) {
        self.order(json!({ "do": "edit", "file": file, "by": "编辑甲",
            "changes": [{ "field": field, "before": before, "after": after }] }))
    }

    /// Waits for a state of the book.
    pub(crate) fn until(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let book = self.json("/book.json");
            if wanted(&book) {
                return book;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{book:#}");
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// Waits until nothing is being made, and returns what came of it.
    pub(crate) fn made(&self) -> Value {
        let start = Instant::now();
        loop {
            let making = self.json("/making.json");
            if making["running"] == false {
                return making;
            }
            assert!(start.elapsed() < Duration::from_secs(120), "{making}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        self.kill();
    }
}

pub(crate) const WANG_QI: &str = "data/profiles/wang-qi.json";
