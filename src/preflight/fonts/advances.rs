//! Advances of fonts.

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Number, Object};

/// CIDs that there are.
const CIDS: u32 = 0xFFFF;

/// Advances of a simple font (ISO 32000-1, 9.6.2).
pub(super) fn simple(font: &Dict) -> (HashMap<u32, f32>, f32) {
    let first = font.get::<u32>(b"FirstChar").unwrap_or(0);
    let widths = font.get::<Array>(b"Widths").unwrap_or_default();
    let widths = widths.iter::<Number>().take(256).zip(first..=u32::MAX).map(|(w, code)| (code, w.as_f32()));
    let missing = font.get::<Dict>(b"FontDescriptor").and_then(|d| d.get::<f32>(b"MissingWidth"));
    // The standard fonts have no widths in the file; half an em is near them.
    (widths.collect(), missing.unwrap_or(500.0))
}

/// Advances by CID (ISO 32000-1, 9.7.4.3).
pub(super) fn of_cids(font: &Dict) -> (HashMap<u32, f32>, f32) {
    let mut advances = HashMap::new();
    let mut told = 0;
    let listed = font.get::<Array>(b"W").unwrap_or_default();
    let mut entries = listed.flex_iter();
    while let Some(first) = entries.next::<Object>().and_then(Object::into_number) {
        let first = u32::try_from(first.as_i64()).unwrap_or(0);
        match entries.next::<Object>() {
            Some(Object::Array(widths)) => {
                for (cid, width) in (first..=CIDS).zip(widths.iter::<Number>()) {
                    advances.insert(cid, width.as_f32());
                }
            }
            Some(Object::Number(last)) => {
                let Some(width) = entries.next::<Object>().and_then(Object::into_number) else { break };
                let last = u32::try_from(last.as_i64()).unwrap_or(0).min(CIDS);
                // Ranges that say again what is known are not followed for ever.
                told += (last.saturating_sub(first)) as usize;
                if told > 4 * CIDS as usize {
                    break;
                }
                for cid in first..=last {
                    advances.insert(cid, width.as_f32());
                }
            }
            _ => break,
        }
    }
    (advances, font.get::<f32>(b"DW").unwrap_or(1000.0))
}
