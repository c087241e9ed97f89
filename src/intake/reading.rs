//! A person as columns and labels tell, word by word mended.

use std::collections::BTreeMap;

use super::columns::Column;
use super::line::{Line, Look};
use super::{Field, Found, Person, Place, join, names, post, sections};
use crate::check::{Mend, mended};
use crate::documents::Style;

/// Where people write their mends.
pub(super) type Mends = BTreeMap<Mend, Vec<Place>>;

/// Words as they are printed, with their place; what was mended is noted.
pub(super) fn found(text: &str, place: &Place, mends: &mut Mends) -> Found {
    let (text, counts) = mended(text);
    for (mend, count) in counts {
        mends.entry(mend).or_default().extend(std::iter::repeat_n(place.clone(), count));
    }
    Found { text, place: place.clone() }
}

/// A person whose columns or labels are being read.
pub(super) struct Reading<'a> {
    pub(super) person: Person,
    pub(super) districts: &'a [String],
    pub(super) mends: &'a mut Mends,
    /// Whether an export of the project is read, which has its lists on lines.
    pub(super) own: bool,
    figures: BTreeMap<usize, [Option<Found>; 3]>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(districts: &'a [String], mends: &'a mut Mends, own: bool) -> Self {
        Self { person: Person::default(), districts, mends, own, figures: BTreeMap::new() }
    }

    fn put(&mut self, field: Field, text: &str, at: &Place) {
        if !text.trim().is_empty() {
            let found = found(text, at, self.mends);
            self.person.fill(field, vec![found]);
        }
    }

    /// Takes what a column or a label says.
    pub(super) fn take(&mut self, column: Column, number: usize, text: &str, at: &Place) {
        let place = |text: &str| post::place_of(text, self.districts);
        match column {
            Column::Of(Field::Name) => self.put(Field::Name, &names::plain(text), at),
            Column::Number | Column::Unprinted => {}
            Column::Id => {
                self.person.id =
                    Some(text.trim().to_owned()).filter(|id| !id.chars().all(|c| c.is_ascii_digit()))
            }
            Column::Post => match post::split(text, self.districts) {
                Some(parts) => self.put_post(&parts, at),
                None => self.put(Field::Role, text, at),
            },
            Column::Unit => {
                let parts = post::split(text, self.districts).unwrap_or_else(|| place(text));
                self.put_post(&parts, at);
            }
            Column::Of(Field::Street | Field::Community) if !self.own && !place(text).district.is_empty() => {
                let parts = place(text);
                self.put_post(&parts, at);
            }
            Column::Of(Field::Role) if !self.own => match post::split(text, self.districts) {
                Some(parts) if !parts.district.is_empty() || !parts.street.is_empty() => {
                    self.put_post(&parts, at)
                }
                _ => self.put(Field::Role, text, at),
            },
            Column::Of(Field::Headline) => {
                let lines: Vec<&str> = text.lines().collect();
                let own: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
                let lines = if self.own { own } else { sections::headline(&lines) };
                let lines = lines
                    .iter()
                    .filter(|line| !line.trim().is_empty())
                    .map(|line| found(line, at, self.mends))
                    .collect();
                self.person.fill(Field::Headline, lines);
            }
            Column::Of(Field::Article) => {
                let lines = lines_of(text, at);
                let whole: Vec<(String, Place)> = if self.own {
                    lines
                        .iter()
                        .filter(|line| !line.text.is_empty())
                        .map(|line| (line.text.clone(), at.clone()))
                        .collect()
                } else {
                    join::paragraphs(&lines.iter().collect::<Vec<_>>())
                };
                for (text, place) in whole {
                    let paragraph = found(&text, &place, self.mends);
                    self.person.add(Field::Article, paragraph);
                }
            }
            Column::Of(field @ (Field::CommunityHonours | Field::PersonalHonours)) => {
                let lines = text.lines().filter(|line| !line.trim().is_empty());
                let items: Vec<&str> =
                    if self.own { lines.collect() } else { lines.flat_map(parted).collect() };
                let items = items.iter().map(|item| found(item, at, self.mends)).collect();
                self.person.fill(field, items);
            }
            Column::Of(field @ (Field::Value | Field::Label | Field::Evidence)) => {
                let place = usize::from(field != Field::Value) + usize::from(field == Field::Evidence);
                let entry = found(text, at, self.mends);
                self.figures.entry(number).or_default()[place] = Some(entry);
            }
            Column::Of(field) => self.put(field, text, at),
        }
    }

    fn put_post(&mut self, parts: &post::Parts, at: &Place) {
        self.put(Field::District, &parts.district, at);
        self.put(Field::Street, &parts.street, at);
        self.put(Field::Community, &parts.community, at);
        self.put(Field::Role, &parts.role, at);
    }

    /// The person, with the figures in their order.
    pub(super) fn done(mut self) -> Person {
        for [value, label, evidence] in self.figures.into_values() {
            if let (Some(value), Some(label), Some(evidence)) = (value, label, evidence) {
                self.person.add(Field::Value, value);
                self.person.add(Field::Label, label);
                self.person.add(Field::Evidence, evidence);
            }
        }
        self.person
    }
}

/// A list of honours, parted at 、 outside of quotation marks and brackets.
fn parted(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '“' | '（' | '《' | '(' => depth += 1,
            '”' | '）' | '》' | ')' => depth -= 1,
            '、' if depth == 0 => {
                parts.push(text[from..at].trim());
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim().trim_end_matches(['。', '.', '等']));
    parts.retain(|part| !part.is_empty());
    parts
}

/// The lines of a cell.
pub(super) fn lines_of(text: &str, at: &Place) -> Vec<Line> {
    let line = |text: &str| Line {
        look: Look::of(text.trim(), &Style::Body),
        text: text.trim().to_owned(),
        place: at.clone(),
        style: Style::Body,
        indented: text.starts_with("\u{3000}"),
        boxed: false,
        block: 0,
    };
    text.split(['\n', '\u{B}']).map(line).collect()
}
