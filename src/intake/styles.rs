//! Word documents that `export` wrote: every paragraph says by its style which
//! field it is.

use super::columns::Column;
use super::reading::{Reading, found};
use super::{Delivery, Field, Found, Person, Place, Understood, post};
use crate::documents::{Block, Paragraph, Style};

/// Style of the paragraph that begins a person.
pub(crate) const PERSON: &str = "person";
/// Style of a post, its four parts with tabs between.
pub(crate) const POST: &str = "post";
/// Style of a figure: value, label and evidence with tabs between.
pub(crate) const FIGURE: &str = "figure";
/// Style of the words between, which are no field.
pub(crate) const LABEL: &str = "label";
/// The fields that are a paragraph each, by the names of their styles.
pub(crate) const FIELDS: [(&str, Field); 7] = [
    ("name", Field::Name),
    ("headline", Field::Headline),
    ("quote", Field::Quote),
    ("article", Field::Article),
    ("community honour", Field::CommunityHonours),
    ("personal honour", Field::PersonalHonours),
    ("photo", Field::Photo),
];
/// The book's own titles.
pub(crate) const BOOK: [&str; 3] = ["series", "title", "subtitle"];

/// Words that stand between the fields, in both languages, and the state in
/// which what follows is read where styles are gone.
pub(crate) const LABELS: [(&str, &str, State); 5] = [
    ("引语", "Quote", State::Lines(Field::Quote)),
    ("正文", "Article", State::Lines(Field::Article)),
    ("数字 · 说明 · 出处", "Figure · label · evidence", State::Figures),
    ("社区荣誉", "The community's honours", State::Lines(Field::CommunityHonours)),
    ("个人荣誉", "The person's honours", State::Lines(Field::PersonalHonours)),
];

/// What a paragraph without a style of ours is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Headline, post and name.
    Head,
    /// Entries of a field.
    Lines(Field),
    Figures,
}

/// The identifier in a line that begins a person.
fn begins(text: &str) -> Option<&str> {
    let id = text.trim().strip_prefix("编号").or_else(|| text.trim().strip_prefix("Number"))?;
    let id = id.strip_prefix(['：', ':'])?.split(['（', '(']).next().unwrap_or_default().trim();
    (!id.is_empty()).then_some(id)
}

fn label(text: &str) -> Option<State> {
    let text = text.trim();
    LABELS.iter().find(|(zh, en, _)| *zh == text || *en == text).map(|(.., state)| *state)
}

/// Whether a document is an export of a project: it has a line that begins a
/// person, by its style or by its words, and a label of ours.
pub(super) fn is(delivery: &Delivery) -> bool {
    let mut all = paragraphs(delivery);
    let begun = all.any(|(style, paragraph)| style == PERSON || begins(&paragraph.text).is_some());
    begun && paragraphs(delivery).any(|(_, paragraph)| label(&paragraph.text).is_some())
}

fn paragraphs(delivery: &Delivery) -> impl Iterator<Item = (&str, &Paragraph)> {
    delivery.document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) if !paragraph.text.trim().is_empty() => match &paragraph.style {
            Style::Own(style) => Some((style.as_str(), paragraph)),
            _ => Some(("", paragraph)),
        },
        _ => None,
    })
}

/// The persons of an export, and the book's titles.
pub(super) fn persons(delivery: &Delivery, out: &mut Understood) -> Vec<Person> {
    let mut reader = Reader { persons: vec![], state: State::Head, out };
    for (style, paragraph) in paragraphs(delivery) {
        let at = Place { file: delivery.name.clone(), spot: paragraph.spot.clone() };
        reader.take(style, paragraph.text.trim_matches('\n'), &at);
    }
    reader.persons
}

struct Reader<'a> {
    persons: Vec<Person>,
    state: State,
    out: &'a mut Understood,
}

impl Reader<'_> {
    fn take(&mut self, style: &str, text: &str, at: &Place) {
        if let Some(id) = begins(text) {
            self.persons.push(Person { id: Some(id.to_owned()), ..Person::default() });
            self.state = State::Head;
            return;
        }
        if let Some(state) = label(text) {
            self.state = state;
            return;
        }
        if self.persons.is_empty() {
            if let Some(which) = BOOK.iter().position(|known| *known == style) {
                self.out.book.add(which, found(text, at, &mut self.out.mends));
            }
            return;
        }
        let field = FIELDS.iter().find(|(known, _)| *known == style).map(|(_, field)| *field);
        let head = style == POST || matches!(field, Some(Field::Headline | Field::Name));
        if head && self.state != State::Head {
            // Somebody took the line away that begins a person.
            self.persons.push(Person::default());
            self.state = State::Head;
        }
        match (style, field) {
            (LABEL | PERSON, _) => {}
            (POST, _) => self.post(text, at),
            (FIGURE, _) => self.figure(text, at),
            (_, Some(field)) => {
                if !head {
                    self.state = State::Lines(field);
                }
                self.lines(field, text, at);
            }
            _ => self.plain(text, at),
        }
    }

    /// A paragraph without a style of ours: by where it stands.
    fn plain(&mut self, text: &str, at: &Place) {
        match self.state {
            State::Figures => self.figure(text, at),
            State::Lines(field) => self.lines(field, text, at),
            State::Head => {
                let Some(person) = self.persons.last() else { return };
                let posted = person.has(Field::Role) || person.has(Field::Community);
                let is_post = text.contains('\t') || post::ends_as_role(text) && post::has_place(text);
                match () {
                    () if posted => self.lines(Field::Name, text, at),
                    () if is_post => self.post(text, at),
                    () => self.lines(Field::Headline, text, at),
                }
            }
        }
    }

    fn lines(&mut self, field: Field, text: &str, at: &Place) {
        for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
            let entry = found(line, at, &mut self.out.mends);
            if let Some(person) = self.persons.last_mut() {
                person.add(field, entry);
            }
        }
    }

    fn post(&mut self, text: &str, at: &Place) {
        let fields = [Field::District, Field::Street, Field::Community, Field::Role];
        let parts: Vec<&str> = text.split('\t').collect();
        if parts.len() == 4 {
            fields.iter().zip(&parts).for_each(|(field, part)| self.lines(*field, part, at));
        } else if let Some(person) = self.persons.last_mut() {
            let mut reading = Reading::new(&[], &mut self.out.mends, false);
            reading.take(Column::Post, 1, text, at);
            person.fields.extend(reading.done().fields);
        }
    }

    fn figure(&mut self, text: &str, at: &Place) {
        let parts: Vec<&str> = text.split('\t').filter(|part| !part.trim().is_empty()).collect();
        if let [value, label, evidence] = parts.as_slice() {
            self.lines(Field::Value, value, at);
            self.lines(Field::Label, label, at);
            self.lines(Field::Evidence, evidence, at);
        } else {
            self.out.left.push(Found { text: text.to_owned(), place: at.clone() });
        }
    }
}
