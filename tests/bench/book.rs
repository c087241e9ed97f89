//! Time of each stage at 10, 100 and 1,000 persons. Every layout is cold: the
//! cache of the one before is evicted.
//!
//!     cargo bench

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::path::Path;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use fengcai::check::{Manuscript, check};
use fengcai::render;
use fengcai::stamp::Stamp;
use fengcai::load::load;
use fengcai::project::Project;
use fengcai::typeset::{Book, typeset};
use fengcai::world::{self, Files};
use fengcai::{audit, templates};

const SIZES: [usize; 3] = [10, 100, 1000];

fn manuscript(dir: &str) -> (fengcai::load::Draft, Manuscript) {
    let project = Project::open(Path::new(dir)).expect("a project");
    let (draft, _) = load(&project).expect("readable");
    let (manuscript, _) = check(&project, &draft);
    (draft, manuscript.expect("sound"))
}

fn files(dir: &str) -> Files {
    let project = Project::open(Path::new(dir)).expect("a project");
    let (_, manuscript) = manuscript(dir);
    let template = templates::files(&project, &manuscript.booklet().template).expect("readable");
    world::files(&manuscript, &template, world::Portraits::StandIns)
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
        group.bench_function(BenchmarkId::new("load and check", count), |b| {
            b.iter(|| manuscript(project.dir()))
        });
        let files = files(project.dir());
        group.bench_function(BenchmarkId::new("typeset", count), |b| {
            b.iter_batched(|| files.clone(), cold, BatchSize::PerIteration);
        });
        let book = cold(files);
        let (draft, manuscript) = manuscript(project.dir());
        group.bench_function(BenchmarkId::new("audit", count), |b| {
            b.iter(|| audit::audit(&book, &draft, &manuscript))
        });
        group.bench_function(BenchmarkId::new("screen", count), |b| {
            b.iter(|| {
                let shown = render::shown(&book, &manuscript);
                render::screen(&book, &shown, Stamp::new(None, None)).expect("exports")
            });
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
