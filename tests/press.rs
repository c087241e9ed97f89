//! The press files, judged by programs that are not ours.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use lopdf::{Document, Object};
use serde_json::{Value, json};

use crate::photos::quadrants;
use crate::support::{Project, judge, root, squeeze};

/// The first edition with two portraits, one of them dark, all press outputs.
fn built() -> &'static Project {
    static BUILT: OnceLock<Project> = OnceLock::new();
    BUILT.get_or_init(|| {
        let project = Project::first_edition();
        project.write("data/photos/a.png", quadrants(1800, 1500, [40, 5, 5]));
        project.write("data/photos/b.png", quadrants(1500, 1800, [200, 180, 160]));
        for (id, file) in [("wang-fengrong", "photos/a.png"), ("liu-wei", "photos/b.png")] {
            project.edit(&format!("data/profiles/{id}.json"), |v| v["photo"] = json!({ "file": file }));
        }
        project.run("build", &["--delivery"]).succeeds();
        project
    })
}

fn path(below: &str) -> String {
    built().path(below).to_str().expect("a plain path").to_owned()
}

const FILES: [&str; 2] = ["out/booklet-press.pdf", "out/cover-press.pdf"];

#[test]
fn structure_is_clean_and_boxes_are_nested() {
    for (file, width) in FILES.iter().zip([595.28, 1190.55]) {
        let file = path(file);
        if let Some(said) = judge("qpdf", &["--check", &file]) {
            assert!(said.contains("No syntax or stream encoding errors"), "{said}");
        }
        assert!(fs::read(&file).unwrap().starts_with(b"%PDF-1.6"));
        let Some(said) = judge("pdfinfo", &["-box", "-l", "999", &file]) else { return };
        let boxes = |name: &str| -> Vec<[f64; 4]> {
            let lines = said.lines().filter(|line| line.contains(name));
            lines
                .map(|line| {
                    let numbers: Vec<f64> = line
                        .split(':')
                        .nth(1)
                        .unwrap()
                        .split_whitespace()
                        .map(|n| n.parse().unwrap())
                        .collect();
                    numbers.try_into().unwrap()
                })
                .collect()
        };
        let (media, bleed, trim) = (boxes("MediaBox"), boxes("BleedBox"), boxes("TrimBox"));
        assert!(!trim.is_empty() && media.len() == trim.len() && bleed.len() == trim.len(), "{said}");
        for ((m, b), t) in media.iter().zip(&bleed).zip(&trim) {
            assert!(m[0] <= b[0] && m[1] <= b[1] && m[2] >= b[2] && m[3] >= b[3], "{said}");
            for edge in [t[0] - b[0], t[1] - b[1], b[2] - t[2], b[3] - t[3]] {
                assert!((edge - 8.5).abs() < 0.02, "{edge}: {said}");
            }
            assert!((t[2] - t[0] - width).abs() < 0.02 && (t[3] - t[1] - 807.87).abs() < 0.02, "{said}");
        }
    }
}

#[test]
fn only_ink_and_nothing_interactive() {
    for file in FILES {
        let document = Document::load(path(file)).unwrap();
        let catalog = document.catalog().unwrap();
        for key in
            ["Outlines", "StructTreeRoot", "MarkInfo", "Names", "OpenAction", "AcroForm", "OCProperties"]
        {
            assert!(!catalog.has(key.as_bytes()), "{file}: {key}");
        }
        let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap();
        assert_eq!(intents.len(), 1);
        let intent = intents[0].as_dict().unwrap();
        assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFX");
        let profile =
            document.dereference(intent.get(b"DestOutputProfile").unwrap()).unwrap().1.as_stream().unwrap();
        assert_eq!(&profile.decompressed_content().unwrap()[12..20], b"prtrCMYK");
        for object in document.objects.values() {
            assert_no_foreign_colour(object, file);
        }
        for page in document.page_iter() {
            let content = String::from_utf8_lossy(&document.get_page_content(page)).into_owned();
            for operator in [" rg\n", " RG\n", " g\n", " G\n", " scn\n", " sc\n", " cs\n"] {
                assert!(!content.contains(operator), "{file}: {operator}");
            }
        }
    }
}

fn assert_no_foreign_colour(object: &Object, file: &str) {
    match object {
        Object::Name(name) => {
            for space in ["DeviceRGB", "CalRGB", "CalGray", "ICCBased", "Lab", "DeviceGray"] {
                assert_ne!(name, space.as_bytes(), "{file}");
            }
        }
        Object::Array(items) => items.iter().for_each(|item| assert_no_foreign_colour(item, file)),
        Object::Dictionary(dictionary) => {
            assert!(!dictionary.has(b"Annots") && !dictionary.has(b"AA"), "{file}");
            dictionary.iter().for_each(|(_, value)| assert_no_foreign_colour(value, file));
        }
        Object::Stream(stream) => {
            let dictionary = &stream.dict;
            assert_no_foreign_colour(&Object::Dictionary(dictionary.clone()), file);
        }
        _ => {}
    }
}

