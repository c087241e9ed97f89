//! Presets: what a field of `data/press.json` is when it is left out.

use serde_json::{Value, json};

use super::binding::{Binding, Blanks, Marks, Paper};
use super::job::{Condition, Edges, Ink, Overprint, Ppi, Preset, PrintJob};
use super::length::{Mm, Size};

/// Lays what the editor wrote over the preset that it names.
pub fn over_preset(mut written: Value) -> Value {
    if written.get("preset").and_then(Value::as_str) == Some("digital-sra3") {
        // Toner lies thicker than ink; 280 % is what makers of toner presses ask for.
        let mut preset = json!({ "ink": { "limit": 280.0, "error": 300.0 } });
        merge(&mut preset, written.take());
        return preset;
    }
    written
}

fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}

/// PrintJob-fed offset on coated paper: ink and resolution by the GWG 2022
/// specification for sheet-fed CMYK, size 大16开.
impl Default for PrintJob {
    fn default() -> Self {
        Self {
            schema: None,
            comment: None,
            preset: Preset::default(),
            trim: Size { width: Mm(210.0), height: Mm(285.0) },
            bleed: Edges::default(),
            condition: Condition::default(),
            ink: Ink::default(),
            ppi: Ppi::default(),
            overprint: Overprint::default(),
            safety: Mm(5.0),
            page_multiple: 4,
            blanks: Blanks::default(),
            binding: Binding::Saddle,
            paper: Paper::default(),
            cover: Paper::default(),
            spine_allowance: Mm(0.5),
            marks: Marks::default(),
            spots: vec![],
        }
    }
}

impl Default for Edges {
    fn default() -> Self {
        Self { top: Mm(3.0), bottom: Mm(3.0), inside: Mm(3.0), outside: Mm(3.0) }
    }
}

impl Default for Condition {
    fn default() -> Self {
        Self {
            id: "FOGRA39".into(),
            info: "Coated offset, ISO 12647-2:2004, FOGRA39L".into(),
            registry: "http://www.color.org".into(),
            icc: None,
        }
    }
}

impl Default for Ink {
    fn default() -> Self {
        Self { limit: 300.0, error: 320.0 }
    }
}

impl Default for Ppi {
    fn default() -> Self {
        Self { warn: 300.0, error: 150.0, most: 450.0, line_warn: 800.0, line_error: 550.0 }
    }
}

impl Default for Overprint {
    fn default() -> Self {
        Self { text: 24.0, rules: 2.0, text_required: 12.0, rules_required: 2.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_lies_over_the_preset() {
        let read = |value: Value| serde_json::from_value::<PrintJob>(over_preset(value)).unwrap();
        assert_eq!(read(json!({})), PrintJob::default());
        let digital = read(json!({ "preset": "digital-sra3", "ink": { "error": 310.0 } }));
        assert_eq!((digital.ink.limit, digital.ink.error), (280.0, 310.0));
        assert_eq!(read(json!({ "bleed": { "inside": 0.0 } })).bleed.inside, Mm(0.0));
    }
}
