//! A headless Chromium, driven through ChromeDriver by the W3C WebDriver
//! protocol, and the requests that it takes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser with one page.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Opens a page, or `None` where ChromeDriver is not installed. Under
    /// `FENGCAI_REQUIRE_TOOLS=1` it must be.
    pub(crate) fn open(address: &str) -> Option<Self> {
        super::judge("chromedriver", &["--version"])?;
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let lines = BufReader::new(driver.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let port = lines
            .filter_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())
            .next()
            .expect("chromedriver says its port");
        let profile = tempfile::tempdir().expect("a temporary folder");
        let data = format!("--user-data-dir={}", profile.path().display());
        let args = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1500,950",
            &data,
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": { "args": args } } } });
        let mut browser = Self { driver, port, session: String::new(), _profile: profile };
        let answer = browser.send("POST", "/session", &wanted);
        browser.session = answer["sessionId"].as_str().expect("a session").to_owned();
        browser.say("url", &json!({ "url": address }));
        Some(browser)
    }

    /// What a script returns on the page.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.say("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until an expression on the page is true.
    pub(crate) fn wait(&self, expression: &str) {
        let start = Instant::now();
        while self.run(&format!("return Boolean({expression})")) != true {
            let state = || self.run("return document.body.innerText");
            assert!(start.elapsed() < Duration::from_secs(30), "{expression} never came true: {}", state());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks what a selector finds, as a person does: again, where the page
    /// put something new in its place meanwhile.
    pub(crate) fn click(&self, selector: &str) {
        for _ in 0..50 {
            let found = self.say("element", &json!({ "using": "css selector", "value": selector }));
            let id =
                found.as_object().and_then(|found| found.values().next()?.as_str().map(ToOwned::to_owned));
            let path = format!("/session/{}/element/{}/click", self.session, id.expect("an element"));
            let (status, answer) = request(self.port, "POST", &path, &[], "{}");
            if status == 200 {
                return;
            }
            let answer = String::from_utf8_lossy(&answer).into_owned();
            assert!(answer.contains("stale") || answer.contains("intercepted"), "{selector}: {answer}");
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{selector} cannot be clicked");
    }

    /// Presses a key.
    pub(crate) fn press(&self, key: &str) {
        let strokes = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.say("actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }));
    }

    /// Types into what has the focus, as a person does.
    pub(crate) fn keys(&self, text: &str) {
        for c in text.chars() {
            self.press(&c.to_string());
        }
    }

    /// Presses a key while others are held.
    pub(crate) fn chord(&self, held: &[&str], key: &str) {
        let mut strokes: Vec<Value> =
            held.iter().map(|key| json!({ "type": "keyDown", "value": key })).collect();
        strokes
            .extend([json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]);
        strokes.extend(held.iter().rev().map(|key| json!({ "type": "keyUp", "value": key })));
        self.say("actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }));
    }

    /// Chooses files, as the system's dialog does.
    pub(crate) fn upload(&self, selector: &str, files: &[std::path::PathBuf]) {
        let found = self.say("element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().and_then(|found| found.values().next()?.as_str().map(ToOwned::to_owned));
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        self.say(&format!("element/{}/value", id.expect("an element")), &json!({ "text": paths.join("\n") }));
    }

    /// A command of Chromium's own protocol.
    pub(crate) fn command(&self, command: &str, parameters: &Value) -> Value {
        self.say("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// What axe-core finds on the page as it is: rule and element.
    pub(crate) fn violations(&self) -> Vec<String> {
        let Some(folder) = super::judge("npm", &["root", "-g"]) else { return vec![] };
        let source = std::path::Path::new(folder.trim()).join("axe-core/axe.min.js");
        let source = std::fs::read_to_string(source).expect("axe-core: npm install -g axe-core");
        let script = format!(
            "if (!window.axe) {{ {source} }}; return window.axe.run(document, {{ resultTypes: ['violations'] }})\
             .then(found => found.violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html).join(' | ')))"
        );
        let found = self.run(&script);
        found
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| one.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Keeps a picture of the page where somebody asked for them.
    pub(crate) fn shot(&self, name: &str) {
        if let Some(folder) = super::asked("FENGCAI_SHOTS") {
            std::thread::sleep(Duration::from_millis(400));
            let path = std::path::Path::new(&folder).join(format!("{name}.png"));
            std::fs::write(path, self.screenshot()).expect("writes");
        }
    }

    /// Gives the page a size in CSS pixels and a density.
    pub(crate) fn resize(&self, width: u32, height: u32, density: f64) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": density, "mobile": false });
        let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size });
        self.say("goog/cdp/execute", &command);
    }

    /// The page as a PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        use base64::Engine;
        let path = format!("/session/{}/screenshot", self.session);
        let picture = self.send("GET", &path, &json!({}));
        let picture = picture.as_str().expect("a picture");
        base64::engine::general_purpose::STANDARD.decode(picture).expect("base64")
    }

    fn say(&self, command: &str, body: &Value) -> Value {
        self.send("POST", &format!("/session/{}/{command}", self.session), body)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = request(self.port, method, path, &[], body.to_string());
        let answer: Value = serde_json::from_slice(&answer).expect("JSON");
        assert_eq!(status, 200, "{path}: {answer}");
        answer["value"].clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.send("DELETE", &format!("/session/{}", self.session), &json!({}));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// One request to a server on this machine: its status and body.
pub(crate) fn request(
    port: u16,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> (u16, Vec<u8>) {
    let body = body.as_ref();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("connects");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket");
    let mut head = format!("{method} {path} HTTP/1.1\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| *name == "Host") {
        head += &format!("Host: 127.0.0.1:{port}\r\n");
    }
    headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
    // One that is refused may not be read to its end.
    let _ = stream.write_all(&[format!("{head}\r\n").as_bytes(), body].concat());
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("a status line");
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).expect("a header");
        let lower = line.to_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer).expect("the whole body");
    (status, answer)
}
