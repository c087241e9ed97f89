//! Structure against the JSON Schema of the types: one truth for editors'
//! programs, for this check and for the types themselves.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock};

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError, Validator};
use serde_json::Value as Json;

use super::{finding_at, near};
use crate::catalogue::field_name;
use crate::diag::{Code, Diagnostic, Lang, Phrase, Place, Tally};
use crate::load::{Document, Node, Value};
use crate::model;
use crate::templates::{self, Contract};

pub(super) static BOOKLET: LazyLock<Schema> = LazyLock::new(|| Schema::new(model::booklet_schema()));
pub(super) static PRESS: LazyLock<Schema> = LazyLock::new(|| Schema::new(model::press_schema()));
/// That of profiles for templates that have no fields of their own, as most.
static PROFILE: LazyLock<Arc<Schema>> =
    LazyLock::new(|| Arc::new(Schema::new(templates::profile_schema(&templates::first()))));

/// The schema of profiles for a template.
pub(super) fn profile(contract: &Contract) -> Arc<Schema> {
    if contract.extra.is_empty() {
        return PROFILE.clone();
    }
    Arc::new(Schema::new(templates::profile_schema(contract)))
}

pub(super) struct Schema {
    schema: Json,
    validator: Validator,
    /// Hash of the schema's text.
    key: u128,
}

impl Hash for Schema {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl Schema {
    fn new(schema: schemars::Schema) -> Self {
        let schema = schema.to_value();
        let validator = jsonschema::validator_for(&schema).expect("our own schema is valid");
        let key = typst::utils::hash128(&schema.to_string());
        Self { schema, validator, key }
    }

    /// Reports every violation; true if there is none.
    pub(super) fn check(
        &self,
        document: &Document,
        root: &Node,
        value: &Json,
        sink: &mut Vec<Diagnostic>,
    ) -> bool {
        let before = sink.len();
        for error in self.validator.iter_errors(value) {
            let field = field(error.instance_path().as_str());
            let node = root.nearest(&field);
            self.report(&error, document, &field, node, sink);
        }
        sink.len() == before
    }

    fn report(
        &self,
        error: &ValidationError,
        document: &Document,
        field: &str,
        node: &Node,
        sink: &mut Vec<Diagnostic>,
    ) {
        let finding = |code| finding_at(code, document, field, node);
        let example = Phrase::Example(field.to_owned());
        let bounds = |phrase: Phrase| {
            let example = Phrase::Example(field.to_owned());
            finding(Code::OutOfBounds).arg("problem", phrase).arg("example", example)
        };
        let one_of = |options: String| {
            let written = node.as_str().unwrap_or_default();
            let nearest = near::nearest(written, options.split(", "));
            bounds(Phrase::OneOf(options.clone())).arg("meant", Phrase::DidYouMean(nearest))
        };
        sink.push(match error.kind() {
            Kind::AdditionalProperties { unexpected } => {
                let known = known_keys(&self.schema, error);
                let mut tally = Tally::new(sink);
                for key in unexpected {
                    tally.push(Code::UnknownKey, || {
                        let named = |known: &&String| field_name(&below(field, known), Lang::Zh) == *key;
                        let nearest = known.iter().find(named).cloned();
                        let nearest =
                            nearest.or_else(|| near::nearest(key, known.iter().map(String::as_str)));
                        finding(Code::UnknownKey)
                            .at(key_place(document, node, key))
                            .arg("key", key.as_str())
                            .arg("meant", Phrase::DidYouMean(nearest.clone()))
                            .arg("nearest", nearest.unwrap_or_default())
                            .arg("known", Phrase::Keys(known.iter().map(|key| below(field, key)).collect()))
                    });
                }
                return;
            }
            Kind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                let missing = below(field, key);
                finding(Code::MissingKey)
                    .arg("key", Phrase::Key(missing.clone()))
                    .arg("key_name", key)
                    .arg("example", Phrase::Member(key.to_owned(), missing))
            }
            Kind::Type { kind } => {
                finding(Code::WrongType).arg("expected", expected(kind)).arg("example", example)
            }
            Kind::AnyOf { .. } => {
                finding(Code::WrongType).arg("expected", Phrase::OneOrSeveral).arg("example", example)
            }
            Kind::MinLength { limit: 1 } => bounds(Phrase::EmptyText),
            Kind::MinLength { limit } => bounds(Phrase::MinCharacters(*limit)),
            Kind::MaxLength { limit } => bounds(Phrase::MaxCharacters(*limit)),
            Kind::MinItems { limit } => bounds(Phrase::MinEntries(*limit)),
            Kind::MaxItems { limit } => bounds(Phrase::MaxEntries(*limit)),
            Kind::Minimum { limit } => bounds(Phrase::AtLeast(limit.to_string())),
            Kind::Maximum { limit } => bounds(Phrase::AtMost(limit.to_string())),
            Kind::Enum { options } => one_of(list(options)),
            Kind::OneOfNotValid { .. } => one_of(options(&self.schema, error)),
            Kind::Pattern { pattern } => bounds(Phrase::Pattern(pattern.clone())),
            other => bounds(Phrase::Verbatim(format!("{}: {error}", other.keyword()))),
        });
    }
}

/// `/figures/0/value` → `figures[0].value`.
fn field(pointer: &str) -> String {
    let mut field = String::new();
    for step in pointer.split('/').skip(1) {
        if step.bytes().all(|b| b.is_ascii_digit()) {
            field += &format!("[{step}]");
        } else {
            let dot = if field.is_empty() { "" } else { "." };
            field += &format!("{dot}{}", step.replace("~1", "/").replace("~0", "~"));
        }
    }
    field
}

/// The path of a member of a field.
fn below(field: &str, key: &str) -> String {
    if field.is_empty() { key.to_owned() } else { format!("{field}.{key}") }
}

fn expected(kind: &TypeKind) -> Phrase {
    match kind {
        TypeKind::Single(JsonType::String) => Phrase::Text,
        TypeKind::Single(JsonType::Number | JsonType::Integer) => Phrase::Number,
        TypeKind::Single(JsonType::Array) => Phrase::List,
        TypeKind::Single(JsonType::Object) => Phrase::Object,
        _ => Phrase::OtherKind,
    }
}

fn list(options: &Json) -> String {
    let words = options.as_array().into_iter().flatten().filter_map(Json::as_str);
    words.collect::<Vec<_>>().join(", ")
}

/// The values that the violated choice offers: a constant each.
fn options(schema: &Json, error: &ValidationError) -> String {
    let choices = schema.pointer(error.schema_path().as_str()).and_then(Json::as_array);
    let values = choices.into_iter().flatten().filter_map(|choice| choice.get("const")?.as_str());
    values.collect::<Vec<_>>().join(", ")
}

/// The keys that the violated object may have: the schema's `properties`
/// beside the violated `additionalProperties`.
fn known_keys(schema: &Json, error: &ValidationError) -> Vec<String> {
    let pointer = error.schema_path().as_str().replace("/additionalProperties", "/properties");
    let keys = schema.pointer(&pointer).and_then(Json::as_object).map(|o| o.keys());
    keys.into_iter().flatten().filter(|key| !key.starts_with('$')).cloned().collect()
}

fn key_place(document: &Document, node: &Node, key: &str) -> Option<Place> {
    let Value::Object(members) = &node.value else { return document.place(node) };
    let range = members.iter().find(|(_, k, _)| k == key).map(|(range, _, _)| range.clone())?;
    Some(Place::new(&document.path, &document.text, range))
}
