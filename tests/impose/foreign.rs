//! Pages of other programs, each with something unusual, onto sheets: nothing
//! is cut, lost or printed that was not meant to be.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use lopdf::{Document, Object};

use super::{assert_sound, impose};
use crate::support::judge;

/// A PDF of these objects, from 1; the first is the catalog.
fn written(objects: &[&str]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.6\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{} 0 obj\n{object}\nendobj", i + 1).unwrap();
    }
    let start = file.len();
    let size = objects.len() + 1;
    write!(file, "{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file.into_bytes()
}

fn content(text: &str) -> String {
    format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len())
}

const CATALOG: &str = "<< /Type /Catalog /Pages 2 0 R >>";
const SHEET: &[&str] = &["--scheme", "two-up", "--sheet", "SRA3", "--no-marks"];

/// Writes a file and imposes it.
fn imposed(dir: &Path, objects: &[&str]) -> (crate::support::Run, String) {
    let (from, out) = (dir.join("from.pdf"), dir.join("out.pdf"));
    fs::write(&from, written(objects)).unwrap();
    let run = impose(from.to_str().unwrap(), &out, SHEET);
    (run, out.to_str().unwrap().to_owned())
}

/// Ink of a plate on the first page, in pixels at 72 ppi.
fn inked(file: &str, dir: &Path, plate: &str) -> Option<usize> {
    let out = dir.join("gs");
    fs::create_dir_all(&out).unwrap();
    let to = format!("-o{}/p.tif", out.display());
    judge("gs", &["-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72", "-dLastPage=1", &to, file])?;
    let path = out.join(format!("p({plate}).tif"));
    let mut decoder = tiff::decoder::Decoder::new(fs::File::open(path).unwrap()).unwrap();
    let tiff::decoder::DecodingResult::U8(pixels) = decoder.read_image().unwrap() else { panic!() };
    Some(pixels.iter().filter(|v| **v < 128).count())
}

#[test]
fn a_group_that_is_a_reference_stays_one() {
    let dir = tempfile::tempdir().unwrap();
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /TrimBox [10 10 390 490] /Contents 4 0 R /Group 5 0 R >>";
    let objects = [
        CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        &content("1 0 0 0 k 50 50 99 99 re f"),
        "<< /S /Transparency /CS /DeviceCMYK >>",
    ];
    let (run, out) = imposed(dir.path(), &objects);
    run.succeeds();
    assert_sound(&out);
    let document = Document::load(&out).unwrap();
    assert!(document.objects.values().all(|object| !matches!(object, Object::Reference(_))));
    for id in document.page_iter() {
        let group = document.get_dictionary(id).unwrap().get(b"Group").unwrap();
        let (_, group) = document.dereference(group).unwrap();
        assert_eq!(group.as_dict().unwrap().get(b"CS").unwrap().as_name().unwrap(), b"DeviceCMYK");
    }
}

/// Paper shows annotations by their Print flag (ISO 32000-1, table 165).
#[test]
fn annotations_are_printed_by_their_flag() {
    for (flags, printed) in [(0, false), (4, true), (36, true), (6, false)] {
        let dir = tempfile::tempdir().unwrap();
        let annotation = format!(
            "<< /Type /Annot /Subtype /Square /Rect [100 100 200 200] /F {flags} /AP << /N 6 0 R >> >>"
        );
        let look = content("0 0 1 0 k 0 0 100 100 re f").replace(
            "<< /Length",
            "<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << >> /Length",
        );
        let objects = [
            CATALOG,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /TrimBox [10 10 390 490] /Contents 4 0 R /Annots [5 0 R] >>",
            &content("1 0 0 0 k 50 50 9 9 re f"),
            &annotation,
            &look,
        ];
        let (run, out) = imposed(dir.path(), &objects);
        run.succeeds();
        assert_sound(&out);
        if let Some(count) = inked(&out, dir.path(), "Yellow") {
            assert_eq!(count > 5000, printed, "flags {flags}: {count}");
        }
    }
}

#[test]
fn nothing_is_cut_in_silence() {
    let dir = tempfile::tempdir().unwrap();
    let page = |size: &str, trim: &str| {
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /TrimBox [{trim}] /Contents 5 0 R >>")
    };
    let small = page("0 0 400 500", "10 10 390 490");
    let large = page("0 0 420 540", "10 10 410 530");
    let tree = "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>";
    let paint = content("1 0 0 0 k 50 50 99 99 re f");
    let (run, out) = imposed(dir.path(), &[CATALOG, tree, &small, &large, &paint]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("pages 2 are larger"), "{}", run.err);
    assert!(!Path::new(&out).exists());
    // The other way around nothing is lost, and it is said.
    let (run, _) = imposed(dir.path(), &[CATALOG, tree, &large, &small, &paint]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("pages 2 are smaller"), "{}", run.err);
}