#[test]
fn identification_agrees_in_info_and_xmp() {
    for file in FILES {
        let Some(said) = judge("pdfinfo", &["-meta", &path(file)]) else { return };
        for line in ["<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<pdf:Trapped>False<", "<xmpMM:VersionID>1<"] {
            assert!(said.contains(line), "{said}");
        }
        let document = Document::load(path(file)).unwrap();
        let info = document.dereference(document.trailer.get(b"Info").unwrap()).unwrap().1.as_dict().unwrap();
        assert_eq!(info.get(b"Trapped").unwrap().as_name().unwrap(), b"False");
        assert_eq!(document.trailer.get(b"ID").unwrap().as_array().unwrap().len(), 2);
        let fonts = judge("pdffonts", &[&path(file)]).unwrap();
        assert!(fonts.lines().count() > 2, "{fonts}");
        for line in fonts.lines().skip(2) {
            assert!(line.contains("yes yes yes"), "{line}");
        }
        let pictures = judge("pdfimages", &["-list", &path(file)]).unwrap();
        for line in pictures.lines().skip(2) {
            assert!(line.contains(" cmyk ") && line.contains(" 4 "), "{line}");
        }
        assert_eq!(pictures.lines().count() - 2, if file.contains("cover") { 0 } else { 2 }, "{pictures}");
    }
}

/// Ghostscript's coverage of each plate in percent.
fn plates(file: &str, page: usize) -> Option<Vec<f64>> {
    let (first, last) = (format!("-dFirstPage={page}"), format!("-dLastPage={page}"));
    let said = judge("gs", &["-q", "-o", "-", "-sDEVICE=ink_cov", &first, &last, file])?;
    Some(said.split_whitespace().take(4).map(|n| n.parse().unwrap()).collect())
}

#[test]
fn a_page_of_text_is_on_the_black_plate_alone() {
    let project = Project::starter();
    let colours = ["red", "deep-red", "gold", "ivory", "grey"];
    let mut tokens = fs::read_to_string(root().join("templates/common/tokens.typ")).unwrap();
    for name in colours {
        let start = tokens.find(&format!("#let {name} = ")).unwrap();
        let end = start + tokens[start..].find('\n').unwrap();
        let ink = if name == "ivory" { "white" } else { "black" };
        tokens.replace_range(start..end, &format!("#let {name} = {ink}"));
    }
    project.write("templates/spread/common/tokens.typ", tokens);
    project.run("build", &["--target", "press"]);
    let file = project.path("out/booklet-press.pdf");
    let Some(ink) = plates(file.to_str().unwrap(), 5) else { return };
    assert!(ink[..3].iter().all(|v| *v == 0.0) && ink[3] > 1.0, "{ink:?}");
}

/// Reads the four plates that Ghostscript separates a page into.
fn separated(file: &str, page: usize, dir: &Path, overprint: &str) -> Option<[image::GrayImage; 4]> {
    let out = dir.join("p.tif");
    let (first, last) = (format!("-dFirstPage={page}"), format!("-dLastPage={page}"));
    let arguments = [
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=tiffsep",
        "-r150",
        &first,
        &last,
        overprint,
        "-o",
        out.to_str()?,
        file,
    ];
    judge("gs", &arguments)?;
    let plate = |name: &str| {
        let path = dir.join(format!("p(({name})).tif").replace("((", "(").replace("))", ")"));
        image::open(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())).to_luma8()
    };
    Some(["Cyan", "Magenta", "Yellow", "Black"].map(plate))
}

