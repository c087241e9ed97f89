//! Sheets from finished pages: ours and those of other programs.

mod foreign;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use lopdf::Document;

use crate::support::{Project, fengcai, judge, root};

/// The press file of the first edition.
fn press() -> &'static (Project, String) {
    static PRESS: OnceLock<(Project, String)> = OnceLock::new();
    PRESS.get_or_init(|| {
        let project = Project::first_edition();
        project.run("build", &["--target", "press"]).succeeds();
        let path = project.path("out/booklet-press.pdf").to_str().unwrap().to_owned();
        (project, path)
    })
}

fn impose(source: &str, out: &Path, arguments: &[&str]) -> crate::support::Run {
    fengcai(&[&["impose", source, "--out", out.to_str().unwrap(), "--lang", "en"], arguments].concat())
}

fn assert_sound(file: &str) {
    if let Some(said) = judge("qpdf", &["--check", file]) {
        assert!(said.contains("No syntax or stream encoding errors"), "{file}: {said}");
    }
}

/// Pages of a PDF as grey pictures at 40 ppi.
fn pictures(file: &str, dir: &Path) -> Option<Vec<image::GrayImage>> {
    fs::create_dir_all(dir).unwrap();
    let out = dir.join("p%03d.png");
    let out = format!("-o{}", out.display());
    judge(
        "gs",
        &[
            "-q",
            "-dBATCH",
            "-dNOPAUSE",
            "-sDEVICE=pnggray",
            "-r40",
            "-dGraphicsAlphaBits=4",
            "-dTextAlphaBits=4",
            &out,
            file,
        ],
    )?;
    let mut files: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    Some(files.iter().map(|file| image::open(file).unwrap().to_luma8()).collect())
}

/// Mean difference of a piece of a sheet from a page of the book, at the best
/// of nine places a pixel apart: rasters do not begin alike.
fn difference(sheet: &image::GrayImage, at: (f64, f64), page: &image::GrayImage) -> f64 {
    let scale = 40.0_f64 / 25.4;
    let (width, height, bleed) =
        ((210.0 * scale) as u32, (285.0 * scale) as u32, (3.0 * scale).round() as u32);
    let (left, top) = ((at.0 * scale).round() as i64, (at.1 * scale).round() as i64);
    let shifted = |dx: i64, dy: i64| {
        let (mut total, mut count) = (0.0, 0);
        // The outermost millimetres hold bleed of neighbours; every third pixel.
        for y in (6..height - 6).step_by(3) {
            for x in (6..width - 6).step_by(3) {
                let (sx, sy) = (left + i64::from(x) + dx, top + i64::from(y) + dy);
                let seen = sheet.get_pixel(sx as u32, sy as u32).0[0];
                total += f64::from(seen.abs_diff(page.get_pixel(x + bleed, y + bleed).0[0]));
                count += 1;
            }
        }
        total / f64::from(count)
    };
    let places = [-1, 0, 1].into_iter().flat_map(|dx| [-1, 0, 1].map(|dy| (dx, dy)));
    places.map(|(dx, dy)| shifted(dx, dy)).fold(f64::INFINITY, f64::min)
}

/// Which page of the book stands at a place of a sheet.
fn page_at(sheet: &image::GrayImage, at: (f64, f64), turned: bool, pages: &[image::GrayImage]) -> usize {
    let seen = |page: &image::GrayImage| match turned {
        true => difference(sheet, at, &image::imageops::rotate180(page)),
        false => difference(sheet, at, page),
    };
    let differences: Vec<f64> = pages.iter().map(seen).collect();
    let least = differences.iter().copied().fold(f64::INFINITY, f64::min);
    1 + differences.iter().position(|d| *d == least).unwrap()
}

