//! No input makes the checks panic or run away: texts and JSON put together
//! from pieces that are hard, by a seeded generator, so that a failure can be
//! repeated. `FENGCAI_ROUNDS` sets how many (default 3,000).

use std::collections::BTreeMap;

use fengcai::catalogue::Lang;
use fengcai::check::check;
use fengcai::load::{load, parse};
use fengcai::project;

use crate::support::Project;

/// Pieces of JSON, of Chinese, and of what is neither.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "\\u2060",
    "\n",
    "\t",
    " ",
    "null",
    "true",
    "-1e999",
    "0",
    "\"name\":",
    "\"headline\":[\"",
    "\"]",
    "\"post\":{\"district\":\"",
    "\"article\":[\"",
    "\"figures\":[{\"value\":\"",
    "\"label\":\"",
    "\"evidence\":\"",
    "\"quote\":\"",
    "\"honours\":{\"community\":[\"",
    "\"photo\":{\"file\":\"../",
    "张三",
    "王凤荣",
    "社区",
    "习近平总书记",
    "的的",
    "天天",
    "二十五名",
    "25名",
    "24年5月",
    "100-150",
    "3、4个",
    "，",
    "。",
    "。。",
    "“",
    "”",
    "‘",
    "’",
    "《",
    "》",
    "（",
    "）",
    "…",
    "……",
    "...",
    "—",
    "——",
    "--",
    "·",
    "•",
    "～",
    "％",
    "９",
    "，",
    "\u{3000}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{2060}",
    "\u{202E}",
    "\u{FE0F}",
    "\u{E000}",
    "\u{10FFFF}",
    "⽂",
    "隆",
    "諧",
    "𠀡",
    "😀",
    "é",
    "a",
    "Z9",
    "#panic()",
    "$x$",
    "<label>",
    "@ref",
    "*",
    "_",
    "`",
];

/// SplitMix64.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).expect("below n")
    }

    fn text(&mut self, most: usize) -> String {
        (0..self.below(most)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}

/// A profile: noise, a sound one with a piece cut out and noise put in, or a
/// sound one with noise as its texts.
fn profile(random: &mut Seeded, sound: &str) -> String {
    match random.below(3) {
        0 => random.text(60),
        1 => {
            let mut cuts = [random.below(sound.len()), random.below(sound.len())];
            cuts.sort_unstable();
            let [from, to] = cuts.map(|cut| sound.floor_char_boundary(cut));
            format!("{}{}{}", &sound[..from], random.text(4), &sound[to..])
        }
        _ => {
            let mut texts = || serde_json::to_string(&random.text(40)).expect("text");
            let (name, line, quote, one, two) = (texts(), texts(), texts(), texts(), texts());
            format!(
                r#"{{"name":{name},"headline":[{line}],"post":{{"district":{line},"street":{one},"community":{two},"role":{line}}},
                "quote":{quote},"figures":[{{"value":{one},"label":{two},"evidence":{quote}}}],"article":[{one},{two},{quote}],
                "honours":{{"community":[{line}],"personal":[{one}]}}}}"#
            )
        }
    }
}

#[test]
fn nothing_makes_the_checks_panic_or_run_away() {
    #[allow(clippy::disallowed_methods, reason = "the number of rounds comes from outside")]
    let rounds = std::env::var("FENGCAI_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3_000);
    let starter = Project::starter();
    let project = project::Project::open(&starter.path("")).expect("a project");
    let (draft, _) = load(&project).expect("readable");
    let sound = starter.read("data/profiles/example-one.json");
    for seed in 0..rounds {
        let text = profile(&mut Seeded(seed), &sound);
        let mut found = Vec::new();
        let one = parse("data/profiles/example-one.json", text.as_bytes(), &mut found);
        let two = draft.profiles["example-two"].clone();
        let profiles = BTreeMap::from([("example-one".to_owned(), one), ("example-two".to_owned(), two)]);
        let mut changed = draft.clone();
        changed.press = None;
        changed.profiles = profiles;
        found.extend(check(&changed).1);
        assert!(found.len() < 20_000, "seed {seed}: {} findings", found.len());
        for diagnostic in &found {
            assert!(!diagnostic.message(Lang::Zh).is_empty() && !diagnostic.message(Lang::En).is_empty());
            let place = diagnostic.place.as_ref().expect("a place in the data");
            let source = changed.text(&place.file).expect("a data file");
            assert!(source.get(place.range.clone()).is_some(), "seed {seed}: {place:?}");
        }
    }
}
