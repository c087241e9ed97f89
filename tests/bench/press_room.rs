//! Time of judging finished files: the booklet's 24 pages, and as many copies
//! of them as make 2,000 pages. With `--against FENGCAI`, by turns with another
//! binary, as a ratio.
//!
//!     cargo bench --bench press_room

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use fengcai::model::PrintJob;
use fengcai::preflight::{self, Expected, Part};
use lopdf::{Document, Object};

/// Runs of each; their median counts.
const RUNS: usize = 21;

/// The file with its pages again and again; each page has contents of its own.
fn grown(bytes: &[u8], pages: usize) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).expect("a PDF");
    let own: Vec<_> = document.page_iter().collect();
    let tree = document.catalog().and_then(|c| c.get(b"Pages")?.as_reference()).expect("pages");
    let mut kids = Vec::with_capacity(pages);
    for index in 0..pages {
        let mut page = document.get_dictionary(own[index % own.len()]).expect("a page").clone();
        let contents = page.get(b"Contents").and_then(Object::as_reference).expect("one stream");
        let contents = document.get_object(contents).expect("a stream").clone();
        page.set("Contents", document.add_object(contents));
        page.set("Parent", tree);
        kids.push(Object::Reference(document.add_object(page)));
    }
    let node = document.get_dictionary_mut(tree).expect("a node");
    node.set("Count", pages as i64);
    node.set("Kids", kids);
    let mut grown = Vec::new();
    document.save_to(&mut grown).expect("memory");
    grown
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn timed(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1e3
}

fn run(program: &str, file: &Path) -> f64 {
    timed(|| {
        let mut command = Command::new(program);
        command.arg("preflight").arg(file).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().expect("runs");
    })
}

fn main() {
    let against = std::env::args().skip_while(|arg| arg != "--against").nth(1);
    let project = support::Project::first_edition();
    project.run("build", &["--target", "press"]).succeeds();
    let own = std::fs::read(project.path("out/booklet-press.pdf")).expect("built");
    let sheet = PrintJob::default();
    let expected = Expected { job: &sheet, part: Part::Interior, pages: &[] };
    for (pages, runs, bytes) in [(24, RUNS, own.clone()), (2000, 5, grown(&own, 2000))] {
        let bytes = Arc::new(bytes);
        let judged = || drop(preflight::judge(bytes.clone(), &expected).expect("readable"));
        judged();
        let time = median((0..runs).map(|_| timed(judged)).collect());
        println!("{pages} pages: judged in {time:.1} ms");
        let Some(other) = &against else { continue };
        let file = project.path("measured.pdf");
        std::fs::write(&file, &*bytes).expect("written");
        let (mut ours, mut theirs) = (vec![], vec![]);
        for _ in 0..runs {
            ours.push(run(env!("CARGO_BIN_EXE_fengcai"), &file));
            theirs.push(run(other, &file));
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!("  with its process {ours:.1} ms, {other} {theirs:.1} ms: {:.2}", ours / theirs);
    }
}
