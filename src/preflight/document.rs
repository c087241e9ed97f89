//! The file as a whole: version, identifier, metadata, output intent.

use hayro_syntax::object::{Array, Dict, FromBytes, Name, Object, ObjectIdentifier, Stream, String as Bytes};
use hayro_syntax::{Pdf, PdfVersion};

use super::Expected;
use crate::diag::{Code, Diagnostic, Phrase};

/// XML names of the metadata that PDF/X-4 asks for.
const PDFXID: &str = "http://www.npes.org/pdfx/ns/id/";
const PDFA: &str = "http://www.aiim.org/pdfa/ns/id/";
const PDFUA: &str = "http://www.aiim.org/pdfua/ns/id/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const MEDIA: &str = "http://ns.adobe.com/xap/1.0/mm/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const DC: &str = "http://purl.org/dc/elements/1.1/";

pub(super) fn check(pdf: &Pdf, expected: &Expected) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap_or_default();
    let trailer = Trailer::find(pdf);
    if trailer.broken {
        found.push(Diagnostic::new(Code::BrokenContent).arg("problem", Phrase::CrossReference));
    }
    if trailer.encrypted {
        found.push(Diagnostic::new(Code::PdfEncrypted));
    }
    // PDF/X-4 is written as 1.6; a reader of 1.6 reads older ones as well.
    if pdf.version() > PdfVersion::Pdf16 {
        let version = format!("{:?}", pdf.version());
        let digits: String = version.chars().filter(char::is_ascii_digit).collect();
        let version = format!("{}.{}", &digits[..1], &digits[1..]);
        found.push(Diagnostic::new(Code::PdfVersion).arg("version", version));
    }
    if !trailer.id {
        found.push(Diagnostic::new(Code::PdfId));
    }
    metadata(pdf, &catalog, &trailer, &mut found);
    intent(&catalog, &mut found);
    let count = pdf.pages().len();
    let multiple = expected.job.page_multiple;
    if expected.part == super::Part::Interior && !count.is_multiple_of(multiple) {
        let diagnostic = Diagnostic::new(Code::PageCount);
        found.push(diagnostic.arg("pages", count.to_string()).arg("multiple", multiple.to_string()));
    }
    catalog_entries(&catalog, &mut found);
    found
}

/// What the trailer says, classic or in a cross-reference stream.
struct Trailer {
    id: bool,
    encrypted: bool,
    trapped: Option<String>,
    /// The cross-reference table is not where it should be.
    broken: bool,
}

impl Trailer {
    fn find(pdf: &Pdf) -> Self {
        let data: &[u8] = pdf.data().as_ref();
        let at = |needle: &[u8]| data.windows(needle.len()).rposition(|w| w == needle);
        let offset = at(b"startxref").and_then(|at| {
            let digits = data[at + 9..].trim_ascii_start();
            let end = digits.iter().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
            std::str::from_utf8(&digits[..end]).ok()?.parse::<usize>().ok()
        });
        let table = offset.and_then(|offset| data.get(offset..)).unwrap_or_default().trim_ascii_start();
        let classic = table.starts_with(b"xref");
        let stream = table.first().is_some_and(u8::is_ascii_digit)
            && table.windows(3).take(32).any(|window| window == b"obj");
        let mut trailer = Self { id: false, encrypted: false, trapped: None, broken: !classic && !stream };
        // A linearized or updated file has several; what one lacks, another has.
        let mut info = None;
        let ends = data.windows(7).enumerate().filter(|(_, w)| *w == b"trailer").map(|(at, _)| at + 7);
        for dict in ends.filter_map(|at| Dict::from_bytes(data[at..].trim_ascii_start())) {
            info = trailer.read(&dict).or(info);
        }
        if !classic || info.is_none() {
            let streams = pdf.objects().into_iter().filter_map(Object::into_stream);
            let is_table = |s: &Stream| s.dict().get::<Name>(b"Type").is_some_and(|t| t.as_ref() == b"XRef");
            for stream in streams.filter(is_table) {
                info = trailer.read(stream.dict()).or(info);
            }
        }
        let info = info.and_then(|id| pdf.xref().get::<Dict>(id)).unwrap_or_default();
        trailer.trapped = info.get::<Name>(b"Trapped").map(|name| name.as_str().to_owned());
        trailer
    }

    fn read(&mut self, dict: &Dict) -> Option<ObjectIdentifier> {
        self.id |= dict.get::<Array>(b"ID").is_some_and(|id| id.iter::<Bytes>().count() == 2);
        self.encrypted |= dict.contains_key(b"Encrypt");
        dict.get_ref(b"Info").map(Into::into)
    }
}

