//! The customer's text is sacred: the data hold every character of it, in
//! order, and nothing that is not in it.

use serde_json::Value;

use crate::support::{profiles, root, squeeze, strings};

/// Punctuation that Chinese typography wants full-width.
fn full_width(text: &str) -> String {
    let mark = |c| match c {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        other => other,
    };
    squeeze(text).chars().map(mark).collect()
}

fn file(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect(path)
}

#[test]
fn data_hold_the_text_character_for_character() {
    let booklet: Value = serde_json::from_str(&file("data/booklet.json")).unwrap();
    let mut data = booklet["series"].as_str().unwrap().to_owned();
    data += &strings(&booklet["title"]).concat();
    data += &strings(&booklet["subtitle"]).concat();
    for (_, profile) in profiles() {
        data += &strings(&profile["headline"]).concat();
        for field in ["district", "street", "community", "role"] {
            data += profile["post"][field].as_str().unwrap();
        }
        data += profile["name"].as_str().unwrap();
        data += &strings(&profile["article"]).concat();
    }
    let source = full_width(&file("tests/fixtures/fengcailu.txt"));
    let at = data.chars().zip(source.chars()).position(|(a, b)| a != b);
    assert_eq!(at, None, "differs at character {at:?}");
    assert_eq!(data.chars().count(), source.chars().count());
}

#[test]
fn paragraphs_are_whole_sentences() {
    for (id, profile) in profiles() {
        for paragraph in strings(&profile["article"]) {
            assert!(paragraph.ends_with(['。', '！', '？', '”']), "{id}: {paragraph}");
        }
    }
}

#[test]
fn committed_schemas_are_those_of_the_types() {
    for (path, schema) in fengcai::starter::schemas() {
        assert_eq!(file(path), schema, "run: fengcai schema booklet|profile|press > {path}");
    }
    let finding = fengcai::report::finding_schema();
    assert_eq!(file("tests/fixtures/finding.schema.json"), finding, "run: fengcai schema finding");
}
