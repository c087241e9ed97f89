//! How a reader opens the screen edition: facing pages, and page numbers that
//! are those of the book. typst-pdf has no setting for either, though krilla
//! below it does.

/// The end of the catalog's type, behind which entries are put.
const CATALOG: &[u8] = b"/Type/Catalog";

/// Adds the entries to the catalog: two pages at a time (ISO 32000-1, Table
/// 28), and labels (12.4.2). With its covers, odd-numbered pages of the file
/// are on the left, the front cover beside page 1, and page `n` is called n.
/// Nothing comes of a file that is not as krilla writes it: the catalog as the
/// last object before a classic cross-reference table, so that only
/// `startxref` moves.
pub(super) fn open_as_facing_pages(mut pdf: Vec<u8>, interior: usize, covers: bool) -> Option<Vec<u8>> {
    let entries = if covers {
        // 封面 and 封底 in UTF-16, as text strings are.
        format!(
            "/PageLayout/TwoPageLeft/PageLabels<</Nums[0<</P<FEFF5C019762>>>1<</S/D>>{}<</P<FEFF5C015E95>>>]>>",
            interior + 1
        )
    } else {
        "/PageLayout/TwoPageRight".to_owned()
    };
    let table = startxref(&pdf)?;
    let catalog = rfind(pdf.get(..table)?, CATALOG)?;
    let trailer = rfind(&pdf, b"startxref")?;
    let at = catalog + CATALOG.len();
    if pdf.get(at..table)?.windows(7).any(|w| w == b" 0 obj\n") {
        return None;
    }
    pdf.truncate(trailer);
    pdf.extend_from_slice(format!("startxref\n{}\n%%EOF", table + entries.len()).as_bytes());
    pdf.splice(at..at, entries.bytes());
    Some(pdf)
}

/// Offset of the cross-reference table.
fn startxref(pdf: &[u8]) -> Option<usize> {
    let tail = pdf.get(rfind(pdf, b"startxref")? + 9..)?;
    let digits: String = tail
        .iter()
        .skip_while(|b| b.is_ascii_whitespace())
        .take_while(|b| b.is_ascii_digit())
        .map(|b| *b as char)
        .collect();
    digits.parse().ok().filter(|at| pdf.get(*at..).is_some_and(|rest| rest.starts_with(b"xref")))
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|window| window == needle)
}
