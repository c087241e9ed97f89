//! What an import understood, mended, asks and would change: a value, and a
//! page to read or print.

mod names;
mod page;

use serde::Serialize;

use crate::catalogue::{Lang, field_name};
use crate::intake::{Change, Doubt, Field, Mend, Person, Place, Plan, Suggestion, Taken, Understood};

use self::names::{mend_name, notice_name};
pub use page::import_page;

/// Places of a kind of mend that are named.
const PLACES: usize = 12;

/// What an import understood, in a language.
#[derive(Debug, Clone, Serialize)]
pub struct ImportLog {
    /// Documents that were read.
    pub read: Vec<String>,
    /// Documents and photos that were not, each with the reason.
    pub unread: Vec<Unread>,
    /// Title of the book, if the documents have one.
    pub title: String,
    /// The persons.
    pub persons: Vec<PersonLog>,
    /// What changes in a project that is there.
    pub changes: Vec<ChangeLog>,
    /// Fields in which the project's own edits stay.
    pub kept: Vec<String>,
    /// What was mended.
    pub mends: Vec<MendLog>,
    /// What has to be asked.
    pub doubts: Vec<DoubtLog>,
    /// Tracked changes, comments, hidden words, notes.
    pub notices: Vec<NoticeLog>,
    /// Words that belong to nothing.
    pub left: Vec<Said>,
    /// Photos that are nobody's.
    pub spare_photos: Vec<String>,
    /// Data files that cannot be understood and stay as they are.
    pub unreadable: Vec<String>,
    /// Answers and suggestions that were named and that there are none of.
    pub unasked: Vec<String>,
}

/// A file that was not read, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Unread {
    /// The file.
    pub file: String,
    /// Why, and what to do.
    pub reason: String,
}

/// Words and where they stand.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// File and place.
    pub place: String,
    /// The words.
    pub text: String,
}

/// A person.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLog {
    /// The name.
    pub name: String,
    /// Whether the project did not have the person.
    pub new: bool,
    /// The fields that were found.
    pub fields: Vec<FieldLog>,
    /// What may be taken over from the article.
    pub suggestions: Vec<SuggestionLog>,
}

/// A field that was found.
#[derive(Debug, Clone, Serialize)]
pub struct FieldLog {
    /// Its path in the data.
    pub field: &'static str,
    /// What people call it.
    pub label: String,
    /// Its entries, with their places.
    pub entries: Vec<Said>,
}

/// Something that may be taken over.
#[derive(Debug, Clone, Serialize)]
pub struct SuggestionLog {
    /// What to write behind `--accept`.
    pub id: String,
    /// What it is.
    pub label: String,
    /// The words.
    pub text: String,
    /// The clause or paragraph that says so.
    pub evidence: String,
    /// Whether it is among those that `--all` takes.
    pub best: bool,
    /// Whether it was taken.
    pub taken: bool,
    /// Whether the project has such a field already.
    pub needless: bool,
}

/// A field that changes.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeLog {
    /// Whose.
    pub name: String,
    /// Which field.
    pub label: String,
    /// What the project has.
    pub before: Option<String>,
    /// What it will have.
    pub after: String,
    /// Where that stands.
    pub place: String,
}

/// A kind of mend.
#[derive(Debug, Clone, Serialize)]
pub struct MendLog {
    /// What was mended.
    pub label: String,
    /// How often.
    pub count: usize,
    /// The first places.
    pub places: Vec<String>,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct DoubtLog {
    /// What to write behind `--answer`.
    pub id: String,
    /// The question.
    pub question: String,
    /// Where it came up.
    pub place: String,
    /// The choices.
    pub choices: Vec<String>,
    /// The choice that holds, from 1.
    pub choice: usize,
    /// Whether somebody answered.
    pub answered: bool,
    /// What stands in the project and in the document, where both changed.
    pub sides: Option<[String; 2]>,
}

/// Something that a document says beside its text.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeLog {
    /// What it is.
    pub label: &'static str,
    /// File and place.
    pub place: String,
    /// The words.
    pub text: String,
    /// Who wrote them.
    pub by: Option<String>,
}

/// A place as people name it.
pub fn place_name(place: &Place, lang: Lang) -> String {
    format!("{} {}", place.file, place.spot.text(lang))
}

