//! What a file says of itself, in two places that have to agree (ISO 15930-7,
//! 6.4).

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Stream, String as Bytes};

use super::dates;
use super::structure::Structure;
use crate::diag::{Code, Diagnostic, Phrase};

/// XML names of the metadata that PDF/X-4 asks for.
const PDFXID: &str = "http://www.npes.org/pdfx/ns/id/";
const PDFA: &str = "http://www.aiim.org/pdfa/ns/id/";
const PDFUA: &str = "http://www.aiim.org/pdfua/ns/id/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const MEDIA: &str = "http://ns.adobe.com/xap/1.0/mm/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const DC: &str = "http://purl.org/dc/elements/1.1/";
/// Nodes of an XMP packet that are read.
const NODES: u32 = 100_000;

/// Judges the metadata: what the information dictionary and the XMP say, and
/// that they say the same.
pub(super) fn check(pdf: &Pdf, catalog: &Dict, structure: &Structure, found: &mut Vec<Diagnostic>) {
    let mut wrong = |problem: Phrase| found.push(Diagnostic::new(Code::PdfMetadata).arg("problem", problem));
    let packet = catalog.get::<Stream>(b"Metadata").and_then(|stream| {
        let bytes = super::streams::decoded(&stream).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    });
    let xml = packet.as_deref().map(|text| {
        let options = roxmltree::ParsingOptions { nodes_limit: NODES, ..Default::default() };
        roxmltree::Document::parse_with_options(text.trim_start_matches('\u{feff}').trim(), options)
    });
    let xmp = match &xml {
        None => {
            wrong(Phrase::XmpMissing);
            None
        }
        Some(Err(_)) => {
            wrong(Phrase::XmpBroken);
            None
        }
        Some(Ok(xmp)) => Some(xmp),
    };
    let value = |space: &str, name: &str| xmp.and_then(|xmp| property(xmp, space, name));
    let for_screens = [PDFA, PDFUA].iter().any(|space| value(space, "part").is_some());
    if for_screens && value(PDFXID, "GTS_PDFXVersion").is_none() {
        found.push(Diagnostic::new(Code::ScreenEdition));
    }
    let mut wrong = |problem: Phrase| found.push(Diagnostic::new(Code::PdfMetadata).arg("problem", problem));
    let info = structure.first(|trailer| {
        let own = trailer.get::<Dict>(b"Info");
        own.or_else(|| pdf.xref().get::<Dict>(trailer.get_ref(b"Info")?.into()))
    });
    let info = info.unwrap_or_default();
    let told = |key: &[u8]| info.get::<Bytes>(key).map(|bytes| text(&bytes)).filter(|text| !text.is_empty());
    if xmp.is_some() {
        match (told(b"Title"), value(DC, "title")) {
            (Some(a), Some(b)) if a != b => wrong(Phrase::TitlesDiffer),
            (Some(_), Some(_)) => {}
            _ => wrong(Phrase::TitleMissing),
        }
        for (own, name) in [(&b"CreationDate"[..], "CreateDate"), (b"ModDate", "ModifyDate")] {
            match (told(own), value(XMP, name)) {
                (Some(a), Some(b)) if !dates::same(&a, &b) => wrong(Phrase::DatesDiffer),
                (Some(_), Some(_)) => {}
                _ => wrong(Phrase::DateMissing),
            }
        }
        if ["DocumentID", "VersionID", "RenditionClass"].iter().any(|name| value(MEDIA, name).is_none()) {
            wrong(Phrase::NoDocumentId);
        }
    }
    match value(PDFXID, "GTS_PDFXVersion") {
        Some(version) if version == "PDF/X-4" => {}
        other => {
            found.push(Diagnostic::new(Code::PdfxVersion).arg("problem", other.unwrap_or_else(|| "—".into())))
        }
    }
    let trapped = info.get::<Name>(b"Trapped").map(|name| name.as_str().to_owned());
    let known = |value: Option<String>| value.filter(|v| v == "True" || v == "False");
    let (own, other) = (known(trapped), known(value(PDF, "Trapped")));
    if own.is_none() || other.is_some() && other != own {
        found.push(Diagnostic::new(Code::PdfTrapped));
    }
}

/// A property of the XMP: an element, or an attribute of a description.
fn property(xmp: &roxmltree::Document, space: &str, name: &str) -> Option<String> {
    for node in xmp.descendants() {
        if node.has_tag_name((space, name)) {
            // Of several languages the default is compared.
            let default = node
                .descendants()
                .find(|n| n.attribute(("http://www.w3.org/XML/1998/namespace", "lang")) == Some("x-default"));
            let node = default.unwrap_or(node);
            let text: String = node.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect();
            return Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        if let Some(value) = node.attribute((space, name)) {
            return Some(value.to_owned());
        }
    }
    None
}

/// A text string (ISO 32000-1, 7.9.2): UTF-16 or UTF-8 with its mark, or
/// PDFDocEncoding.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
            let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
            // Between escapes stands the language (7.9.2.2).
            text.split('\u{1b}').step_by(2).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| of_pdf_encoding(*byte)).collect(),
    }
}

/// A character of PDFDocEncoding (ISO 32000-1, D.2).
fn of_pdf_encoding(byte: u8) -> char {
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const MARKS: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ',
        'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    let within = |table: &[char], first: u8| {
        byte.checked_sub(first).and_then(|at| table.get(usize::from(at)).copied())
    };
    within(&ACCENTS, 0x18).or_else(|| within(&MARKS, 0x80)).unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_read() {
        assert_eq!(text(b"a \x80 b \x84 c \x85 \xA0 \xE9"), "a • b — c – € é");
        assert_eq!(text(&[0xFE, 0xFF, 0x4E, 0x00]), "一");
        assert_eq!(text("\u{feff}一".as_bytes()), "一");
    }
}
