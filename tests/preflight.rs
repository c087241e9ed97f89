//! Every rule of the preflight seen to fail on a file made for it: our own
//! press file with one thing wrong, and files of other programs.

mod damage;
mod made;
mod rows;
mod separated;

use std::collections::BTreeSet;
use std::fs;
use std::sync::{Arc, OnceLock};

use fengcai::catalogue::Code;
use fengcai::model::PrintJob;
use fengcai::preflight::{self, Expected, Part};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::support::{Project, fengcai, judge, root};

/// Bytes of a sound press file of eight pages.
fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let project = Project::starter();
        project.run("build", &["--target", "press"]).succeeds();
        fs::read(project.path("out/booklet-press.pdf")).unwrap()
    })
}

fn judged(bytes: Vec<u8>) -> BTreeSet<&'static str> {
    let sheet = PrintJob::default();
    let expected = Expected { job: &sheet, part: Part::Interior, pages: &[] };
    let report = preflight::judge(Arc::new(bytes), &expected).expect("readable");
    report.findings.iter().map(|d| d.code.id()).collect()
}

fn page(document: &Document, index: usize) -> ObjectId {
    document.page_iter().nth(index).unwrap()
}

/// Adds content after that of a page, with resources.
fn paint(document: &mut Document, content: &str, resources: Dictionary) {
    let id = page(document, 4);
    let stream = document.add_object(Stream::new(dictionary! {}, format!("\nq {content} Q\n").into_bytes()));
    let dictionary = document.get_dictionary_mut(id).unwrap();
    let own = dictionary.get(b"Contents").unwrap().clone();
    dictionary.set("Contents", vec![own, stream.into()]);
    let own = document.get_or_create_resources(id).unwrap().as_dict_mut().unwrap();
    for (kind, entries) in &resources {
        match own.get_mut(kind).and_then(Object::as_dict_mut) {
            Ok(kept) => kept.extend(entries.as_dict().unwrap()),
            Err(_) => own.set(kind.clone(), entries.clone()),
        }
    }
}

/// Draws a path or shows text in the middle of page 5.
fn draws(content: &'static str) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| paint(document, content, dictionary! {}))
}

/// The same with a graphics state `X`.
fn with_state(state: Dictionary, content: &'static str) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| {
        paint(document, content, dictionary! { "ExtGState" => dictionary! { "X" => state.clone() } });
    })
}

fn with_space(space: Vec<Object>, content: &'static str) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| {
        paint(document, content, dictionary! { "ColorSpace" => dictionary! { "X" => space.clone() } });
    })
}

fn with_object(dict: Dictionary, data: &'static [u8], content: &'static str) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| {
        let object = document.add_object(Stream::new(dict.clone(), data.to_vec()));
        paint(document, content, dictionary! { "XObject" => dictionary! { "X" => object } });
    })
}

fn in_catalog(key: &'static str, value: Object) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| document.catalog_mut().unwrap().set(key, value.clone()))
}

fn in_page(key: &'static str, value: Object) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| {
        let id = page(document, 1);
        document.get_dictionary_mut(id).unwrap().set(key, value.clone());
    })
}

fn in_xmp(from: &'static str, to: &'static str) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| {
        let id = document.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
        let stream = document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
        let text = String::from_utf8(stream.content.clone()).unwrap();
        assert!(text.contains(from));
        stream.set_plain_content(text.replace(from, to).into_bytes());
    })
}

fn in_info(key: &'static str, value: Object) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| {
        let id = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
        document.get_dictionary_mut(id).unwrap().set(key, value.clone());
    })
}

fn intent(change: fn(&mut Document, &mut Dictionary)) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| {
        let mut intents =
            document.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap().clone();
        let mut first = intents[0].as_dict().unwrap().clone();
        change(document, &mut first);
        intents[0] = Object::Dictionary(first);
        document.catalog_mut().unwrap().set("OutputIntents", intents);
    })
}

fn rect(values: [i64; 4]) -> Object {
    Object::Array(values.iter().map(|v| (*v).into()).collect())
}