#[test]
fn total_ink_stays_within_the_limit_and_black_overprints() {
    let dir = tempfile::tempdir().unwrap();
    let file = path("out/booklet-press.pdf");
    // A page with a dark portrait: ink in every pixel of the separations.
    let Some(plates) = separated(&file, 4, dir.path(), "-dOverprint=/enable") else { return };
    let ink = |plates: &[image::GrayImage; 4], i: usize| -> u32 {
        plates.iter().map(|plate| 255 - u32::from(plate.as_raw()[i])).sum()
    };
    let count = plates[0].as_raw().len();
    let heaviest = (0..count).map(|i| ink(&plates, i)).max().unwrap();
    assert!(heaviest as f64 / 2.55 <= 300.0, "{}", heaviest as f64 / 2.55);
    assert!(heaviest as f64 / 2.55 > 200.0, "{}", heaviest as f64 / 2.55);
    // Black labels stand on ivory beside the portrait: with overprint the ivory
    // lies under them, without it they knock it out.
    let knocked = separated(&file, 4, dir.path(), "-dOverprint=/disable").unwrap();
    let under = |plates: &[image::GrayImage; 4]| {
        let width = plates[0].width() as usize;
        // Right of the portrait: 130 mm at 150 ppi.
        let beside = |i: &usize| i % width > 768 && plates[3].as_raw()[*i] < 20;
        let black: Vec<usize> = (0..count).filter(beside).collect();
        let inked = black.iter().filter(|i| plates[2].as_raw()[**i] < 245).count();
        (black.len(), inked)
    };
    let ((black, over), (_, out)) = (under(&plates), under(&knocked));
    assert!(black > 500, "{black}");
    assert!(over * 10 > black * 9 && out * 10 < black, "{black} {over} {out}");
}