/// PDF/X may say ArtBox in place of TrimBox, and what is missing is the crop
/// box (ISO 32000-1, 14.11.2).
#[test]
fn boxes_are_read_as_the_standard_says() {
    for boxes in [
        "/MediaBox [0 0 400 500] /BleedBox [5 5 395 495] /ArtBox [100 100 300 400]",
        "/MediaBox [0 0 400 500] /BleedBox [5 5 395 495] /CropBox [100 100 300 400]",
        "/MediaBox [0 0 400 500] /TrimBox [100 100 300 400]",
        "/MediaBox [0 0 400 500] /Rotate 90.0 /TrimBox [50 150 350 350]",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let page = format!("<< /Type /Page /Parent 2 0 R {boxes} /Contents 4 0 R >>");
        let from = dir.path().join("from.pdf");
        let objects = [CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", &page, &content("")];
        fs::write(&from, written(&objects)).unwrap();
        let source = fengcai::impose::Source::read(&fs::read(&from).unwrap()).unwrap();
        assert_eq!(source.trim(), (200.0, 300.0), "{boxes}");
    }
}

#[test]
fn a_page_without_an_area_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let page = |size: &str| format!("<< /Type /Page /Parent 2 0 R {size} /Contents 5 0 R >>");
    let (good, bad) = (page("/MediaBox [0 0 400 500]"), page("/MediaBox [0 0 0 0]"));
    let tree = "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>";
    let (run, _) = imposed(dir.path(), &[CATALOG, tree, &good, &bad, &content("")]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("page 2 of"), "{}", run.err);
}

/// A form without resources of its own takes those of the page it is shown on
/// (ISO 32000-1, 7.8.3).
#[test]
fn forms_find_the_resources_of_their_page() {
    let dir = tempfile::tempdir().unwrap();
    let form = |name: &str| {
        content(&format!("/{name} cs 1 scn 0 0 99 99 re f"))
            .replace("<< /Length", "<< /Type /XObject /Subtype /Form /BBox [0 0 400 500] /Length")
    };
    let tint = "[/Separation /Magenta /DeviceCMYK << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] >>]";
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> /ColorSpace << /T {tint} >> >> >>"
    );
    let objects =
        [CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", &page, &content("/X Do"), &form("T")];
    let (run, out) = imposed(dir.path(), &objects);
    run.succeeds();
    assert_sound(&out);
    if let Some(count) = inked(&out, dir.path(), "Magenta") {
        assert!(count > 5000, "{count}");
    }
}

/// Sheets are another document than their source.
#[test]
fn sheets_go_by_names_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let (_, source) = super::press();
    let out = dir.path().join("out.pdf");
    let identity = |file: &str| {
        let document = Document::load(file).unwrap();
        let id = document.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
        let catalog = document.catalog().unwrap();
        let (_, packet) = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap();
        let packet = String::from_utf8(packet.as_stream().unwrap().get_plain_content().unwrap()).unwrap();
        let name = packet.split("DocumentID>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        (id, name)
    };
    impose(source, &out, &["--scheme", "saddle", "--sheet", "SRA3"]).succeeds();
    let saddle = identity(out.to_str().unwrap());
    impose(source, &out, &["--scheme", "saddle", "--sheet", "SRA3"]).succeeds();
    assert_eq!(identity(out.to_str().unwrap()), saddle, "the same sheets are the same document");
    impose(source, &out, &["--scheme", "perfect", "--sheet", "SRA3"]).succeeds();
    let perfect = identity(out.to_str().unwrap());
    let own = identity(source);
    assert!(saddle.0 != own.0 && saddle.1 != own.1 && saddle.0 != perfect.0 && saddle.1 != perfect.1);
    assert!(saddle.1.starts_with("uuid:"));
}

/// Cards are cut apart, and their sheets shown before paper is.
#[test]
fn cards_fill_a_sheet_and_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 272 170] /TrimBox [8.5 8.5 263.5 161.5] /Contents 4 0 R >>";
    let kids = "3 0 R ".repeat(20);
    let tree = format!("<< /Type /Pages /Kids [{kids}] /Count 20 >>");
    let from = dir.path().join("cards.pdf");
    fs::write(&from, written(&[CATALOG, &tree, page, &content("1 0 0 0 k 0 0 272 170 re f")])).unwrap();
    let (from, show) = (from.to_str().unwrap(), dir.path().join("show.html"));
    let arguments = ["impose", from, "--scheme", "cards", "--sheet", "A3", "--lang", "en"];
    let run = crate::support::fengcai(&[&arguments[..], &["--preview", show.to_str().unwrap()]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let html = fs::read_to_string(&show).unwrap();
    assert_eq!(html.matches("<img").count(), html.matches("<figure").count());
    assert!(html.matches("<img").count() >= 2, "{}", html.len());
    let out = dir.path().join("out.pdf");
    crate::support::fengcai(&[&arguments[..], &["--out", out.to_str().unwrap()]].concat()).succeeds();
    assert_sound(out.to_str().unwrap());
    let run = crate::support::fengcai(&[&arguments[..], &["--changed", "2"]].concat());
    assert!(run.err.contains("Sides to be plated anew: 1 of 2"), "{} {}", run.err, run.out);
    assert!(run.out.contains("back") && run.out.lines().count() == 1, "{}", run.out);
    let run = crate::support::fengcai(&[&arguments[..], &["--changed", "2,99"]].concat());
    assert!(run.code == 2 && run.err.contains("the file has pages 1 to"), "{}", run.err);
}
