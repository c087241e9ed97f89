//! Language rules on the texts that are printed. Each rule is a function over
//! one text; the table below is the whole list.

mod characters;
mod dates;
mod forms;
mod marks;
mod mend;
mod names;
mod numbers;
mod numerals;
mod pairs;
mod places;
mod spaces;
mod style;
mod tables;
mod wrong_words;

pub use characters::Kind;
pub use mend::{Mend, mended};
pub use tables::OwnTables;

use std::ops::Range;
use std::sync::Arc;

use self::tables::Tables;
use crate::diag::{Arg, Code, Diagnostic, Phrase, Tally};
use crate::load::{Document, Node};

/// What a rule finds: the code, the bytes of the text, values for the message.
struct Hit {
    code: Code,
    range: Range<usize>,
    args: Vec<(&'static str, Arg)>,
}

impl Hit {
    /// A hit whose message names the found text.
    fn new(code: Code, text: &str, range: Range<usize>) -> Self {
        let found = text[range.clone()].to_owned();
        Self { code, range, args: vec![("text", found.into())] }
    }

    /// A hit that shows more than it finds.
    fn told(code: Code, range: Range<usize>, text: String) -> Self {
        Self { code, range, args: vec![("text", text.into())] }
    }

    fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string().into()));
        self
    }

    fn phrase(mut self, name: &'static str, phrase: Phrase) -> Self {
        self.args.push((name, phrase.into()));
        self
    }
}

/// A printed text and the field it stands in.
struct Text<'a> {
    field: &'a str,
    text: &'a str,
    /// Whether it is printed between quotation marks.
    quoted: bool,
    /// The paragraph after it.
    next: Option<&'a str>,
    tables: Arc<Tables>,
}

impl<'a> Text<'a> {
    /// A text that is no field of the data.
    fn alone(text: &'a str) -> Self {
        Self { field: "", text, quoted: false, next: None, tables: Tables::embedded() }
    }
}

type Rule = fn(&Text) -> Vec<Hit>;

const RULES: &[Rule] = &[
    marks::half_width,
    marks::straight_quotes,
    marks::doubled,
    marks::ellipsis,
    marks::dash,
    marks::middle_dot,
    pairs::unbalanced,
    spaces::stray,
    characters::full_width,
    characters::invisible,
    characters::ordinary,
    characters::standard,
    characters::look_alikes,
    numbers::short_year,
    numbers::hyphen_range,
    numbers::approximate,
    style::repeated,
    style::headline_mark,
    style::ellipsis_and_etc,
    style::no_full_stop,
    wrong_words::wrong_words,
    forms::forms,
    dates::impossible,
    names::near_names,
    places::districts,
];

/// The rules for what is copied from the article.
const COPIED: &[Rule] = &[pairs::unbalanced];

/// Fields that are not printed or are no prose.
const UNPRINTED: &[&str] = &[
    "emblem",
    "order[",
    "template",
    "setting",
    "date",
    "language",
    "checks",
    "districts[",
    "exact[",
    "keep_together[",
    "source",
    "extra_fonts[",
];

/// Members that are no words, by the start of their fields.
const NO_WORDS: &[(&str, &[&str])] =
    &[("photo", &["file", "role"]), ("groups[", &["first"]), ("sections[", &["place"])];

/// Whether a field's text is printed.
pub(super) fn printed(field: &str) -> bool {
    let member = field.rsplit('.').next().unwrap_or_default();
    let no_words = |(start, members): &(&str, &[&str])| field.starts_with(start) && members.contains(&member);
    !field.starts_with('$')
        && !UNPRINTED.iter().any(|start| field.starts_with(start))
        && !NO_WORDS.iter().any(no_words)
}

/// Whether a character is told of by the rules on characters, so that nobody
/// need say again that no font has it.
pub(super) fn unfit(c: char) -> bool {
    characters::is_invisible(c) || characters::is_variant(c)
}

/// Whether a character shows nothing, whatever stands beside it.
pub fn unseen(c: char) -> bool {
    characters::is_unseen(c)
}

/// The ordinary character that is meant by a radical, a compatibility form or a
/// private one of GBK.
pub(super) fn meant(c: char) -> Option<char> {
    characters::meant(c)
}

/// Applies every rule to every printed text of a document. What is copied from
/// the article has the article's slips, which are told of there; it is only
/// asked whether it cuts a pair in two.
pub(super) fn check(document: &Document, own: &OwnTables, sink: &mut Vec<Diagnostic>) {
    let Some(root) = &document.root else { return };
    let strings = root.strings();
    let article = || strings.iter().filter(|(field, _)| field.starts_with("article["));
    let mut tally = Tally::new(sink);
    let tables = tables::tables(own);
    let mut following = strings.iter().skip(1);
    for (field, node) in &strings {
        let next = following.next().filter(|(next, _)| list(field).is_some_and(|of| list(next) == Some(of)));
        if !printed(field) {
            continue;
        }
        let next = next.and_then(|(_, next)| next.as_str());
        let text = Text {
            field,
            text: node.as_str().unwrap_or_default(),
            quoted: field == "quote",
            next,
            tables: tables.clone(),
        };
        let copied = is_copy(field)
            && article().any(|(_, node)| node.as_str().is_some_and(|whole| whole.contains(text.text)));
        let rules = if copied { COPIED } else { RULES };
        for hit in rules.iter().flat_map(|rule| rule(&text)) {
            tally.push(hit.code, || finding(document, field, node, hit));
        }
    }
}

/// The list that a field is of.
fn list(field: &str) -> Option<&str> {
    field.strip_suffix(']')?.rsplit_once('[').map(|(list, _)| list)
}

/// What the language rules say of words that are no data, such as a template's.
pub fn own_words(text: &str) -> Vec<Diagnostic> {
    let words = Text::alone(text);
    let hits = RULES.iter().flat_map(|rule| rule(&words));
    let told = |hit: Hit| {
        hit.args.into_iter().fold(Diagnostic::new(hit.code), |told, (name, value)| told.arg(name, value))
    };
    hits.map(told).collect()
}

/// Fields that are copied from the article, word for word.
fn is_copy(field: &str) -> bool {
    field == "quote" || field.starts_with("honours.") || field.ends_with("].evidence")
}

fn finding(document: &Document, field: &str, node: &Node, hit: Hit) -> Diagnostic {
    let place = document.piece(node, hit.range);
    let finding = Diagnostic::new(hit.code).person(document.person()).field(field).at(Some(place));
    hit.args.into_iter().fold(finding, |finding, (name, value)| finding.arg(name, value))
}

/// Han characters and the full-width marks of Chinese text.
fn is_chinese(c: char) -> bool {
    is_han(c) || is_mark(c)
}

/// The full-width marks of Chinese text.
pub(super) fn is_mark(c: char) -> bool {
    "，。、；：！？“”‘’（）《》〈〉【】—…·～".contains(c)
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// Each character with its byte index and its neighbours.
fn windows(text: &str) -> impl Iterator<Item = (usize, Option<char>, char, Option<char>)> {
    text.char_indices().map(|(i, c)| {
        let before = text[..i].chars().next_back();
        let after = text[i + c.len_utf8()..].chars().next();
        (i, before, c, after)
    })
}

/// Maximal runs of characters for which `member` holds, as byte ranges.
fn runs(text: &str, member: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (i, c) in text.char_indices().filter(|(_, c)| member(*c)) {
        match found.last_mut() {
            Some(last) if last.end == i => last.end += c.len_utf8(),
            _ => found.push(i..i + c.len_utf8()),
        }
    }
    found
}
