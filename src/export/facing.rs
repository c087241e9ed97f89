//! Tells readers to open a book as facing pages with the first page alone.
//! typst-pdf has no setting for it, though krilla below it does.

/// ISO 32000-1, Table 28: two pages at a time, odd-numbered ones on the right.
const LAYOUT: &[u8] = b"/PageLayout/TwoPageRight";
const CATALOG: &[u8] = b"/Type/Catalog";

/// Adds the entry to the catalog. krilla writes the catalog as the last object
/// before a classic cross-reference table, so only `startxref` moves.
pub(super) fn open_as_facing_pages(mut pdf: Vec<u8>) -> Vec<u8> {
    let table = startxref(&pdf).expect("krilla writes startxref");
    let catalog = rfind(&pdf[..table], CATALOG).expect("krilla writes the catalog last");
    let trailer = rfind(&pdf, b"startxref").expect("found above");
    pdf.truncate(trailer);
    pdf.extend_from_slice(format!("startxref\n{}\n%%EOF", table + LAYOUT.len()).as_bytes());
    let at = catalog + CATALOG.len();
    assert!(!pdf[at..table].windows(7).any(|w| w == b" 0 obj\n"), "an object follows the catalog");
    pdf.splice(at..at, LAYOUT.iter().copied());
    pdf
}

/// Offset of the cross-reference table.
fn startxref(pdf: &[u8]) -> Option<usize> {
    let tail = &pdf[rfind(pdf, b"startxref")? + 9..];
    let digits: String = tail
        .iter()
        .skip_while(|b| b.is_ascii_whitespace())
        .take_while(|b| b.is_ascii_digit())
        .map(|b| *b as char)
        .collect();
    digits.parse().ok().filter(|at| pdf[*at..].starts_with(b"xref"))
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|window| window == needle)
}
