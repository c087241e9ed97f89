//! What a side of a sheet is made of, and marks that sides share.

use std::collections::HashMap;

use lopdf::{ObjectId, Stream, dictionary};

use super::source::Source;
use crate::marks::{Kit, Used};

/// Operators, and the forms they use.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) content: String,
    pub(super) used: Used,
}

impl Drawn {
    pub(super) fn put(&mut self, (content, used): (String, Used)) {
        self.content += &content;
        self.used.extend(used);
    }
}

/// Marks as forms: sides of a kind share one.
#[derive(Default)]
pub(super) struct MarkForms(HashMap<String, ObjectId>);

impl MarkForms {
    pub(super) fn form(&mut self, source: &mut Source, marks: String, kit: &Kit) -> (String, ObjectId) {
        let id = *self.0.entry(marks).or_insert_with_key(|marks| {
            let far = 20_000;
            let dict = dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "Resources" => kit.plates.clone(),
                "BBox" => vec![(-far).into(), (-far).into(), far.into(), far.into()],
            };
            let mut form = Stream::new(dict, marks.clone().into_bytes());
            form.compress().expect("memory does not fail");
            source.document.add_object(form)
        });
        ("M".into(), id)
    }
}
