//! Files with one thing wrong in their bones or in what they say of themselves.

use std::io::Write;
use std::sync::Arc;

use fengcai::model::PrintJob;
use fengcai::preflight::{self, Expected, Part};
use lopdf::{Document, Object, dictionary};

use super::{judged, made, sound};

/// The sound file in plain tables.
fn plain() -> Vec<u8> {
    made::page("1 0 0 0 k 200 300 100 100 re f").file()
}

fn replaced(from: &str, to: &str) -> Vec<u8> {
    let bytes = plain();
    let at = bytes.windows(from.len()).rposition(|window| window == from.as_bytes()).expect(from);
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

fn saved(change: impl Fn(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(sound()).unwrap();
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// What readers mend, each in its own way.
#[test]
fn what_readers_mend_is_told() {
    assert!(judged(plain()).is_empty());
    let size = judged(replaced("/Size 9001", "/Size 8999"));
    assert!(size.contains("E0735"), "{size:?}");
    // The stream of the page says less than it is.
    let length = judged(replaced("/Length 30 >>", "/Length 20 >>"));
    assert!(length.contains("E0735"), "{length:?}");
    let table = judged(replaced("9000 1\n00", "9000 1\n01"));
    assert!(table.contains("E0735"), "{table:?}");
    let version = judged(saved(|d| d.catalog_mut().unwrap().set("Version", "1.7")));
    assert!(version.contains("E0703"), "{version:?}");
}

#[test]
fn bookmarks_that_act_are_told() {
    for action in [
        dictionary! { "S" => "GoTo", "D" => vec![Object::Null] },
        dictionary! { "S" => "URI", "URI" => Object::string_literal("x") },
        dictionary! { "S" => "Launch", "F" => Object::string_literal("x") },
    ] {
        let found = judged(saved(|d| {
            let item = d.add_object(dictionary! {
                "Title" => Object::string_literal("x"), "A" => action.clone(),
            });
            let outlines =
                d.add_object(dictionary! { "Type" => "Outlines", "First" => item, "Last" => item });
            d.catalog_mut().unwrap().set("Outlines", outlines);
        }));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["E0719"], "{action:?}");
    }
}

/// Nobody prints what nothing leads to.
#[test]
fn orphans_are_not_judged() {
    let found = judged(saved(|d| {
        d.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("1") });
        d.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    }));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_a_file_says_of_itself_is_read_as_it_is_meant() {
    let told = |key: &'static str, value: Object| {
        judged(saved(|d| {
            let info = d.trailer.get(b"Info").unwrap().as_reference().unwrap();
            d.get_dictionary_mut(info).unwrap().set(key, value.clone());
        }))
    };
    let date = {
        let document = Document::load_mem(sound()).unwrap();
        let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let date = document.get_dictionary(info).unwrap().get(b"CreationDate").unwrap().as_str().unwrap();
        String::from_utf8(date.to_vec()).unwrap()
    };
    assert!(date.ends_with('Z'), "{date}");
    let day = &date[2..10];
    let hour: u32 = date[10..12].parse().unwrap();
    assert!(hour < 16, "{date}");
    let east = format!("D:{day}{:02}{}+08'00'", hour + 8, &date[12..16]);
    assert!(told("CreationDate", Object::string_literal(east)).is_empty(), "the same moment");
    let later = date.replace('Z', "+08'00'");
    assert!(told("CreationDate", Object::string_literal(later)).contains("E0705"));
    // An identifier that is an object of its own.
    let id = judged(saved(|d| {
        let id = d.trailer.get(b"ID").unwrap().clone();
        let id = d.add_object(id);
        d.trailer.set("ID", id);
    }));
    assert!(id.is_empty(), "{id:?}");
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A file whose objects are all in one stream, as cairo writes them.
fn packed(count: usize) -> Vec<u8> {
    let mut objects = vec![
        (1, "<< /Type /Catalog /Pages 4 0 R /Many 6 0 R >>".to_owned()),
        (4, "<< /Type /Pages /Kids [5 0 R] /Count 1 >>".to_owned()),
        (5, "<< /Type /Page /Parent 4 0 R /MediaBox [0 0 300 400] >>".to_owned()),
    ];
    objects.extend((6..count).map(|id| (id, format!("<< /Kind {id} /Next {} 0 R >>", id + 1))));
    let (mut index, mut body) = (String::new(), String::new());
    for (id, object) in &objects {
        index += &format!("{id} {} ", body.len());
        body += &format!("{object}\n");
    }
    let entries = format!("/Type /ObjStm /N {} /First {} /Filter /FlateDecode", objects.len(), index.len());
    let mut file = b"%PDF-1.6\n2 0 obj\n".to_vec();
    let at = file.len() - 8;
    file.extend(made::stream(&entries, deflated(format!("{index}{body}").as_bytes())));
    file.extend(b"\nendobj\n");
    let start = file.len();
    let mut rows = Vec::new();
    for id in 0..count {
        let row = match (id, objects.iter().position(|(own, _)| *own == id)) {
            (2, _) => (1, at, 0),
            (3, _) => (1, start, 0),
            (_, Some(place)) => (2, 2, place),
            _ => (0, 0, 0),
        };
        rows.push(row.0);
        rows.extend((row.1 as u32).to_be_bytes());
        rows.extend((row.2 as u32).to_be_bytes());
    }
    file.extend(b"3 0 obj\n");
    let entries = format!("/Type /XRef /W [1 4 4] /Size {count} /Root 1 0 R /Filter /FlateDecode");
    file.extend(made::stream(&entries, deflated(&rows)));
    file.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes());
    file
}

/// Tens of thousands of objects in one stream are read like as many in the
/// open, each of them once.
#[test]
fn packed_objects_are_read() {
    let sheet = PrintJob::default();
    let expected = Expected { job: &sheet, part: Part::Interior, pages: &[] };
    let told = |count| {
        let report = preflight::judge(Arc::new(packed(count)), &expected).expect("readable");
        let codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.id()).collect();
        (report.pages, codes)
    };
    assert_eq!(told(60_000), told(600));
    assert_eq!(told(600).0, 1);
    assert!(!told(600).1.contains(&"E0735"), "{:?}", told(600));
}
