//! Numbers of lists (ISO/IEC 29500-1, 17.9): words that the program makes and
//! the paper shows, so they belong to the text.

use std::collections::HashMap;
use std::rc::Rc;

use roxmltree::Node;

use super::super::DocumentProblem;
use super::super::package::{attribute, child, parse, value};
use super::notes::short;
use super::styles::Styles;

/// Levels of a list.
const LEVELS: usize = 9;

/// A level of a list: form of its numbers, text around them, first number.
#[derive(Clone, Default)]
struct Level {
    form: String,
    text: String,
    start: u32,
}

/// The lists of a document, and how far each is counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<String, Rc<Vec<Level>>>,
    /// List → the lists' common definition, which they count together.
    definitions: HashMap<String, String>,
    counts: HashMap<String, [u32; LEVELS]>,
}

impl Numbering {
    pub(super) fn read(part: Option<&str>) -> Result<Self, DocumentProblem> {
        let Some(text) = part else { return Ok(Self::default()) };
        let xml = parse(text)?;
        let root = xml.root_element();
        let named = |name: &'static str| root.children().filter(move |node| node.tag_name().name() == name);
        let defined: HashMap<&str, Rc<Vec<Level>>> = named("abstractNum")
            .filter_map(|node| Some((attribute(node, "abstractNumId")?, Rc::new(levels(node)))))
            .collect();
        let mut numbering = Self::default();
        for node in named("num") {
            let (Some(id), Some(of)) = (attribute(node, "numId"), child(node, "abstractNumId")) else {
                continue;
            };
            let of = attribute(of, "val").unwrap_or_default();
            let mut levels = defined.get(of).cloned().unwrap_or_default();
            let overrides = node.children().filter(|node| node.tag_name().name() == "lvlOverride");
            let mut own = false;
            for change in overrides {
                let level = attribute(change, "ilvl").and_then(|level| level.parse::<usize>().ok());
                let start =
                    child(change, "startOverride").and_then(|start| attribute(start, "val")?.parse().ok());
                if let (Some(level), Some(start)) =
                    (level.and_then(|level| Rc::make_mut(&mut levels).get_mut(level)), start)
                {
                    level.start = start;
                    own = true;
                }
            }
            numbering
                .definitions
                .insert(id.to_owned(), if own { format!("num-{id}") } else { of.to_owned() });
            numbering.lists.insert(id.to_owned(), levels);
        }
        Ok(numbering)
    }

    /// The number of a paragraph with what stands around it, such as 一、 or
    /// 1.2; nothing for bullets and for what is no list.
    pub(super) fn label(&mut self, paragraph: Node, styles: &Styles) -> String {
        let Some((list, level)) = styles.list(paragraph) else { return String::new() };
        let Some(levels) = self.lists.get(&list).filter(|levels| level < levels.len()) else {
            return String::new();
        };
        let key = self.definitions.get(&list).cloned().unwrap_or_default();
        let first: [u32; LEVELS] =
            std::array::from_fn(|i| levels.get(i).map_or(0, |l| l.start.saturating_sub(1)));
        let counts = self.counts.entry(key).or_insert(first);
        counts[level] = counts[level].saturating_add(1);
        counts[level + 1..].copy_from_slice(&first[level + 1..]);
        let own = &levels[level];
        if matches!(own.form.as_str(), "bullet" | "none" | "") {
            return String::new();
        }
        let mut label = String::new();
        let mut chars = own.text.chars();
        while let Some(c) = chars.next() {
            let of = if c == '%' { chars.clone().next().and_then(|digit| digit.to_digit(10)) } else { None };
            match of.map(|level| level as usize).filter(|level| (1..=LEVELS).contains(level)) {
                Some(level) => {
                    chars.next();
                    let form = levels.get(level - 1).map_or("decimal", |level| level.form.as_str());
                    label += &number(counts[level - 1], form);
                }
                None => label.push(c),
            }
        }
        label
    }
}

fn levels(node: Node) -> Vec<Level> {
    let levels = node.children().filter(|node| node.tag_name().name() == "lvl").take(LEVELS);
    levels
        .map(|node| Level {
            form: value(node, "numFmt").unwrap_or("decimal").to_owned(),
            text: short(value(node, "lvlText").unwrap_or_default()),
            start: value(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1),
        })
        .collect()
}

/// A number in a form (17.18.59).
fn number(n: u32, form: &str) -> String {
    match form {
        "chineseCounting"
        | "chineseCountingThousand"
        | "chineseLegalSimplified"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(n),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let circled = char::from_u32(0x2460 + n.wrapping_sub(1)).filter(|_| (1..=20).contains(&n));
            circled.map_or_else(|| n.to_string(), String::from)
        }
        "decimalZero" => format!("{n:02}"),
        "upperLetter" | "lowerLetter" => {
            let letter = char::from(b'A' + (n.saturating_sub(1) % 26) as u8);
            let letters: String =
                std::iter::repeat_n(letter, (n.saturating_sub(1) / 26 + 1).min(9) as usize).collect();
            if form == "lowerLetter" { letters.to_lowercase() } else { letters }
        }
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        _ => n.to_string(),
    }
}

/// A number up to 99 in Chinese, else in digits.
fn chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    match n {
        0..=9 => digit(n).to_owned(),
        10..=19 => format!("十{}", if n == 10 { "" } else { digit(n) }),
        20..=99 => format!("{}十{}", digit(n / 10), if n.is_multiple_of(10) { "" } else { digit(n) }),
        _ => n.to_string(),
    }
}

fn roman(mut n: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 3999 {
        return n.to_string();
    }
    let mut text = String::new();
    for (value, letters) in VALUES {
        while n >= value {
            text += letters;
            n -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_on_paper() {
        let all = |form| [1, 4, 10, 12, 20, 35].map(|n| number(n, form)).join(" ");
        assert_eq!(all("chineseCounting"), "一 四 十 十二 二十 三十五");
        assert_eq!(all("decimal"), "1 4 10 12 20 35");
        assert_eq!(all("upperRoman"), "I IV X XII XX XXXV");
        assert_eq!(all("lowerLetter"), "a d j l t ii");
        assert_eq!(number(3, "decimalEnclosedCircle"), "③");
    }
}