/// A picture of one pixel value, drawn over a square of 100 pt.
fn picture(space: &str, width: i64, bits: i64, data: &'static [u8]) -> Box<dyn Fn(&mut Document)> {
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => width,
        "ColorSpace" => space, "BitsPerComponent" => bits,
    };
    with_object(dict, data, "100 0 0 100 250 300 cm /X Do")
}

/// Fills a box with a tiling of this content.
fn tiled(content: &'static str) -> Box<dyn Fn(&mut Document)> {
    Box::new(move |document| {
        let dict = dictionary! {
            "Type" => "Pattern", "PatternType" => 1, "PaintType" => 1, "TilingType" => 1,
            "BBox" => rect([0, 0, 5, 5]), "XStep" => 5, "YStep" => 5, "Resources" => dictionary! {},
        };
        let pattern = document.add_object(Stream::new(dict, content.as_bytes().to_vec()));
        let resources = dictionary! { "Pattern" => dictionary! { "X" => pattern } };
        paint(document, "/Pattern cs /X scn 200 300 100 100 re f", resources);
    })
}

type Case = (&'static str, &'static str, Box<dyn Fn(&mut Document)>);

fn cases() -> Vec<Case> {
    static INKS: [u8; 4 * 20 * 20] = [255; 1600];
    static LIGHT: [u8; 3 * 100 * 100] = [128; 30_000];
    static PALE: [u8; 4 * 300 * 300] = [20; 360_000];
    static BITS: [u8; 25 * 200] = [0x55; 5000];
    let name = |n: &str| Object::Name(n.as_bytes().to_vec());
    let tint = || {
        Object::Dictionary(dictionary! {
            "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
            "C0" => rect([0, 0, 0, 0]), "C1" => rect([0, 1, 1, 0]),
        })
    };
    let action =
        || Object::Dictionary(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("1") });
    let over = || dictionary! { "OP" => true, "op" => true, "OPM" => 1 };
    vec![
        ("version", "E0703", Box::new(|d| d.version = "1.7".into())),
        ("no identifier", "E0704", Box::new(|d| drop(d.trailer.remove(b"ID")))),
        ("no XMP", "E0705", Box::new(|d| drop(d.catalog_mut().unwrap().remove(b"Metadata")))),
        ("broken XMP", "E0705", in_xmp("</rdf:RDF>", "")),
        ("other title", "E0705", in_info("Title", Object::string_literal("another"))),
        ("other date", "E0705", in_info("CreationDate", Object::string_literal("D:20010101000000Z"))),
        ("no document id", "E0705", in_xmp("xmpMM:DocumentID", "xmpMM:Nothing")),
        (
            "an edition for screens",
            "E0701",
            in_xmp(
                "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
                "<a:part xmlns:a=\"http://www.aiim.org/pdfa/ns/id/\">2</a:part>",
            ),
        ),
        ("PDF/X-1a", "E0706", in_xmp(">PDF/X-4<", ">PDF/X-1a:2003<")),
        ("trapped unknown", "E0707", in_info("Trapped", name("Unknown"))),
        ("no intent", "E0708", Box::new(|d| drop(d.catalog_mut().unwrap().remove(b"OutputIntents")))),
        ("no profile", "E0708", intent(|_, i| drop(i.remove(b"DestOutputProfile")))),
        ("no condition", "E0708", intent(|_, i| drop(i.remove(b"OutputConditionIdentifier")))),
        (
            "RGB profile",
            "E0708",
            intent(|d, i| {
                let srgb = lcms2::Profile::new_srgb().icc().unwrap();
                i.set("DestOutputProfile", d.add_object(Stream::new(dictionary! { "N" => 3 }, srgb)));
            }),
        ),
        (
            "two intents",
            "E0708",
            Box::new(|d| {
                let intents = d.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap();
                let twice = [intents.clone(), intents.clone()].concat();
                d.catalog_mut().unwrap().set("OutputIntents", twice);
            }),
        ),
        ("trim beyond bleed", "E0709", in_page("TrimBox", rect([-20, -20, 575, 788]))),
        (
            "no trim",
            "E0709",
            Box::new(|d| {
                let id = page(d, 1);
                d.get_dictionary_mut(id).unwrap().remove(b"TrimBox");
            }),
        ),
        ("crop in the bleed", "E0709", in_page("CropBox", rect([20, 20, 500, 700]))),
        ("trim and art", "E0709", in_page("ArtBox", rect([20, 20, 500, 700]))),
        ("other trim", "E0710", in_page("TrimBox", rect([9, 9, 504, 816]))),
        ("rotated", "E0711", in_page("Rotate", 90.into())),
        ("user unit", "E0711", in_page("UserUnit", 2.into())),
        ("ends at the trim", "E0712", draws("1 0 0 0 k 450 8.5 153.78 300 re f")),
        (
            "empty page",
            "W0713",
            Box::new(|d| {
                let id = page(d, 1);
                let empty = d.add_object(Stream::new(dictionary! {}, vec![]));
                d.get_dictionary_mut(id).unwrap().set("Contents", empty);
            }),
        ),
        ("seven pages", "E0714", Box::new(|d| d.delete_pages(&[8]))),
        (
            "font not embedded",
            "E0715",
            Box::new(|d| {
                let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
                let font = d.add_object(font);
                paint(
                    d,
                    "BT /X 20 Tf 200 400 Td 0 0 0 1 k (a) Tj ET",
                    dictionary! { "Font" => dictionary! { "X" => font } },
                );
            }),
        ),
        ("RGB", "E0716", draws("1 0 0 rg 200 300 50 50 re f")),
        (
            "Lab",
            "E0716",
            with_space(
                vec![
                    name("Lab"),
                    Object::Dictionary(
                        dictionary! { "WhitePoint" => vec![Object::Real(0.96), 1.into(), Object::Real(0.82)] },
                    ),
                ],
                "/X cs 50 20 20 scn 200 300 50 50 re f",
            ),
        ),
        ("RGB picture", "E0716", picture("DeviceRGB", 100, 8, &LIGHT)),
        (
            "spot colour",
            "E0717",
            with_space(
                vec![name("Separation"), name("PANTONE 186 C"), name("DeviceCMYK"), tint()],
                "/X cs 1 scn 200 300 50 50 re f",
            ),
        ),
        (
            "RGB group",
            "E0718",
            in_page("Group", Object::Dictionary(dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" })),
        ),
        (
            "link",
            "E0719",
            in_page(
                "Annots",
                Object::Array(vec![Object::Dictionary(dictionary! {
                    "Type" => "Annot", "Subtype" => "Link", "Rect" => rect([10, 10, 50, 50]),
                })]),
            ),
        ),
        ("open action", "E0719", in_catalog("OpenAction", action())),
        ("page action", "E0719", in_page("AA", Object::Dictionary(dictionary! { "O" => action() }))),
        (
            "form",
            "E0719",
            in_catalog("AcroForm", Object::Dictionary(dictionary! { "Fields" => vec![Object::Null] })),
        ),
        (
            "attachment",
            "E0719",
            in_catalog("Names", Object::Dictionary(dictionary! { "EmbeddedFiles" => dictionary! {} })),
        ),
        (
            "layers that switch themselves",
            "E0720",
            in_catalog(
                "OCProperties",
                Object::Dictionary(
                    dictionary! { "OCGs" => Object::Array(vec![]), "D" => dictionary! { "AS" => Object::Array(vec![]) } },
                ),
            ),
        ),
        (
            "another condition",
            "E0708",
            intent(|_, i| i.set("OutputConditionIdentifier", Object::string_literal("CGATS TR 001"))),
        ),
        (
            "newsprint",
            "E0708",
            intent(|_, i| {
                i.set("OutputConditionIdentifier", Object::string_literal("WAN-IFRAnewspaper26v5"))
            }),
        ),
        (
            "view area",
            "E0720",
            in_catalog("ViewerPreferences", Object::Dictionary(dictionary! { "ViewArea" => "TrimBox" })),
        ),
        (
            "LZW",
            "E0720",
            with_object(
                dictionary! { "Filter" => "LZWDecode", "Type" => "XObject", "Subtype" => "Form", "BBox" => rect([0, 0, 1, 1]) },
                b"\x80\x0b",
                "",
            ),
        ),
        ("transfer function", "E0720", with_state(dictionary! { "TR" => tint() }, "/X gs")),
        (
            "PostScript",
            "E0720",
            with_object(dictionary! { "Type" => "XObject", "Subtype" => "PS" }, b"showpage", ""),
        ),
        (
            "OPI",
            "E0720",
            with_object(
                dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => rect([0, 0, 1, 1]), "OPI" => dictionary! {} },
                b"",
                "/X Do",
            ),
        ),
        (
            "reference",
            "E0720",
            with_object(
                dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => rect([0, 0, 1, 1]), "Ref" => dictionary! {} },
                b"",
                "/X Do",
            ),
        ),
        (
            "alternates",
            "E0720",
            with_object(
                dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceCMYK", "BitsPerComponent" => 8, "Alternates" => Object::Array(vec![]) },
                b"\0\0\0\0",
                "",
            ),
        ),
        ("black text knocks out", "E0721", draws("BT /f0 10 Tf 200 400 Td 0 0 0 1 k <00010002> Tj ET")),
        ("black rule knocks out", "E0722", draws("0 0 0 1 K 0.5 w 200 300 m 400 300 l S")),
        ("thin black box knocks out", "E0722", draws("0 0 0 1 k 200 300 100 1 re f")),
        ("gray text", "E0723", draws("BT /f0 30 Tf 200 400 Td 0 g <00010002> Tj ET")),
        ("white overprints", "E0724", with_state(over(), "/X gs 0 0 0 0 k 200 300 50 50 re f")),
        ("rich black text", "W0725", draws("BT /f0 30 Tf 200 400 Td 0.7 0.7 0.6 0.9 k <00010002> Tj ET")),
        ("small red text", "W0726", draws("BT /f0 6 Tf 200 400 Td 0 1 1 0 k <00010002> Tj ET")),
        ("hairline", "W0727", draws("0 1 1 0 K 0.1 w 200 300 m 400 300 l S")),
        ("310 %", "W0728", draws("0.9 0.8 0.8 0.6 k 200 300 100 100 re f")),
        ("400 %", "E0729", draws("1 1 1 1 k 200 300 100 100 re f")),
        (
            "overprint adds up",
            "E0729",
            with_state(over(), "1 1 1 0 k 200 300 90 90 re f /X gs 0 0 0 1 k 200 300 90 90 re f"),
        ),
        ("heavy picture", "E0729", picture("DeviceCMYK", 20, 8, &INKS)),
        (
            "heavy palette",
            "E0729",
            Box::new(|d| {
                static BYTES: [u8; 400 * 400] = [1; 160_000];
                let palette =
                    Object::String(vec![0, 0, 0, 0, 255, 255, 255, 255], lopdf::StringFormat::Hexadecimal);
                let space: Vec<Object> = vec!["Indexed".into(), "DeviceCMYK".into(), 1.into(), palette];
                let dict = dictionary! {
                    "Type" => "XObject", "Subtype" => "Image", "Width" => 400, "Height" => 400,
                    "ColorSpace" => space, "BitsPerComponent" => 8,
                };
                let image = d.add_object(Stream::new(dict, BYTES.to_vec()));
                paint(
                    d,
                    "90 0 0 90 250 300 cm /X Do",
                    dictionary! { "XObject" => dictionary! { "X" => image } },
                );
            }),
        ),
        ("216 ppi", "W0730", picture("DeviceCMYK", 300, 8, &PALE)),
        ("72 ppi", "E0731", picture("DeviceCMYK", 20, 8, &INKS)),
        ("coarse line art", "E0731", picture("DeviceGray", 200, 1, &BITS)),
        ("text near the trim", "E0734", draws("BT /f0 12 Tf 12 400 Td 0 1 0 0 k <00010002> Tj ET")),
        ("RGB in a tiling", "E0716", tiled("1 0 0 rg 0 0 5 5 re f")),
        ("400 % in a tiling", "E0729", tiled("1 1 1 1 k 0 0 5 5 re f")),
        (
            "white outline overprints",
            "E0724",
            with_state(over(), "/X gs BT /f0 30 Tf 2 Tr 200 400 Td 0 1 0 0 k 0 0 0 0 K <00010002> Tj ET"),
        ),
        (
            "inherited rotation",
            "E0711",
            Box::new(|d| {
                let tree = d.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
                d.get_dictionary_mut(tree).unwrap().set("Rotate", 90);
            }),
        ),
        (
            "default space",
            "E0716",
            Box::new(|d| {
                let srgb = d.add_object(Stream::new(dictionary! { "N" => 4 }, vec![]));
                let space: Vec<Object> = vec!["ICCBased".into(), srgb.into()];
                paint(d, "", dictionary! { "ColorSpace" => dictionary! { "DefaultCMYK" => space } });
            }),
        ),
        (
            "damaged stream",
            "E0735",
            Box::new(|d| {
                let id =
                    d.get_dictionary(page(d, 1)).unwrap().get(b"Contents").unwrap().as_reference().unwrap();
                let stream = d.get_object_mut(id).unwrap().as_stream_mut().unwrap();
                let half = stream.content[..stream.content.len() / 2].to_vec();
                stream.set_content(half);
            }),
        ),
        (
            "far trim",
            "E0709",
            in_page(
                "TrimBox",
                Object::Array(vec![Object::Real(-1e30), 0.into(), Object::Real(1e30), 800.into()]),
            ),
        ),
        ("missing resource", "E0735", draws("/Nothing Do")),
        ("broken picture", "E0735", picture("DeviceCMYK", 400, 8, b"too short")),
    ]
}

