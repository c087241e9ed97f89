//! What a template and the program agree on: `template.json`. No other file
//! knows what a template is like.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::Size;

/// The contract of one template.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Contract {
    /// Notes of the designer.
    #[serde(rename = "$comment", default)]
    pub comment: Option<String>,
    /// Folder of the template.
    pub name: String,
    /// What people call it.
    pub title: Title,
    /// What it makes.
    #[serde(default)]
    pub makes: Makes,
    /// How many pages a person has.
    #[serde(default)]
    pub pages_per_person: Pages,
    /// Where a person's pages start.
    #[serde(default)]
    pub starts: Start,
    /// Whether the page count is the multiple that the print shop asks for.
    #[serde(default = "yes")]
    pub fills_up: bool,
    /// The trim that `measures` are for.
    pub trim: Size,
    /// Trims that it was drawn for.
    pub sizes: Vec<Sizes>,
    /// Text settings; the first is the default.
    pub settings: Vec<TextSetting>,
    /// How display lines are broken before layout, by field.
    #[serde(default)]
    pub measures: BTreeMap<String, Measure>,
    /// Where each field of the data stands.
    #[serde(default)]
    pub fields: BTreeMap<String, Stands>,
    /// Fields of the data that it leaves out on purpose.
    #[serde(default)]
    pub omits: Vec<String>,
    /// Fields of its own.
    #[serde(default)]
    pub extra: BTreeMap<String, ExtraField>,
    /// Families by role.
    #[serde(default)]
    pub fonts: BTreeMap<String, String>,
    /// Main files by what they make.
    #[serde(default)]
    pub entries: BTreeMap<String, String>,
}

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What a template makes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Makes {
    /// A bound book.
    #[default]
    Book,
    /// Certificates, one a person.
    Certificate,
    /// Exhibition panels, one a person.
    Panel,
    /// Cards.
    Card,
}

/// How many pages a person has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Count")]
pub enum Pages {
    /// Exactly so many.
    Exactly(usize),
    /// As many as there are.
    #[default]
    Any,
}

/// On which page a person's pages start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Start {
    /// A left page.
    Verso,
    /// A right page.
    Recto,
    /// Either.
    #[default]
    Any,
}

/// Trims that a template was drawn for: from, to, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Width, from and to.
    pub width: [f64; 2],
    /// Height, from and to.
    pub height: [f64; 2],
}

/// How articles are set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSetting {
    /// What `setting` in `booklet.json` says.
    pub name: String,
    /// Body size in points.
    pub size: f64,
    /// Line pitch in points.
    pub pitch: f64,
    /// Most Han a line.
    pub han: usize,
}

/// How the lines of a field are broken.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Widest line at the contract's trim, in em of its size.
    pub em: f64,
    /// Whether the lines of the data are one text.
    #[serde(default)]
    pub join: bool,
}

/// Where a field stands and how often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stands {
    /// On the pages of the person that it is of.
    pub person: Times,
    /// On pages that belong to nobody.
    pub book: Times,
    /// On the cover.
    pub cover: Times,
    /// Whether it may also stand anywhere outside of slots.
    pub decoration: bool,
}

/// How often a field stands somewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Count")]
pub enum Times {
    /// Exactly so often.
    Exactly(usize),
    /// Never, or as often as the template likes.
    Any,
    /// Not at all.
    #[default]
    Never,
}

/// A field of the template's own, under `extra` of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraField {
    /// What people call it.
    pub label: Title,
    /// Most characters.
    #[serde(default = "most")]
    pub most: usize,
    /// Whether every person has it.
    #[serde(default)]
    pub required: bool,
}

/// A number, or the word `any`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a number or the word any is expected")]
enum Count {
    Exactly(usize),
    Any(Word),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Any,
}

impl From<Count> for Pages {
    fn from(count: Count) -> Self {
        match count {
            Count::Exactly(number) => Self::Exactly(number),
            Count::Any(Word::Any) => Self::Any,
        }
    }
}

impl From<Count> for Times {
    fn from(count: Count) -> Self {
        match count {
            Count::Exactly(number) => Self::Exactly(number),
            Count::Any(Word::Any) => Self::Any,
        }
    }
}

fn yes() -> bool {
    true
}

fn most() -> usize {
    500
}

/// Slack of a trim, in millimetres.
const SLACK: f64 = 0.05;

impl Contract {
    /// The setting of a name; the default for none or an unknown one.
    pub fn setting(&self, name: Option<&str>) -> &TextSetting {
        let named = self.settings.iter().find(|setting| Some(setting.name.as_str()) == name);
        named.unwrap_or(&self.settings[0])
    }

    /// The tightest setting, unless it is the one that is given.
    pub fn tighter(&self, than: &TextSetting) -> Option<&TextSetting> {
        let tightest = self.settings.iter().min_by(|a, b| a.size.total_cmp(&b.size));
        tightest.filter(|setting| setting.name != than.name)
    }

    /// Widest line of a field at a trim, in em; display sizes shrink with the
    /// trim, but do not grow.
    pub fn em(&self, field: &str, trim: Size) -> Option<f64> {
        let (width, height) = (trim.width.0 / self.trim.width.0, trim.height.0 / self.trim.height.0);
        let scale = width.min(height).min(1.0);
        self.measures.get(field).map(|measure| measure.em * width / scale)
    }

    /// Whether it was drawn for a trim.
    pub fn takes(&self, trim: Size) -> bool {
        let within = |value: f64, [from, to]: [f64; 2]| (from - SLACK..=to + SLACK).contains(&value);
        self.sizes.iter().any(|s| within(trim.width.0, s.width) && within(trim.height.0, s.height))
    }

    /// The main file of what is made, if the template makes it.
    pub fn entry(&self, name: &str) -> Option<&str> {
        self.entries.get(name).map(String::as_str)
    }

    /// Whether it prints a field of the data, or leaves it out on purpose.
    pub fn accounts_for(&self, field: &str) -> bool {
        let named =
            |key: &String| key.split('+').any(|part| part == field || part.starts_with(&format!("{field}.")));
        self.fields.keys().any(named) || self.omits.iter().any(|omitted| omitted == field)
    }
}

/// Fields of the data that a template prints or leaves out: those of a person,
/// then those of the edition.
pub(crate) const OF_PERSON: [&str; 9] =
    ["name", "headline", "post", "photo", "photos", "quote", "figures", "article", "honours"];
pub(crate) const OF_EDITION: [&str; 10] = [
    "series",
    "title",
    "subtitle",
    "facts",
    "sections",
    "groups",
    "past",
    "edition.photos",
    "back",
    "emblem",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_numbers_or_any() {
        let stands: Stands = serde_json::from_str(r#"{ "person": 1, "cover": "any" }"#).unwrap();
        assert_eq!(stands.person, Times::Exactly(1));
        assert_eq!((stands.cover, stands.book), (Times::Any, Times::Never));
        assert!(serde_json::from_str::<Stands>(r#"{ "person": "often" }"#).is_err());
    }
}
