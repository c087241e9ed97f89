//! Reads the laid-out frames: what stands where, and whether it may.

mod fit;
mod glyphs;
mod lines;
mod parity;
mod slots;

use crate::diag::{Code, Diagnostic, Person, Place};
use crate::load::{Document, Draft};
use crate::typeset::Book;

/// Audits a book. `numbered` is false when persons are missing, so that page
/// numbers would mislead.
pub fn audit(book: &Book, draft: &Draft, numbered: bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let source = Sources { draft, numbered };
    for (i, page) in book.document.pages().iter().enumerate() {
        for slot in slots::slots(&page.frame) {
            fit::check(&slot, page.frame.size(), i + 1, &source, &mut found);
            lines::check(&slot, i + 1, &source, &mut found);
            glyphs::check(&slot, i + 1, &source, &mut found);
        }
    }
    let glyph = |d: &Diagnostic| (d.code == Code::GlyphNotSet).then(|| (d.person.clone(), d.args.clone()));
    let elsewhere = |d: &&Diagnostic| d.field.as_deref() != Some("entry");
    let seen: Vec<_> = found.iter().filter(elsewhere).filter_map(glyph).collect();
    // A contents entry repeats other fields: what they tell it need not.
    found.retain(|d| elsewhere(&d) || glyph(d).is_none_or(|g| !seen.contains(&g)));
    parity::check(book, &source, &mut found);
    found
}

/// Leads from the page back to the data.
struct Sources<'a> {
    draft: &'a Draft,
    numbered: bool,
}

impl Sources<'_> {
    /// The name of a person.
    fn name(&self, id: Option<&str>) -> Option<&str> {
        self.draft.profiles.get(id?)?.root.as_ref()?.get("name")?.as_str()
    }

    /// Gives a finding its person, place and page.
    fn locate(&self, diagnostic: Diagnostic, id: Option<&str>, field: &str, page: usize) -> Diagnostic {
        let document = match id {
            Some(id) => self.draft.profiles.get(id),
            None => Some(&self.draft.booklet),
        };
        let diagnostic = diagnostic.field(field).page(self.numbered.then_some(page));
        match document {
            Some(document) => diagnostic.person(document.person()).at(place(document, field)),
            None => diagnostic.person(id.map(|id| Person { id: id.into(), name: None })),
        }
    }
}

fn place(document: &Document, field: &str) -> Option<Place> {
    let root = document.root.as_ref()?;
    document.place(root.nearest(field))
}
