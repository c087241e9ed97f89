//! Time of each stage at 10, 100 and 1,000 persons. Every layout is cold: the
//! cache of the one before is evicted.
//!
//!     cargo bench

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::path::Path;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use fengcai::audit;
use fengcai::check::check;
use fengcai::load::load;
use fengcai::render;
use fengcai::session::{Examination, Layout, Session};
use fengcai::stamp::Stamp;
use fengcai::typeset::{Book, typeset};
use fengcai::world::{self, Files};

const SIZES: [usize; 3] = [10, 100, 1000];

fn examined(dir: &str) -> Examination {
    Session::open(Path::new(dir)).expect("a project").examine().expect("readable")
}

fn cold(files: Files) -> Book {
    typst::comemo::evict(0);
    typeset(files, "main.typ").0.expect("lays out")
}

fn stages(criterion: &mut Criterion) {
    for count in SIZES {
        let project = support::many::project(count);
        let mut group = criterion.benchmark_group("book");
        group.sample_size(10);
        group
            .bench_function(BenchmarkId::new("examine, warm", count), |b| b.iter(|| examined(project.dir())));
        let examination = examined(project.dir());
        let Layout { manuscript, book, cover, .. } = examination.layout.as_ref().expect("sound");
        let files = world::files(manuscript, world::Portraits::StandIns, Some(book.len()));
        group.bench_function(BenchmarkId::new("typeset", count), |b| {
            b.iter_batched(|| files.clone(), cold, BatchSize::PerIteration);
        });
        group.bench_function(BenchmarkId::new("audit", count), |b| {
            b.iter(|| audit::audit(book, cover.as_ref(), &examination.draft, manuscript))
        });
        group.bench_function(BenchmarkId::new("screen", count), |b| {
            b.iter(|| {
                let shown = render::shown(book, cover.as_ref(), manuscript, &[]).expect("shows");
                render::screen(book, &shown, Stamp::new(None, None)).expect("exports")
            });
        });
        group.finish();
    }
}

/// A book whose texts were delivered, everybody with a name and numbers of
/// their own.
fn delivered(count: usize) -> support::Project {
    let project = support::many::project(count);
    let mut source = String::new();
    for (i, (path, mut profile)) in profiles(&project).into_iter().enumerate() {
        let name = profile["name"].as_str().expect("a name").to_owned();
        let own: String =
            [i / 60, i % 60 + 60].iter().map(|n| char::from_u32(0x4E10 + *n as u32).expect("Han")).collect();
        let text = profile.to_string().replace(&name, &format!("王{own}"));
        profile = serde_json::from_str(&text).expect("JSON");
        let lines = |field: &str| -> Vec<String> {
            profile[field]
                .as_array()
                .expect("a list")
                .iter()
                .map(|l| l.as_str().expect("text").to_owned())
                .collect()
        };
        let post: String = ["district", "street", "community", "role"]
            .iter()
            .filter_map(|part| profile["post"][*part].as_str())
            .collect();
        source += &format!(
            "{}\n\n{post} 王{own}\n\n{}\n\n",
            lines("headline").join(" "),
            lines("article").join("\n")
        );
        project.write(&path, profile.to_string());
    }
    project.write("data/source.txt", source);
    project.edit("data/booklet.json", |booklet| booklet["source"] = "data/source.txt".into());
    project
}

fn profiles(project: &support::Project) -> Vec<(String, serde_json::Value)> {
    let booklet: serde_json::Value = serde_json::from_str(&project.read("data/booklet.json")).expect("JSON");
    let order = booklet["order"].as_array().expect("an order").iter().filter_map(|id| id.as_str());
    let paths = order.map(|id| format!("data/profiles/{id}.json"));
    paths.map(|path| (path.clone(), serde_json::from_str(&project.read(&path)).expect("JSON"))).collect()
}

/// The comparison with the delivered texts: twice the persons take twice as
/// long.
fn compared(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check with delivered texts");
    group.sample_size(10);
    for count in [1000, 2000] {
        let project = delivered(count);
        let session = Session::open(Path::new(project.dir())).expect("a project");
        let (draft, _) = load(session.project()).expect("readable");
        group.bench_function(BenchmarkId::new("check", count), |b| b.iter(|| check(&draft)));
    }
    group.finish();
}

criterion_group!(benches, stages, compared);
criterion_main!(benches);
