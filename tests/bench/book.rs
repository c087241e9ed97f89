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
        let Layout { manuscript, template, book, cover, .. } = examination.layout.as_ref().expect("sound");
        let files = world::files(manuscript, template, world::Portraits::StandIns);
        group.bench_function(BenchmarkId::new("typeset", count), |b| {
            b.iter_batched(|| files.clone(), cold, BatchSize::PerIteration);
        });
        group.bench_function(BenchmarkId::new("audit", count), |b| {
            b.iter(|| audit::audit(book, &examination.draft, manuscript))
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

criterion_group!(benches, stages);
criterion_main!(benches);