fn metadata(pdf: &Pdf, catalog: &Dict, trailer: &Trailer, found: &mut Vec<Diagnostic>) {
    let mut wrong = |problem: Phrase| found.push(Diagnostic::new(Code::PdfMetadata).arg("problem", problem));
    let text = catalog.get::<Stream>(b"Metadata").and_then(|stream| {
        let bytes = stream.decoded().ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    });
    let xml =
        text.as_deref().map(|text| roxmltree::Document::parse(text.trim_start_matches('\u{feff}').trim()));
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
    let info = pdf.metadata();
    let title = info.title.as_deref().map(decoded).filter(|title| !title.is_empty());
    if xmp.is_some() {
        match (title, value(DC, "title")) {
            (Some(a), Some(b)) if a != b => wrong(Phrase::TitlesDiffer),
            (Some(_), Some(_)) => {}
            _ => wrong(Phrase::TitleMissing),
        }
        let dates = [(info.creation_date, "CreateDate"), (info.modification_date, "ModifyDate")];
        for (own, name) in dates {
            let digits = own.map(|d| {
                format!("{:04}{:02}{:02}{:02}{:02}{:02}", d.year, d.month, d.day, d.hour, d.minute, d.second)
            });
            let other =
                value(XMP, name).map(|v| v.chars().filter(char::is_ascii_digit).take(14).collect::<String>());
            match (digits, other) {
                (Some(a), Some(b)) if a != b => wrong(Phrase::DatesDiffer),
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
    let known = |value: Option<String>| value.filter(|v| v == "True" || v == "False");
    let (own, other) = (known(trailer.trapped.clone()), known(value(PDF, "Trapped")));
    if own.is_none() || other.is_some() && other != own {
        found.push(Diagnostic::new(Code::PdfTrapped));
    }
}

/// A property of the XMP: an element, or an attribute of a description.
fn property(xmp: &roxmltree::Document, space: &str, name: &str) -> Option<String> {
    for node in xmp.descendants() {
        if node.has_tag_name((space, name)) {
            let text: String = node.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect();
            return Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        if let Some(value) = node.attribute((space, name)) {
            return Some(value.to_owned());
        }
    }
    None
}

/// A text string (ISO 32000-1, 7.9.2): UTF-16 with its mark, or bytes.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

fn intent(catalog: &Dict, found: &mut Vec<Diagnostic>) {
    let mut wrong = |problem: Phrase| found.push(Diagnostic::new(Code::OutputIntent).arg("problem", problem));
    let all = catalog.get::<Array>(b"OutputIntents").unwrap_or_default();
    let ours = |dict: &Dict| dict.get::<Name>(b"S").is_some_and(|s| s.as_ref() == b"GTS_PDFX");
    let intents: Vec<Dict> = all.iter::<Dict>().filter(ours).collect();
    let intent = match intents.as_slice() {
        [] => return wrong(Phrase::NoIntent),
        [one] => one,
        _ => return wrong(Phrase::SeveralIntents),
    };
    if intent.get::<Bytes>(b"OutputConditionIdentifier").is_none_or(|id| id.is_empty()) {
        wrong(Phrase::NoCondition);
    }
    let Some(profile) = intent.get::<Stream>(b"DestOutputProfile") else {
        return wrong(Phrase::IntentWithoutProfile);
    };
    // ICC.1:2004-10, 7.2: class at byte 12, data colour space at 16.
    let bytes = profile.decoded().unwrap_or_default();
    let signed = bytes.get(36..40) == Some(b"acsp") && bytes.len() > 128;
    let cmyk = signed && bytes.get(12..20) == Some(b"prtrCMYK") && profile.dict().get::<i32>(b"N") == Some(4);
    if !cmyk {
        wrong(Phrase::IntentNotCmyk);
    }
}

fn catalog_entries(catalog: &Dict, found: &mut Vec<Diagnostic>) {
    let mut interactive = |what: Phrase| found.push(Diagnostic::new(Code::Interactive).arg("what", what));
    if catalog.contains_key(b"OpenAction") || catalog.contains_key(b"AA") {
        interactive(Phrase::Actions);
    }
    if catalog.get::<Dict>(b"AcroForm").is_some_and(|form| {
        form.contains_key(b"XFA")
            || form.get::<Array>(b"Fields").is_some_and(|f| f.raw_iter().next().is_some())
    }) {
        interactive(Phrase::FormFields);
    }
    let names = catalog.get::<Dict>(b"Names").unwrap_or_default();
    if names.contains_key(b"EmbeddedFiles") {
        interactive(Phrase::EmbeddedFiles);
    }
    if names.contains_key(b"JavaScript") {
        interactive(Phrase::JavaScript);
    }
    let mut forbidden = |what: Phrase| found.push(Diagnostic::new(Code::NotAllowed).arg("what", what));
    if catalog.contains_key(b"OCProperties") {
        forbidden(Phrase::Layers);
    }
    let preferences = catalog.get::<Dict>(b"ViewerPreferences").unwrap_or_default();
    let areas: [&[u8]; 4] = [b"ViewArea", b"ViewClip", b"PrintArea", b"PrintClip"];
    let wide = |area: &[u8]| {
        let named = preferences.get::<Name>(area);
        named.is_some_and(|name| !matches!(name.as_ref(), b"MediaBox" | b"BleedBox"))
    };
    if areas.into_iter().any(wide) {
        forbidden(Phrase::ViewAreas);
    }
}
