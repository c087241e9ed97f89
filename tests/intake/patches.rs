//! A change of one value changes no other byte.

use fengcai::load::{parse, rewrite};
use serde_json::{Value, json};

use super::exports::rewritten;
use super::log;
use crate::support::{Project, Random, fengcai, profiles, root};

/// A profile as somebody's program or hand may have written it.
fn oddly(text: &str, seed: usize) -> String {
    let text = match seed % 5 {
        0 => text.replace('\n', "\r\n"),
        1 => format!("\u{FEFF}{text}"),
        2 => text.replace("  ", "\t").replace("\": ", "\" :  "),
        3 => text.replace("社区", "\\u793e\\u533a").replacen('{', "{\n  \"$comment\": \"一\\/二\\t\",", 1),
        _ => text.split('\n').map(str::trim_start).collect::<Vec<_>>().join(" "),
    };
    text.trim_end().to_owned()
}

/// One field corrected in each of the ten, however it is written: through the
/// whole import, only those bytes are others.
#[test]
fn one_field_changes_no_other_byte() {
    for (seed, (id, profile)) in profiles().into_iter().enumerate() {
        let project = Project::first_edition();
        let path = format!("data/profiles/{id}.json");
        let odd = oddly(&project.read(&path), seed);
        project.write(&path, &odd);
        let file = project.path("稿.docx");
        fengcai(&["export", "--to", file.to_str().expect("a path"), project.dir()]).succeeds();
        let role = profile["post"]["role"].as_str().expect("text");
        let exported = std::fs::read(&file).expect("reads");
        let corrected = rewritten(&exported, "word/document.xml", |xml| xml.replace(role, "党委副书记"));
        std::fs::write(&file, corrected).expect("writes");
        let told = log(&["import", file.to_str().expect("a path"), "--project", project.dir()]);
        assert_eq!(told["doubts"], json!([]), "{id}: {told:#}");
        assert_eq!(odd.matches(role).count(), 1, "{id}");
        assert_eq!(project.read(&path), odd.replace(role, "党委副书记"), "{id}");
    }
}

/// JSON as nobody would write it, and a value that somebody may want instead.
fn json_text(random: &mut Random, depth: usize) -> (String, Value) {
    let space = |random: &mut Random| *random.pick(&[&"", &" ", &"\n  ", &"\r\n", &"\t", &"  \n"]);
    match random.below(if depth == 0 { 3 } else { 5 }) {
        0 => {
            let (written, text) = *random.pick(&[
                &("\"一\\u4e8c\"", "一二"),
                &("\"a\\/b\\n\"", "a/b\n"),
                &("\"\\ud840\\udc00\"", "𠀀"),
                &("\"\"", ""),
                &("\"“引”\"", "“引”"),
            ]);
            (written.to_owned(), text.into())
        }
        1 => {
            let n = random.below(9);
            (n.to_string(), n.into())
        }
        2 => {
            let written = *random.pick(&[&"true", &"null", &"1.50", &"false"]);
            (written.to_owned(), serde_json::from_str(written).expect("JSON"))
        }
        3 => {
            let (mut text, mut list) = (String::from("["), vec![]);
            for i in 0..random.below(5) {
                if i > 0 {
                    text += space(random);
                    text.push(',');
                }
                text += space(random);
                let (inner, value) = json_text(random, depth - 1);
                text += &inner;
                list.push(value);
            }
            text += space(random);
            (text + "]", Value::Array(list))
        }
        _ => {
            let (mut text, mut map) = (String::from("{"), serde_json::Map::new());
            for i in 0..random.below(5) {
                if i > 0 {
                    text += space(random);
                    text.push(',');
                }
                let (inner, value) = json_text(random, depth - 1);
                text += &format!("{}\"k{i}\"{}:{}{inner}", space(random), space(random), space(random));
                map.insert(format!("k{i}"), value);
            }
            text += space(random);
            (text + "}", Value::Object(map))
        }
    }
}

/// Changes a value somewhere.
fn changed(value: &mut Value, random: &mut Random) {
    match value {
        Value::Array(list) if random.below(4) > 0 => match (random.below(5), list.len()) {
            (0, _) => list.insert(random.below(list.len() + 1), json!("新")),
            (1, n) if n > 0 => drop(list.remove(random.below(n))),
            (2, n) if n > 1 => {
                let moved = list.remove(random.below(n));
                list.insert(random.below(n), moved);
            }
            (_, n) if n > 0 => changed(&mut list[random.below(n)], random),
            _ => list.push(json!({ "a": [] })),
        },
        Value::Object(map) if random.below(4) > 0 => {
            let keys: Vec<String> = map.keys().cloned().collect();
            match (random.below(4), keys.len()) {
                (0, _) => drop(map.insert("new".into(), json!(["值", 1]))),
                (1, n) if n > 0 => drop(map.shift_remove(&keys[random.below(n)])),
                (_, n) if n > 0 => changed(&mut map[&keys[random.below(n)]], random),
                _ => drop(map.insert("x".into(), json!({}))),
            }
        }
        value => {
            *value = random.pick(&[&json!("改"), &json!(7), &json!({ "b": null }), &json!([1, 2])]).clone()
        }
    }
}

/// 100,000 patches of random JSON: what is parsed is what was meant, and what
/// was not changed has its bytes.
#[test]
fn patches_mean_what_they_say() {
    for seed in 0..100_000 {
        let mut random = Random::new(seed);
        let (text, value) = json_text(&mut random, 4);
        let text = format!("{}{text}\n", random.pick(&["", "\u{FEFF}", " "]));
        let root = parse("a.json", text.as_bytes(), &mut vec![]).root.expect("JSON");
        assert_eq!(root.to_json(), value, "{text}");
        assert_eq!(rewrite(&text, &root, &value), text);
        let mut wanted = value.clone();
        changed(&mut wanted, &mut random);
        let out = rewrite(&text, &root, &wanted);
        let again = parse("a.json", out.as_bytes(), &mut vec![]).root;
        assert_eq!(again.map(|root| root.to_json()), Some(wanted.clone()), "{seed}: {text} → {out}");
        let back = parse("a.json", out.as_bytes(), &mut vec![]).root.expect("JSON");
        assert_eq!(rewrite(&out, &back, &wanted), out, "twice is once");
    }
}

/// The new files of an import look like those of the project.
#[test]
fn new_profiles_are_written_like_the_others() {
    let project = Project::first_edition();
    for (id, _) in profiles() {
        let path = format!("data/profiles/{id}.json");
        let text = project.read(&path);
        project.write(&path, text.replace("  ", "\t").replace('\n', "\r\n"));
    }
    let case = root().join("tests/intake/odd-characters/in/王龑.docx");
    log(&["import", case.to_str().expect("a path"), "--project", project.dir()]);
    let text = project.read("data/profiles/王䶮.json");
    assert!(text.starts_with("{\r\n\t\"$schema\"") && text.ends_with("}\r\n"), "{text:?}");
}
