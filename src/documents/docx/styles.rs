//! Styles of paragraphs: headings, lists, indents, and those of our exports.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::package::{attribute, child, parse};
use super::super::{DocumentProblem, Style};
use super::heading;
use super::notes::short;

/// Start of the names of an export's styles.
const OWN: &str = "fengcai ";
/// Styles that stand on others, at most.
const DEPTH: usize = 20;

/// A style as it is defined.
#[derive(Default)]
struct Defined {
    name: String,
    based: Option<String>,
    outline: Option<u8>,
    list: Option<(String, usize)>,
    indented: bool,
}

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Defined>,
    /// The style of a paragraph that names none.
    default: Option<String>,
}

impl Styles {
    pub(super) fn read(part: Option<&str>) -> Result<Self, DocumentProblem> {
        let Some(text) = part else { return Ok(Self::default()) };
        let xml = parse(text)?;
        let mut styles = Self::default();
        for node in xml.root_element().children().filter(|node| node.tag_name().name() == "style") {
            let Some(id) = attribute(node, "styleId") else { continue };
            let value = |name: &str| child(node, name).and_then(|value| attribute(value, "val"));
            let properties = child(node, "pPr");
            let defined = Defined {
                name: short(value("name").unwrap_or(id)).to_lowercase(),
                based: value("basedOn").map(ToOwned::to_owned),
                outline: properties.and_then(outline),
                list: properties.and_then(list),
                indented: properties.is_some_and(indented),
            };
            if attribute(node, "default") == Some("1") && attribute(node, "type") == Some("paragraph") {
                styles.default = Some(id.to_owned());
            }
            styles.styles.insert(id.to_owned(), defined);
        }
        Ok(styles)
    }

    /// The style of a paragraph and those it stands on.
    fn chain(&self, paragraph: Node) -> impl Iterator<Item = &Defined> {
        let own = child(paragraph, "pPr").and_then(|properties| child(properties, "pStyle"));
        let first = own.and_then(|style| attribute(style, "val")).or(self.default.as_deref());
        let first = first.and_then(|id| self.styles.get(id));
        std::iter::successors(first, |style| self.styles.get(style.based.as_deref()?)).take(DEPTH)
    }

    /// What a paragraph is meant as.
    pub(super) fn of(&self, paragraph: Node) -> Style {
        if let Some(own) = self.chain(paragraph).find_map(|style| style.name.strip_prefix(OWN)) {
            return Style::Own(own.to_owned());
        }
        let direct = child(paragraph, "pPr").and_then(outline);
        let styled = || self.chain(paragraph).find_map(|style| named(&style.name).or(style.outline));
        match direct.or_else(styled) {
            Some(level) if level <= 9 => heading(level),
            _ => Style::Body,
        }
    }

    /// The list and the level that a paragraph belongs to.
    pub(super) fn list(&self, paragraph: Node) -> Option<(String, usize)> {
        let direct = child(paragraph, "pPr").and_then(list);
        let list = direct.or_else(|| self.chain(paragraph).find_map(|style| style.list.clone()))?;
        (list.0 != "0" && list.1 < 9).then_some(list)
    }

    /// Whether the first line of a paragraph is indented.
    pub(super) fn is_indented(&self, paragraph: Node) -> bool {
        child(paragraph, "pPr").is_some_and(indented) || self.chain(paragraph).any(|style| style.indented)
    }
}

/// The level of a heading by the name of its style.
fn named(name: &str) -> Option<u8> {
    if matches!(name, "title" | "标题" | "文档标题") {
        return Some(0);
    }
    let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    level.trim().parse().ok()
}

/// The outline level of a paragraph, from 1; 9 in the file is none.
fn outline(properties: Node) -> Option<u8> {
    let level: u8 = attribute(child(properties, "outlineLvl")?, "val")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}

fn list(properties: Node) -> Option<(String, usize)> {
    let list = child(properties, "numPr")?;
    let level = child(list, "ilvl").and_then(|level| attribute(level, "val")?.parse().ok()).unwrap_or(0);
    Some((attribute(child(list, "numId")?, "val")?.to_owned(), level))
}

fn indented(properties: Node) -> bool {
    let Some(indent) = child(properties, "ind") else { return false };
    let more =
        |name: &str| attribute(indent, name).and_then(|value| value.parse::<i32>().ok()).unwrap_or(0) > 0;
    more("firstLine") || more("firstLineChars")
}
