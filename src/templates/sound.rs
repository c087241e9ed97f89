//! What of a contract makes no sense.

use super::contract::{OF_EDITION, OF_PERSON};
use super::{Contract, Pages, TemplateFiles};

/// Members of fields that a contract may name.
const PARTS: [&str; 6] =
    ["post.district", "post.street", "post.community", "post.role", "honours.community", "honours.personal"];

/// What makes no sense, and the string of the contract that says it; nothing
/// for a sound one. `folder` is where it lies.
pub(super) fn fault(contract: &Contract, folder: &str, files: &TemplateFiles) -> Option<(String, String)> {
    let said = |what: &str, at: &str| Some((what.to_owned(), at.to_owned()));
    if contract.name != folder {
        return said(&format!("name is not that of the folder: {folder}"), &contract.name);
    }
    let finite = |value: &f64| value.is_finite() && *value > 0.0 && *value < 1e4;
    let settings = contract.settings.iter().flat_map(|s| [&s.size, &s.pitch]);
    let measures = contract.measures.values().map(|measure| &measure.em);
    let trim = [&contract.trim.width.0, &contract.trim.height.0];
    let sides = contract.sizes.iter().flat_map(|sizes| sizes.width.iter().chain(&sizes.height));
    if !settings.chain(measures).chain(trim).chain(sides).all(finite) {
        return said("a size is not between 0 and 10000", "sizes");
    }
    if contract.settings.is_empty() {
        return said("settings names no setting", "settings");
    }
    if contract.sizes.is_empty() {
        return said("sizes names no trim", "sizes");
    }
    if contract.sizes.iter().any(|s| s.width[0] > s.width[1] || s.height[0] > s.height[1]) {
        return said("sizes are from the smaller to the larger", "sizes");
    }
    if contract.pages_per_person == Pages::Exactly(0) {
        return said("a person has one page at least", "pages_per_person");
    }
    if let Some(field) =
        contract.fields.keys().chain(&contract.omits).find(|field| !is_known(field, contract))
    {
        return said(&format!("unknown field `{field}`, expected one of {}", known()), field);
    }
    let lines = ["headline", "post", "quote", "subtitle"];
    if let Some(field) = contract.measures.keys().find(|field| !lines.contains(&field.as_str())) {
        return said(&format!("unknown field `{field}`, expected one of {}", lines.join(", ")), field);
    }
    if contract.entry("main").is_none() {
        return said("entries names no main", "entries");
    }
    let lost = contract.entries.values().find(|file| !files.contains_key(*file));
    lost.and_then(|file| said(&format!("file not found (searched at {file})"), file))
}

fn is_known(field: &str, contract: &Contract) -> bool {
    let one = |part: &str| {
        OF_PERSON.contains(&part)
            || OF_EDITION.contains(&part)
            || PARTS.contains(&part)
            || part == "page"
            || part == "extra"
            || part.strip_prefix("extra.").is_some_and(|key| contract.extra.contains_key(key))
    };
    field.split('+').all(one)
}

fn known() -> String {
    OF_PERSON.iter().chain(&OF_EDITION).copied().collect::<Vec<_>>().join(", ")
}
