//! What the language rules are worth: findings in 10,000 characters of good
//! prose, by code, and which of a list of mistakes are told of.
//!
//!     cargo bench --bench prose -- --good FOLDER_OR_FILE [--list]
//!     cargo bench --bench prose -- --mistakes FILE [--good FOLDER] [--list]
//!
//! Prose is plain text, a paragraph a line. A list of mistakes has a line each:
//! kind, right sentence, wrong sentence, with tabs between; or kind and
//! right→wrong, which is put into a paragraph of the prose that has the right form.

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fengcai::check::check;
use fengcai::diag::{Diagnostic, Lang, Severity};
use fengcai::load::load;
use fengcai::project::Project as Folder;
use serde_json::{Value, json};

/// Paragraphs of a person.
const EACH: usize = 10;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |flag: &str| arguments.iter().skip_while(|argument| *argument != flag).nth(1);
    let list = arguments.iter().any(|argument| argument == "--list");
    if let Some(good) = value("--good").filter(|_| value("--mistakes").is_none()) {
        for file in files(Path::new(good)) {
            quiet(&file, list);
        }
    }
    if let Some(mistakes) = value("--mistakes") {
        let good = value("--good").map_or(vec![], |good| files(Path::new(good)));
        let good: String = good.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
        awake(Path::new(mistakes), &good, list);
    }
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).expect("a folder").flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// The findings of each paragraph, laid into a book of its own.
fn told(paragraphs: &[&str]) -> Vec<(usize, Diagnostic)> {
    let project = support::Project::starter();
    let example: Value = serde_json::from_str(&project.read("data/profiles/example-one.json")).expect("JSON");
    let mut order = Vec::new();
    for (person, lines) in paragraphs.chunks(EACH).enumerate() {
        let id = format!("p{person:05}");
        let mut profile = json!({ "name": example["name"], "post": example["post"], "headline": ["标题"] });
        profile["article"] = json!(lines);
        project.write(&format!("data/profiles/{id}.json"), profile.to_string());
        order.push(id);
    }
    project.edit("data/booklet.json", |b| b["order"] = json!(order));
    let (draft, _) = load(&Folder::open(Path::new(project.dir())).expect("a project")).expect("readable");
    let found = check(&draft).1;
    let placed = found.into_iter().filter_map(|finding| {
        let person: usize = finding.person.as_ref()?.id.strip_prefix('p')?.parse().ok()?;
        let line =
            finding.field.as_deref()?.strip_prefix("article[")?.split(']').next()?.parse::<usize>().ok()?;
        Some((person * EACH + line, finding))
    });
    placed.collect()
}

fn quiet(file: &Path, list: bool) {
    let text = std::fs::read_to_string(file).expect("text");
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
    // A list of right forms names the kind before a tab.
    let last = lines.iter().filter_map(|line| line.rsplit('\t').next());
    let words: Vec<&str> = last.flat_map(|line| line.split("\\n")).collect();
    let characters: usize = words.iter().map(|line| line.chars().count()).sum();
    let told = told(&words);
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut errors = 0;
    for (line, finding) in &told {
        *codes.entry(finding.code.id().to_owned()).or_default() += 1 + finding.more;
        errors += usize::from(finding.severity == Severity::Error) * (1 + finding.more);
        if list {
            println!("{}\t{}\t{}", finding.code.id(), finding.message(Lang::Zh), around(words[*line]));
        }
    }
    let all: usize = codes.values().sum();
    let rate = |count: usize| count as f64 * 1e4 / characters as f64;
    println!(
        "{}: {characters} characters, {all} findings ({:.2} in 10,000), {errors} errors ({:.2})",
        file.display(),
        rate(all),
        rate(errors)
    );
    for (code, count) in codes {
        println!("  {code} {count:5} {:.2}", rate(count));
    }
}

fn around(line: &str) -> String {
    line.chars().take(60).collect()
}

/// Right and wrong sentence of each mistake.
fn cases(text: &str, good: &str) -> Vec<[String; 3]> {
    let lines =
        text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let case = |case: Vec<&str>| match *case {
        [kind, right, wrong] => Some([kind.to_owned(), right.to_owned(), wrong.to_owned()]),
        [kind, pair] => {
            let (right, wrong) = pair.split_once('→')?;
            let wrong = wrong.split("(U+").next()?;
            let known =
                good.lines().filter(|line| line.chars().count() < 200).find(|line| line.contains(right));
            let sentence = known.map_or_else(|| format!("社区{right}。"), ToOwned::to_owned);
            Some([kind.to_owned(), sentence.clone(), sentence.replacen(right, wrong, 1)])
        }
        _ => None,
    };
    lines.filter_map(case).collect()
}

fn awake(file: &Path, good: &str, list: bool) {
    let text = std::fs::read_to_string(file).expect("text");
    let cases = cases(&text, good);
    let mut kinds: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let count = |sentence: &str| {
        let found = told(&[sentence]);
        let said: Vec<String> =
            found.iter().map(|(_, f)| format!("{} {}", f.code.id(), f.message(Lang::Zh))).collect();
        let mends: Vec<String> =
            found.iter().map(|(_, f)| format!("{} {}", f.message(Lang::Zh), f.hint(Lang::Zh))).collect();
        (said, mends)
    };
    for case in &cases {
        let [kind, right, wrong] = case;
        let ((good, _), (bad, mends)) = (count(right), count(wrong));
        let news: Vec<&String> = bad.iter().filter(|said| !good.contains(said)).collect();
        let mend = change(right, wrong);
        let mended = !news.is_empty() && mends.iter().any(|said| mend.is_empty() || said.contains(&mend));
        let tally = kinds.entry(kind).or_default();
        tally[0] += 1;
        tally[1] += usize::from(!news.is_empty());
        tally[2] += usize::from(mended);
        tally[3] += usize::from(!good.is_empty());
        if list && (news.is_empty() || !good.is_empty() || !mended) {
            println!("{kind}\t{wrong}\twants {mend}\t{news:?}\tright: {good:?}");
        }
    }
    println!("kind, mistakes, told of, with the right form, right twins told of");
    let mut sums = [0; 4];
    for (kind, tally) in kinds {
        println!("  {kind} {tally:?}");
        sums.iter_mut().zip(tally).for_each(|(sum, count)| *sum += count);
    }
    let part = |count: usize| count as f64 * 100.0 / sums[0].max(1) as f64;
    println!(
        "{} mistakes, {:.0} % told of, {:.0} % with the right form, {} right twins told of",
        sums[0],
        part(sums[1]),
        part(sums[2]),
        sums[3]
    );
}

/// What of the right sentence is not in the wrong one.
fn change(right: &str, wrong: &str) -> String {
    let (right, wrong): (Vec<char>, Vec<char>) = (right.chars().collect(), wrong.chars().collect());
    let start = right.iter().zip(&wrong).take_while(|(a, b)| a == b).count();
    let end =
        right[start..].iter().rev().zip(wrong[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    right[start..right.len() - end].iter().collect()
}
