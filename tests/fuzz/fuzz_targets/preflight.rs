//! Any bytes are judged or refused; nothing breaks. Seeds: tests/fixtures/hostile,
//! tests/fixtures/foreign.

#![no_main]

use std::sync::Arc;

use fengcai::model::PrintJob;
use fengcai::preflight::{self, Expected, Part};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let job = PrintJob::default();
    for part in [Part::Interior, Part::Cover] {
        let expected = Expected { job: &job, part, pages: &[] };
        let _ = preflight::judge(Arc::new(bytes.to_vec()), &expected);
    }
    let _ = preflight::separations(Arc::new(bytes.to_vec()), &[1], true);
});
