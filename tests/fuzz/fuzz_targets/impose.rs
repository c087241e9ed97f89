//! Any bytes are placed on sheets or refused; nothing breaks.

#![no_main]

use fengcai::impose::Source;
use fengcai::impose::fit::{Grid, Pages, sheet};
use fengcai::impose::place::{Options, Words, place};
use fengcai::impose::plan::{Duplex, Order, Plan, Scheme};
use fengcai::model::{Marks, Mm, Size};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::read(bytes) else { return };
    let (width, height) = source.trim();
    let trim = Size { width: Mm(width), height: Mm(height) };
    let pages = Pages { trim, bleed: Mm(3.0), gutter: Mm(6.0), folded: true };
    let Ok(grid) = Grid::new(sheet("2000x2000").unwrap(), pages, 2, true) else { return };
    let pages = source.len();
    if pages > 200 {
        return;
    }
    let scheme = Scheme::Saddle;
    let plan = Plan::new(&Order { pages, scheme, up: 2, blanks_after: None, right_bound: false });
    let options = Options {
        duplex: Duplex::ShortEdge,
        caliper: Mm(0.1),
        scale: 1.0,
        marks: Marks::ALL,
        collate: false,
        words: "fuzz",
        slug: Words::En,
        note: &[],
    };
    let _ = place(source, &plan, &grid, &options);
});
