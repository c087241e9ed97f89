//! The file as a whole: version, identifier, output intent, what it does by
//! itself, layers.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as Bytes};

use super::streams::decoded;
use super::structure::{self, Structure};
use super::{Expected, metadata};
use crate::diag::{Code, Diagnostic, Phrase};

/// Judges the file; `structure` are its bones.
pub(super) fn check(pdf: &Pdf, structure: &Structure, expected: &Expected) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap_or_default();
    for problem in &structure.problems {
        found.push(Diagnostic::new(Code::BrokenContent).arg("problem", problem.clone()));
    }
    if structure.trailers.iter().any(|trailer| trailer.contains_key(b"Encrypt")) {
        found.push(Diagnostic::new(Code::PdfEncrypted));
    }
    // PDF/X-4 is written as 1.6; a reader of 1.6 reads older ones as well. The
    // catalog may raise what the header says, never lower it (7.5.2).
    let raised = catalog.get::<Name>(b"Version").and_then(|version| structure::tenths(version.as_ref()));
    let version = structure::version(pdf.data().as_ref()).max(raised);
    match version {
        Some(version) if version > 16 => {
            let version = format!("{}.{}", version / 10, version % 10);
            found.push(Diagnostic::new(Code::PdfVersion).arg("version", version));
        }
        Some(_) => {}
        None => found.push(Diagnostic::new(Code::BrokenContent).arg("problem", Phrase::NoHeader)),
    }
    let id = structure.first(|trailer| {
        let parts = |id: Array| id.iter::<Bytes>().count();
        let own = trailer.get::<Array>(b"ID").map(parts);
        own.or_else(|| pdf.xref().get::<Array>(trailer.get_ref(b"ID")?.into()).map(parts))
    });
    if id != Some(2) {
        found.push(Diagnostic::new(Code::PdfId));
    }
    metadata::check(pdf, &catalog, structure, &mut found);
    intent(&catalog, expected, &mut found);
    let count = pdf.pages().len();
    let told = catalog.get::<Dict>(b"Pages").and_then(|pages| pages.get::<i64>(b"Count"));
    if told != i64::try_from(count).ok() {
        found.push(Diagnostic::new(Code::BrokenContent).arg("problem", Phrase::WrongCount));
    }
    let multiple = expected.job.page_multiple;
    if expected.part == super::Part::Interior && !count.is_multiple_of(multiple) {
        let diagnostic = Diagnostic::new(Code::PageCount);
        found.push(diagnostic.arg("pages", count.to_string()).arg("multiple", multiple.to_string()));
    }
    catalog_entries(&catalog, &mut found);
    found
}

fn intent(catalog: &Dict, expected: &Expected, found: &mut Vec<Diagnostic>) {
    let mut wrong = |problem: Phrase| found.push(Diagnostic::new(Code::OutputIntent).arg("problem", problem));
    let all = catalog.get::<Array>(b"OutputIntents").unwrap_or_default();
    let ours = |dict: &Dict| dict.get::<Name>(b"S").is_some_and(|s| s.as_ref() == b"GTS_PDFX");
    let intents: Vec<Dict> = all.iter::<Dict>().filter(ours).collect();
    let intent = match intents.as_slice() {
        [] => return wrong(Phrase::NoIntent),
        [one] => one,
        _ => return wrong(Phrase::SeveralIntents),
    };
    let wanted = &expected.job.condition.id;
    match intent.get::<Bytes>(b"OutputConditionIdentifier").map(|id| metadata::text(&id)) {
        Some(id) if !id.is_empty() => {
            if !same_condition(&id, wanted) {
                wrong(Phrase::OtherCondition { id: id.chars().take(60).collect(), wanted: wanted.clone() });
            }
        }
        _ => wrong(Phrase::NoCondition),
    }
    let Some(profile) = intent.get::<Stream>(b"DestOutputProfile") else {
        return wrong(Phrase::IntentWithoutProfile);
    };
    // ICC.1:2004-10, 7.2: class at byte 12, data colour space at 16.
    let bytes = decoded(&profile).unwrap_or_default();
    let whole =
        bytes.first_chunk::<4>().is_some_and(|size| u32::from_be_bytes(*size) as usize == bytes.len());
    let signed = whole && bytes.get(36..40) == Some(b"acsp") && bytes.len() > 128;
    let cmyk = signed && bytes.get(12..20) == Some(b"prtrCMYK") && profile.dict().get::<i32>(b"N") == Some(4);
    if !cmyk {
        wrong(Phrase::IntentNotCmyk);
    }
}

fn catalog_entries(catalog: &Dict, found: &mut Vec<Diagnostic>) {
    let mut interactive = |what: Phrase| found.push(Diagnostic::new(Code::Interactive).arg("what", what));
    // A destination is no action, but it opens a page of its own accord.
    if catalog.contains_key(b"OpenAction") {
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
    if automatic_layers(catalog) {
        forbidden(Phrase::AutomaticLayers);
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

/// Whether two names are of one printing condition: Coated FOGRA39 (ISO
/// 12647-2:2004) and FOGRA39L are FOGRA39.
fn same_condition(id: &str, wanted: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
    };
    let (id, wanted) = (plain(id), plain(wanted));
    let longer = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    id == wanted || !wanted.is_empty() && id.split_once(&wanted).is_some_and(|(_, rest)| !longer(rest))
}

/// Whether layers switch themselves on and off, so that what is printed depends
/// on who prints (ISO 15930-7: no `AS` in a configuration).
fn automatic_layers(catalog: &Dict) -> bool {
    let layers = catalog.get::<Dict>(b"OCProperties").unwrap_or_default();
    let others = layers.get::<Array>(b"Configs").unwrap_or_default();
    let mut all = layers.get::<Dict>(b"D").into_iter().chain(others.iter::<Dict>());
    all.any(|configuration| configuration.contains_key(b"AS"))
}

/// Layers that the file switches off.
pub(super) fn hidden_layers(pdf: &Pdf) -> Vec<ObjectIdentifier> {
    let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap_or_default();
    let layers = catalog.get::<Dict>(b"OCProperties").unwrap_or_default();
    let default = layers.get::<Dict>(b"D").unwrap_or_default();
    let listed = |dict: &Dict, key: &[u8]| -> Vec<ObjectIdentifier> {
        let all = dict.get::<Array>(key).unwrap_or_default();
        let reference = |item: MaybeRef<Object>| match item {
            MaybeRef::Ref(id) => Some(id.into()),
            MaybeRef::NotRef(_) => None,
        };
        all.raw_iter().filter_map(reference).collect()
    };
    let off = default.get::<Name>(b"BaseState").is_some_and(|state| state.as_ref() == b"OFF");
    if off {
        let on = listed(&default, b"ON");
        listed(&layers, b"OCGs").into_iter().filter(|layer| !on.contains(layer)).collect()
    } else {
        listed(&default, b"OFF")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_known_by_their_names() {
        for id in ["FOGRA39", "FOGRA39L", "Coated FOGRA39 (ISO 12647-2:2004)", "fogra39"] {
            assert!(same_condition(id, "FOGRA39"), "{id}");
        }
        for id in ["FOGRA51", "FOGRA391", "CGATS TR 001", "SWOP"] {
            assert!(!same_condition(id, "FOGRA39"), "{id}");
        }
    }
}