#[test]
fn words_and_looks_are_those_of_the_screen_edition() {
    let (press, screen) = (path("out/booklet-press.pdf"), path("out/booklet.pdf"));
    let Some(text) = judge("pdftotext", &[&press, "-"]) else { return };
    // Between the covers of the screen edition.
    let interior = judge("pdftotext", &["-f", "2", "-l", "25", &screen, "-"]).unwrap();
    assert_eq!(squeeze(&text), squeeze(&interior));
    // At 100 dpi, the press file shown through its profile: mean colour
    // difference (CIE 1976) of a page under 3.
    let dir = tempfile::tempdir().unwrap();
    let profile = root().join("src/colour/fogra39/fogra39.icc");
    let srgb = lcms2::Profile::new_srgb();
    let ink = lcms2::Profile::new_icc(&fs::read(profile).unwrap()).unwrap();
    let white = lcms2::CIExyY { x: 0.3457, y: 0.3585, Y: 1.0 };
    let lab = lcms2::Profile::new_lab4_context(lcms2::GlobalContext::new(), &white).unwrap();
    let intent = lcms2::Intent::RelativeColorimetric;
    let flags = lcms2::Flags::BLACKPOINT_COMPENSATION;
    let (cmyk, rgb, to) =
        (lcms2::PixelFormat::CMYK_8, lcms2::PixelFormat::RGB_8, lcms2::PixelFormat::Lab_DBL);
    let of_rgb = lcms2::Transform::<[u8; 3], [f64; 3]>::new(&srgb, rgb, &lab, to, intent).unwrap();
    let proof =
        lcms2::Transform::<[u8; 4], [u8; 3]>::new_flags(&ink, cmyk, &srgb, rgb, intent, flags).unwrap();
    for page in [1, 4, 5, 16] {
        let (first, last) = (format!("-dFirstPage={page}"), format!("-dLastPage={page}"));
        let (behind, until) = (format!("-dFirstPage={}", page + 1), format!("-dLastPage={}", page + 1));
        let (a, b) = (dir.path().join("a.tif"), dir.path().join("b.png"));
        let size = ["-dUseTrimBox", "-r100", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"];
        let common = ["-q", "-dBATCH", "-dNOPAUSE", size[0], size[1]];
        let (out_a, out_b) = (format!("-o{}", a.display()), format!("-o{}", b.display()));
        judge("gs", &[&common[..], &[&first, &last, "-sDEVICE=tiff32nc", &out_a, &press]].concat()).unwrap();
        judge("gs", &[&common[..], &[&behind, &until, "-sDEVICE=png16m", &out_b, &screen]].concat()).unwrap();
        let mut decoder = tiff::decoder::Decoder::new(fs::File::open(&a).unwrap()).unwrap();
        let (width, height) = decoder.dimensions().unwrap();
        let tiff::decoder::DecodingResult::U8(inks) = decoder.read_image().unwrap() else { panic!() };
        let seen = image::open(&b).unwrap().to_rgb8();
        assert!(seen.width().abs_diff(width) <= 1 && seen.height().abs_diff(height) <= 1);
        let mut shown = vec![[0; 3]; inks.len() / 4];
        proof.transform_pixels(inks.as_chunks::<4>().0, &mut shown);
        let (mut total, mut compared) = (0.0, 0);
        for y in 0..height.min(seen.height()) {
            for x in 0..width.min(seen.width()) {
                let pair = [shown[(y * width + x) as usize], seen.get_pixel(x, y).0];
                let mut labs = [[0.0; 3]; 2];
                of_rgb.transform_pixels(&pair, &mut labs);
                let [l, m] = labs;
                total += (0..3).map(|i| (l[i] - m[i]).powi(2)).sum::<f64>().sqrt();
                compared += 1;
            }
        }
        let mean = total / f64::from(compared);
        assert!(mean < 3.0, "page {page}: {mean}");
    }
}

#[test]
fn two_builds_and_two_folders_give_the_same_bytes() {
    let project = Project::starter();
    let bytes = |out: &str, jobs: &str| {
        project
            .run("build", &["--out", project.path(out).to_str().unwrap(), "--marks", "--jobs", jobs])
            .succeeds();
        FILES.map(|file| fs::read(project.path(&file.replace("out/", &format!("{out}/")))).unwrap())
    };
    assert_eq!(bytes("a", "1"), bytes("b/c", "2"));
}

#[test]
fn marks_stand_outside_the_bleed() {
    let project = Project::starter();
    project.run("build", &["--target", "press,cover", "--marks"]).succeeds();
    for file in ["booklet-press.pdf", "cover-press.pdf"] {
        let path = project.path(&format!("out/{file}"));
        let document = Document::load(&path).unwrap();
        let page = document.page_iter().next().unwrap();
        let page = document.get_dictionary(page).unwrap();
        let numbers = |key: &[u8]| -> Vec<f32> {
            page.get(key).unwrap().as_array().unwrap().iter().map(|v| v.as_float().unwrap()).collect()
        };
        let (media, bleed) = (numbers(b"MediaBox"), numbers(b"BleedBox"));
        assert!((bleed[0] - media[0] - 28.35).abs() < 0.02 && (media[3] - bleed[3] - 28.35).abs() < 0.02);
        if let Some(said) = judge("qpdf", &["--check", path.to_str().unwrap()]) {
            assert!(said.contains("No syntax"), "{said}");
        }
    }
}

#[test]
fn a_spine_is_as_thick_as_the_leaves() {
    let project = Project::starter();
    project.write(
        "data/press.json",
        json!({ "binding": "perfect", "paper": { "caliper": 2.0 }, "spine_allowance": 1.0 }).to_string(),
    );
    project.run("build", &["--target", "cover"]).succeeds();
    let document = Document::load(project.path("out/cover-press.pdf")).unwrap();
    let page = document.get_dictionary(document.page_iter().next().unwrap()).unwrap();
    let trim = page.get(b"TrimBox").unwrap().as_array().unwrap();
    let width = trim[2].as_float().unwrap() - trim[0].as_float().unwrap();
    // Eight pages are four leaves: 4 × 2 + 1 mm.
    assert!((width * 25.4 / 72.0 - 429.0).abs() < 0.05, "{width}");
}

#[test]
fn delivery_holds_what_the_print_shop_needs() {
    let project = built();
    let report: Value = serde_json::from_str(&project.read("out/delivery/report.json")).unwrap();
    for name in ["booklet-press.pdf", "cover-press.pdf", "交付单.pdf"] {
        let bytes = fs::read(project.path(&format!("out/delivery/{name}"))).unwrap();
        let outputs = report["outputs"].as_array().unwrap();
        let told = outputs.iter().find(|o| o["file"] == format!("delivery/{name}")).unwrap();
        assert_eq!(told["bytes"], bytes.len());
    }
    let Some(slip) = judge("pdftotext", &[&path("out/delivery/交付单.pdf"), "-"]) else { return };
    let slip = squeeze(&slip);
    for word in ["210×285毫米", "24", "骑马订", "FOGRA39", "OFL-1.1", "fengcai"] {
        assert!(slip.contains(&squeeze(word)), "{word}: {slip}");
    }
    for output in report["outputs"].as_array().unwrap() {
        let (file, hash) = (output["file"].as_str().unwrap(), output["sha256"].as_str().unwrap());
        if file == "booklet-press.pdf" || file == "cover-press.pdf" {
            assert!(slip.contains(hash), "{file}");
        }
    }
}

#[test]
fn a_press_file_that_fails_leaves_the_earlier_one() {
    let project = Project::starter();
    project.run("build", &["--target", "press"]).succeeds();
    let before = fs::read(project.path("out/booklet-press.pdf")).unwrap();
    project.write("data/press.json", json!({ "ink": { "limit": 100.0, "error": 110.0 } }).to_string());
    let run = project.run("build", &["--target", "press", "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.json_lines().iter().any(|d| d["code"] == "E0729" && d["person"]["id"].is_string()),
        "{}",
        run.out
    );
    assert_eq!(fs::read(project.path("out/booklet-press.pdf")).unwrap(), before);
}