impl ImportLog {
    /// The log of what was understood and what is planned. `unread` are files
    /// with their reasons.
    pub fn new(
        understood: &Understood,
        plan: &Plan,
        read: &[String],
        unread: Vec<(String, String)>,
        lang: Lang,
    ) -> Self {
        let said = |text: &str, place: &Place| Said { place: place_name(place, lang), text: text.to_owned() };
        let book = &understood.book;
        let titles = book.title.iter().chain(&book.subtitle).map(|line| line.text.as_str());
        let persons = understood.persons.iter().enumerate();
        let notice = |(file, notice): &(String, crate::documents::Notice)| NoticeLog {
            label: notice_name(notice.kind, lang),
            place: place_name(&Place { file: file.clone(), spot: notice.spot.clone() }, lang),
            text: notice.text.clone(),
            by: notice.by.clone(),
        };
        let kept = plan.kept.iter().map(|(name, field)| format!("{name} · {}", field_name(field, lang)));
        Self {
            read: read.to_vec(),
            unread: unread.into_iter().map(|(file, reason)| Unread { file, reason }).collect(),
            title: titles.collect::<Vec<_>>().join(" "),
            persons: persons.map(|(at, person)| person_log(at, person, understood, plan, lang)).collect(),
            changes: plan.changes.iter().map(|change| change_log(change, lang)).collect(),
            kept: kept.collect(),
            mends: understood.mends.iter().map(|(mend, places)| mend_log(*mend, places, lang)).collect(),
            doubts: understood
                .doubts
                .iter()
                .chain(&plan.doubts)
                .map(|doubt| doubt_log(doubt, lang))
                .collect(),
            notices: understood.notices.iter().map(notice).collect(),
            left: understood.left.iter().map(|found| said(&found.text, &found.place)).collect(),
            spare_photos: understood.spare_photos.clone(),
            unreadable: plan.unreadable.clone(),
            unasked: plan.unasked.clone(),
        }
    }
}

fn person_log(at: usize, person: &Person, understood: &Understood, plan: &Plan, lang: Lang) -> PersonLog {
    let field = |(field, found): (&Field, &Vec<crate::intake::Found>)| FieldLog {
        field: field.path(),
        label: field_name(&field.path().replace("[#]", ""), lang),
        entries: found
            .iter()
            .map(|found| Said { place: place_name(&found.place, lang), text: found.text.clone() })
            .collect(),
    };
    let article = person.texts(Field::Article);
    let own = understood.suggestions.iter().filter(|suggestion| suggestion.person == at);
    PersonLog {
        name: person.name().to_owned(),
        new: plan.added.iter().any(|name| name == person.name()),
        fields: person.fields.iter().map(field).collect(),
        suggestions: own.map(|suggestion| suggestion_log(suggestion, &article, plan, lang)).collect(),
    }
}

fn suggestion_log(suggestion: &Suggestion, article: &[&str], plan: &Plan, lang: Lang) -> SuggestionLog {
    let paragraph = article.get(suggestion.paragraph).copied().unwrap_or_default();
    let evidence = match &suggestion.taken {
        Taken::Figure { evidence, .. } => evidence.clone(),
        other => around(paragraph, &other.text()),
    };
    SuggestionLog {
        id: suggestion.id.clone(),
        label: field_name(suggestion.taken.group(), lang),
        text: suggestion.taken.text(),
        evidence,
        best: suggestion.best,
        taken: plan.taken.contains(&suggestion.id),
        needless: plan.needless.contains(&suggestion.id),
    }
}

/// A piece with what stands around it.
fn around(text: &str, piece: &str) -> String {
    let Some(at) = text.find(piece) else { return String::new() };
    let start = text[..at].char_indices().rev().nth(11).map_or(0, |(start, _)| start);
    let rest = &text[at + piece.len()..];
    let end = rest.char_indices().nth(8).map_or(rest.len(), |(end, _)| end);
    format!("{}{piece}{}", &text[start..at], &rest[..end])
}

fn change_log(change: &Change, lang: Lang) -> ChangeLog {
    ChangeLog {
        name: change.name.clone().unwrap_or_else(|| lang.pick("全书", "the book").into()),
        label: field_name(&change.field, lang),
        before: change.before.clone(),
        after: change.after.clone(),
        place: change.place.as_ref().map(|place| place_name(place, lang)).unwrap_or_default(),
    }
}

fn mend_log(mend: Mend, places: &[Place], lang: Lang) -> MendLog {
    let mut named: Vec<String> = places.iter().map(|place| place_name(place, lang)).collect();
    named.dedup();
    named.truncate(PLACES);
    MendLog { label: mend_name(mend, lang).to_owned(), count: places.len(), places: named }
}

fn doubt_log(doubt: &Doubt, lang: Lang) -> DoubtLog {
    DoubtLog {
        id: doubt.id.clone(),
        question: doubt.ask.text(lang),
        place: doubt.place.as_ref().map(|place| place_name(place, lang)).unwrap_or_default(),
        choices: doubt.ask.choices(lang),
        choice: doubt.choice,
        answered: doubt.answered,
        sides: doubt.ask.sides().map(|sides| sides.map(ToOwned::to_owned)),
    }
}