#[test]
fn every_page_is_where_the_plan_says() {
    let dir = tempfile::tempdir().unwrap();
    let (_, source) = press();
    let Some(pages) = pictures(source, &dir.path().join("source")) else { return };
    for duplex in ["short", "long"] {
        let out = dir.path().join(format!("{duplex}.pdf"));
        impose(source, &out, &["--scheme", "saddle", "--sheet", "SRA3", "--duplex", duplex]).succeeds();
        let sheets = pictures(out.to_str().unwrap(), &dir.path().join(duplex)).unwrap();
        assert_eq!(sheets.len(), 12);
        for (i, sheet) in sheets.iter().enumerate() {
            let (n, back) = (i / 2, i % 2 == 1);
            let wanted = if back { [2 + 2 * n, 23 - 2 * n] } else { [24 - 2 * n, 1 + 2 * n] };
            // The block of 420 × 285 in the middle of 450 × 320.
            let places = [(15.0, 17.5), (225.0, 17.5)];
            // Turned about the long edge, the back lies upside down.
            let turned = back && duplex == "long";
            let seen = places.map(|at| page_at(sheet, at, turned, &pages));
            let wanted = if turned { [wanted[1], wanted[0]] } else { wanted };
            assert_eq!(seen, wanted, "{duplex} {i}");
        }
    }
    // Eight a side: heads together, on 889 × 597.
    let out = dir.path().join("eight.pdf");
    impose(source, &out, &["--scheme", "saddle", "--sheet", "大对开", "--duplex", "short"]).succeeds();
    let sheets = pictures(out.to_str().unwrap(), &dir.path().join("eight")).unwrap();
    assert_eq!(sheets.len(), 4);
    let (left, top) = ((889.0 - 852.0) / 2.0 + 3.0, (597.0 - 582.0) / 2.0 + 3.0);
    let columns = [0.0, 210.0, 426.0, 636.0];
    let side = |sheet: &image::GrayImage| -> Vec<usize> {
        let rows = [(0.0, true), (291.0, false)];
        let places = rows.iter().flat_map(|(y, turned)| columns.map(|x| (left + x, top + y, *turned)));
        places.map(|(x, y, turned)| page_at(sheet, (x, y), turned, &pages)).collect()
    };
    assert_eq!(side(&sheets[0]), [5, 20, 17, 8, 4, 21, 24, 1]);
    assert_eq!(side(&sheets[1]), [7, 18, 19, 6, 2, 23, 22, 3]);
    let out = dir.path().join("eight-long.pdf");
    impose(source, &out, &["--scheme", "saddle", "--sheet", "大对开", "--duplex", "long"]).succeeds();
    let sheets = pictures(out.to_str().unwrap(), &dir.path().join("eight-long")).unwrap();
    assert_eq!(side(&sheets[0]), [5, 20, 17, 8, 4, 21, 24, 1]);
    // The back turned by half.
    assert_eq!(side(&sheets[1]), [3, 22, 23, 2, 6, 19, 18, 7]);
}

#[test]
fn a_spread_of_this_book_is_refused_on_a3() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a3.pdf");
    let run = impose(&press().1, &out, &["--scheme", "saddle", "--sheet", "A3", "--no-marks"]);
    assert_eq!(run.code, 2);
    for word in ["426.0 × 291.0", "420.0 × 297.0", "SRA3", "大四开", "大对开"] {
        assert!(run.err.contains(word), "{word}: {}", run.err);
    }
    assert!(!out.exists());
    // Office programs round A4; two such pages still go on A3.
    let office = root().join("tests/fixtures/foreign/libreoffice.pdf");
    impose(office.to_str().unwrap(), &out, &["--scheme", "saddle", "--sheet", "A3", "--no-marks"]).succeeds();
}

#[test]
fn sheets_are_hardly_larger_and_stay_what_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let (_, source) = press();
    let size = fs::metadata(source).unwrap().len() as f64;
    for arguments in [
        &["--scheme", "saddle", "--sheet", "SRA3"][..],
        &["--scheme", "perfect", "--sheet", "SRA3", "--section", "8"],
    ] {
        let out = dir.path().join("out.pdf");
        impose(source, &out, arguments).succeeds();
        assert!(fs::metadata(&out).unwrap().len() as f64 <= 1.15 * size, "{arguments:?}");
        let out = out.to_str().unwrap();
        assert_sound(out);
        let document = Document::load(out).unwrap();
        assert_eq!(document.version, "1.6");
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"OutputIntents").unwrap().as_array().unwrap().len(), 1);
        for page in document.page_iter() {
            let page = document.get_dictionary(page).unwrap();
            for key in [&b"MediaBox"[..], b"BleedBox", b"TrimBox"] {
                assert!(page.has(key));
            }
        }
        if let Some(meta) = judge("pdfinfo", &["-meta", out]) {
            assert!(meta.contains(">PDF/X-4<"), "{meta}");
        }
        if let Some(fonts) = judge("pdffonts", &[out]) {
            assert!(
                fonts.lines().count() > 3 && fonts.lines().skip(2).all(|l| l.contains("yes yes yes")),
                "{fonts}"
            );
        }
    }
}