#[test]
fn a_sound_file_passes() {
    assert_eq!(judged(sound().to_vec()), BTreeSet::new());
}

#[test]
fn every_rule_is_seen_to_fail() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (what, code, change) in cases() {
        let mut document = Document::load_mem(sound()).unwrap();
        change(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let found = judged(bytes);
        if !found.contains(code) {
            wrong.push(format!("{what}: {code} not among {found:?}"));
        }
        seen.insert(code);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(cases().len() >= 25);
    seen.extend(rows::codes());
    // Encrypted files are among the foreign ones; covers have a test of their own.
    seen.extend(["E0702", "E0700"]);
    let rules = Code::ALL.iter().map(|code| code.id()).filter(|id| id[1..].starts_with("07"));
    let unseen: Vec<_> = rules.filter(|id| !seen.contains(id)).collect();
    assert!(unseen.is_empty(), "{unseen:?}");
}

/// The screen edition is told to be that before anything else, and what is the
/// same of many pages is told once.
#[test]
fn the_screen_edition_is_known_for_what_it_is() {
    let project = crate::support::Project::starter();
    project.run("build", &[]).succeeds();
    let file = project.path("out/booklet.pdf");
    let args = [
        "preflight",
        file.to_str().unwrap(),
        "--project",
        project.dir(),
        "--format",
        "short",
        "--lang",
        "zh",
    ];
    let run = crate::support::fengcai(&args);
    assert_eq!(run.code, 1);
    let lines: Vec<_> = run.err.lines().collect();
    assert!(lines[1].contains("E0701") && lines[1].contains("给屏幕看的版本"), "{}", run.err);
    assert!(lines.len() < 25, "{}", run.err);
    assert!(run.err.contains("共 ") && run.err.contains(" 处"), "{}", run.err);
}

/// Covers and sheets are known for what they are, and how to judge them is said.
#[test]
fn covers_and_sheets_are_known_for_what_they_are() {
    let project = Project::first_edition();
    project.run("build", &[]).succeeds();
    let out = |name: &str| project.path(&format!("out/{name}")).to_str().unwrap().to_owned();
    let cover = project.path("cover.pdf");
    fs::copy(out("cover-press.pdf"), &cover).unwrap();
    let judge = |file: &str, more: &[&str]| {
        let args = [&["preflight", file, "--project", project.dir(), "--lang", "en"], more].concat();
        fengcai(&args)
    };
    let told = judge(cover.to_str().unwrap(), &[]);
    assert!(told.err.contains("E0700") && told.err.contains("--cover"), "{}", told.err);
    // The advice works.
    assert_eq!(judge(cover.to_str().unwrap(), &["--cover"]).code, 0);
    let sheets = project.path("sheets.pdf");
    let args = ["impose", &out("booklet-press.pdf"), "--scheme", "saddle", "--sheet", "SRA3", "--out"];
    fengcai(&[&args[..], &[sheets.to_str().unwrap()]].concat()).succeeds();
    let told = judge(sheets.to_str().unwrap(), &[]);
    assert!(told.err.contains("E0700") && told.err.contains("imposed sheets"), "{}", told.err);
    assert!(!judge(&out("booklet-press.pdf"), &[]).err.contains("E0700"));
}

/// Files of other programs (see `tests/fixtures/foreign/README.md`) and what
/// must be said of them.
const FOREIGN: &[(&str, &[&str])] = &[
    ("cairo.pdf", &["E0706", "E0708", "E0709", "E0716"]),
    ("ghostscript.pdf", &["E0706", "E0708", "E0716"]),
    ("libreoffice.pdf", &["E0708", "E0710", "E0716"]),
    ("pikepdf-encrypted.pdf", &["E0702"]),
    ("pikepdf-xref-stream.pdf", &["E0708"]),
    ("reportlab.pdf", &["E0708", "E0715"]),
];

#[test]
fn files_of_other_programs_are_judged() {
    for (name, codes) in FOREIGN {
        let bytes = fs::read(root().join("tests/fixtures/foreign").join(name)).expect(name);
        let found = judged(bytes);
        for code in *codes {
            assert!(found.contains(code), "{name}: {code} not among {found:?}");
        }
    }
}

#[test]
fn what_is_sound_is_not_accused() {
    let mut document = Document::load_mem(sound()).unwrap();
    let tree = document.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let media = document.get_dictionary(pages[0]).unwrap().get(b"MediaBox").unwrap().clone();
    for page in pages {
        document.get_dictionary_mut(page).unwrap().remove(b"MediaBox");
    }
    document.get_dictionary_mut(tree).unwrap().set("MediaBox", media);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(judged(bytes), BTreeSet::new());
    let dir = tempfile::tempdir().unwrap();
    let (from, to) = (dir.path().join("a.pdf"), dir.path().join("b.pdf"));
    fs::write(&from, sound()).unwrap();
    let (from, to) = (from.to_str().unwrap(), to.to_str().unwrap());
    for how in
        [&["--linearize"][..], &["--object-streams=generate"], &["--linearize", "--object-streams=generate"]]
    {
        if judge("qpdf", &[how, &[from, to]].concat()).is_some() {
            assert_eq!(judged(fs::read(to).unwrap()), BTreeSet::new(), "{how:?}");
        }
    }
}

#[test]
fn exit_codes_keep_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("good.pdf"), sound()).unwrap();
    fs::write(path("junk.pdf"), "no PDF at all").unwrap();
    fs::write(path("cut.pdf"), &sound()[..sound().len() / 3]).unwrap();
    assert_eq!(fengcai(&["preflight", &path("good.pdf")]).code, 0);
    assert_eq!(fengcai(&["preflight", &path("junk.pdf")]).code, 2);
    assert_eq!(fengcai(&["preflight", &path("none.pdf")]).code, 2);
    let cut = fengcai(&["preflight", &path("cut.pdf")]);
    assert!(cut.code == 1 || cut.code == 2, "{}", cut.err);
    let page = path("page.html");
    let foreign = root().join("tests/fixtures/foreign/cairo.pdf");
    let run = fengcai(&["preflight", foreign.to_str().unwrap(), "--format", "json", "--page", &page]);
    assert_eq!(run.code, 1);
    assert!(run.json_lines().iter().all(|d| d["code"].is_string() && d["hint"]["zh"].is_string()));
    assert!(fs::read_to_string(&page).unwrap().contains("E0708"));
    // A page never leaves out a file that was asked about.
    assert_eq!(fengcai(&["preflight", &path("good.pdf"), &path("none.pdf"), "--page", &page]).code, 2);
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.contains("none.pdf") && html.contains("E0746"), "{html}");
}

#[test]
fn nothing_makes_the_reader_panic() {
    let sheet = PrintJob::default();
    let expected = Expected { job: &sheet, part: Part::Interior, pages: &[] };
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    for _ in 0..150 {
        let mut bytes = sound().to_vec();
        for _ in 0..1 + next() % 40 {
            let at = next() % bytes.len();
            bytes[at] = next() as u8;
        }
        if next() % 4 == 0 {
            bytes.truncate(next() % bytes.len());
        }
        // Any answer will do but none at all.
        let _ = preflight::judge(Arc::new(bytes), &expected);
    }
}
