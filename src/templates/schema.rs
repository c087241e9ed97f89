//! The JSON Schema of profiles, with the fields of a template's own.

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::Contract;
use crate::model;

/// The JSON Schema of `data/profiles/*.json` for a template.
pub fn profile_schema(contract: &Contract) -> Schema {
    let mut schema = model::profile_schema();
    let fields: Map<String, Value> = contract
        .extra
        .iter()
        .map(|(key, field)| {
            let said = format!("{}。 {}.", field.label.zh, field.label.en);
            (
                key.clone(),
                json!({ "type": "string", "minLength": 1, "maxLength": field.most, "description": said }),
            )
        })
        .collect();
    let required: Vec<&String> =
        contract.extra.iter().filter(|(_, f)| f.required).map(|(key, _)| key).collect();
    let wanted = !required.is_empty();
    let extra = schema.get_mut("properties").and_then(|properties| properties.get_mut("extra"));
    if let Some(extra) = extra.and_then(Value::as_object_mut) {
        extra.insert("additionalProperties".into(), false.into());
        if wanted {
            extra.insert("required".into(), json!(required));
        }
        extra.insert("properties".into(), fields.into());
    }
    if let Some(list) = schema.get_mut("required").and_then(Value::as_array_mut).filter(|_| wanted) {
        list.push("extra".into());
    }
    schema
}