#[test]
fn a_dry_run_prints_the_plan() {
    let run = fengcai(&[
        "impose",
        &press().1,
        "--scheme",
        "saddle",
        "--sheet",
        "SRA3",
        "--dry-run",
        "--lang",
        "zh",
    ]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("1\t1\t正面\t24 | 1\n1\t1\t反面\t2 | 23\n"), "{}", run.out);
    let run = fengcai(&[
        "impose",
        &press().1,
        "--scheme",
        "saddle",
        "--sheet",
        "SRA3",
        "--dry-run",
        "--right-bound",
    ]);
    assert!(run.out.starts_with("1\t1\tfront\t1 | 24\n"), "{}", run.out);
}

#[test]
fn files_of_other_programs_are_imposed() {
    let dir = tempfile::tempdir().unwrap();
    let foreign = |name: &str| root().join("tests/fixtures/foreign").join(name).to_str().unwrap().to_owned();
    let sound = [
        "cairo.pdf",
        "ghostscript.pdf",
        "libreoffice.pdf",
        "reportlab.pdf",
        "pikepdf-odd-boxes.pdf",
        "pikepdf-xref-stream.pdf",
    ];
    for name in sound {
        let out = dir.path().join(name);
        impose(&foreign(name), &out, &["--scheme", "saddle", "--sheet", "900x1300"]).succeeds();
        let out = out.to_str().unwrap();
        assert_sound(out);
        let text = |file: &str| judge("pdftotext", &["-raw", file, "-"]).map(|t| crate::support::squeeze(&t));
        let (Some(before), Some(after)) = (text(&foreign(name)), text(out)) else { return };
        let sorted = |text: &str| {
            let mut characters: Vec<char> = text.chars().collect();
            characters.sort_unstable();
            characters
        };
        // The sheet adds nothing that is text: marks and slug are outlines.
        assert_eq!(sorted(&before), sorted(&after), "{name}");
    }
    let encrypted = impose(
        &foreign("pikepdf-encrypted.pdf"),
        &dir.path().join("e.pdf"),
        &["--scheme", "saddle", "--sheet", "SRA3"],
    );
    assert!(encrypted.code == 2 && encrypted.err.contains("encrypted"), "{}", encrypted.err);
    let junk = dir.path().join("junk.pdf");
    fs::write(&junk, "%PDF-1.4\nnothing").unwrap();
    let broken =
        impose(junk.to_str().unwrap(), &dir.path().join("j.pdf"), &["--scheme", "saddle", "--sheet", "SRA3"]);
    assert!(broken.code == 2 && broken.err.contains("damaged"), "{}", broken.err);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy.pdf");
    fs::copy(&press().1, &copy).unwrap();
    let before = fs::read(&copy).unwrap();
    let refused = |arguments: &[&str]| {
        let run = impose(copy.to_str().unwrap(), &dir.path().join("o.pdf"), arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
    };
    refused(&["--scheme", "saddle", "--sheet", "B9"]);
    refused(&["--scheme", "saddle", "--sheet", "SRA3", "--caliper", "nan"]);
    refused(&["--scheme", "saddle", "--sheet", "SRA3", "--caliper", "50"]);
    refused(&["--scheme", "saddle", "--sheet", "SRA3", "--section", "8"]);
    refused(&["--scheme", "perfect", "--sheet", "SRA3", "--section", "6"]);
    refused(&["--scheme", "two-up", "--sheet", "大对开", "--up", "4"]);
    refused(&["--scheme", "saddle", "--sheet", "SRA3", "--blanks-after", "99"]);
    refused(&["--scheme", "saddle", "--sheet", "SRA3", "--project", "/nowhere"]);
    let onto_itself = impose(copy.to_str().unwrap(), &copy, &["--scheme", "saddle", "--sheet", "SRA3"]);
    assert_eq!(onto_itself.code, 2);
    assert_eq!(fs::read(&copy).unwrap(), before);
    // A stream that ends early would print as a page with holes.
    let mut document = Document::load_mem(&before).unwrap();
    let page = document.page_iter().nth(4).unwrap();
    let content = document.get_page_contents(page)[0];
    let stream = document.get_object_mut(content).unwrap().as_stream_mut().unwrap();
    let half = stream.content[..stream.content.len() / 2].to_vec();
    stream.set_content(half);
    document.save(&copy).unwrap();
    refused(&["--scheme", "saddle", "--sheet", "SRA3"]);
}

#[test]
fn single_leaves_are_cut_apart() {
    let dir = tempfile::tempdir().unwrap();
    let (_, source) = press();
    let out = dir.path().join("leaves.pdf");
    impose(source, &out, &["--scheme", "two-up", "--sheet", "SRA3", "--no-marks"]).succeeds();
    let Some(pages) = pictures(source, &dir.path().join("source")) else { return };
    let sheets = pictures(out.to_str().unwrap(), &dir.path().join("sheets")).unwrap();
    // Leaves of 210 mm, 6 mm apart, 438 mm with bleed in the middle of 450.
    let places = [(12.0, 17.5), (228.0, 17.5)];
    let seen: Vec<_> = sheets[..2].iter().map(|s| places.map(|at| page_at(s, at, false, &pages))).collect();
    assert_eq!(seen, [[1, 13], [14, 2]]);
}

#[test]
fn the_office_dummy_is_scaled_and_says_so() {
    let project = Project::starter();
    project.run("build", &["--target", "office"]).succeeds();
    for (file, sheet, size) in [
        ("booklet-office.pdf", "A4", "841.89 x 595.276"),
        ("booklet-office-a3.pdf", "A3", "1190.55 x 841.89"),
    ] {
        let path = project.path(&format!("out/{file}"));
        let Some(said) = judge("pdfinfo", &[path.to_str().unwrap()]) else { return };
        // Two sheets of the book, its cover and the one that tells how to print.
        assert!(said.contains("Pages:           8") && said.contains(size), "{sheet}: {said}");
        judge("qpdf", &["--check", path.to_str().unwrap()]).unwrap();
    }
    let before = fs::read(project.path("out/booklet-office.pdf")).unwrap();
    project.run("build", &["--target", "office", "--lang", "zh"]).succeeds();
    assert_eq!(before, fs::read(project.path("out/booklet-office.pdf")).unwrap());
}

#[test]
fn the_proof_has_the_lines_of_the_book() {
    let (project, _) = press();
    project.run("build", &["--target", "screen,proof"]).succeeds();
    let text = |file: &str, page: usize| {
        let path = project.path(&format!("out/{file}"));
        let page = page.to_string();
        judge("pdftotext", &["-raw", "-f", &page, "-l", &page, path.to_str().unwrap(), "-"])
    };
    for person in 0..10 {
        let recto = 5 + 2 * person;
        // The cover comes first in both.
        let Some(book) = text("booklet.pdf", recto + 1) else { return };
        let proof = text("booklet-proof.pdf", recto / 2 + 2).unwrap();
        let lines: Vec<&str> = proof.lines().map(str::trim).collect();
        let long = book.lines().map(str::trim).filter(|line| line.chars().count() > 8);
        let mut count = 0;
        for line in long {
            assert!(lines.iter().any(|l| l.contains(line)), "{recto}: {line}\n{proof}");
            count += 1;
        }
        assert!(count > 10, "{book}");
        for word in ["article[0]", "data/profiles/", "一校", "二校", "三校", "资料"] {
            assert!(proof.contains(word), "{recto}: {word}");
        }
    }
}
