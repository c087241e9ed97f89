//! A zip package of parts, unpacked within a budget. Names in it are looked
//! up, never written to, so that no path in a zip leads anywhere.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{Cursor, Read};

use roxmltree::{Document as Xml, Node, ParsingOptions};
use zip::ZipArchive;

use super::{DocumentProblem, budget};

/// A package.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: Cell<u64>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocumentProblem> {
        // Counted before the library makes room for them.
        let entries = bytes.windows(4).filter(|four| *four == b"PK\x01\x02").take(budget::PARTS + 1).count();
        if entries > budget::PARTS {
            return Err(DocumentProblem::TooLarge);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocumentProblem::Broken)?;
        if zip.len() > budget::PARTS {
            return Err(DocumentProblem::TooLarge);
        }
        Ok(Self { zip, left: Cell::new(budget::PACKAGE) })
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names().filter_map(Result::ok)
    }

    /// A part as it is packed, whatever the case of its name.
    fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        let named = self.zip.index_for_name(name);
        named.or_else(|| {
            let other = self.names().find(|other| other.eq_ignore_ascii_case(name))?;
            self.zip.index_for_name(&other)
        })
    }

    fn unpacked(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, DocumentProblem> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let most = most.min(self.left.get());
        let part = self.zip.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => DocumentProblem::Encrypted,
            _ => DocumentProblem::Broken,
        })?;
        if part.size() > most {
            return Err(DocumentProblem::TooLarge);
        }
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| DocumentProblem::Broken)?;
        if bytes.len() as u64 > most {
            return Err(DocumentProblem::TooLarge);
        }
        self.left.set(self.left.get() - bytes.len() as u64);
        Ok(Some(bytes))
    }

    /// The text of an XML part, if there is one of that name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, DocumentProblem> {
        self.unpacked(name, budget::PART)?.map(utf8).transpose()
    }

    /// The text of a sheet, which may be larger: it is read as a stream.
    pub(super) fn sheet(&mut self, name: &str) -> Result<Option<String>, DocumentProblem> {
        self.unpacked(name, budget::SHEET)?.map(utf8).transpose()
    }

    /// The bytes of a picture.
    pub(super) fn picture(&mut self, name: &str) -> Result<Vec<u8>, DocumentProblem> {
        self.unpacked(name, budget::PICTURE)?.ok_or(DocumentProblem::Broken)
    }

    /// The relations of a part: id → target, as the name of a part.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, DocumentProblem> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let Some(text) = self.text(&name)? else { return Ok(vec![]) };
        let xml = parse(&text)?;
        let relations = xml.root_element().children().filter(|node| node.tag_name().name() == "Relationship");
        let relation = |node: Node| {
            let target = node.attribute("Target").unwrap_or_default();
            let external = node.attribute("TargetMode") == Some("External");
            Relation {
                id: node.attribute("Id").unwrap_or_default().to_owned(),
                kind: node
                    .attribute("Type")
                    .unwrap_or_default()
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                target: if external { String::new() } else { resolved(folder, target) },
            }
        };
        Ok(relations.map(relation).collect())
    }
}

/// A relation of a part to another.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub(super) id: String,
    /// Last step of its type, such as `image`.
    pub(super) kind: String,
    /// Name of the part; empty for what lies outside.
    pub(super) target: String,
}

/// A target as the name of a part.
fn resolved(folder: &str, target: &str) -> String {
    let (mut steps, rest): (Vec<&str>, &str) = match target.strip_prefix('/') {
        Some(rest) => (vec![], rest),
        None => (folder.split('/').filter(|step| !step.is_empty()).collect(), target),
    };
    for step in rest.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The bytes of an XML part as text: UTF-8, or UTF-16 by its mark.
fn utf8(bytes: Vec<u8>) -> Result<String, DocumentProblem> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(other) => {
            let (encoding, mark) =
                encoding_rs::Encoding::for_bom(other.as_bytes()).ok_or(DocumentProblem::Broken)?;
            let bytes = other.as_bytes().get(mark..).unwrap_or_default();
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
            text.map(Into::into).ok_or(DocumentProblem::Broken)
        }
    }
}

/// Parses an XML part. Definitions are refused: no office program writes any,
/// and they can grow without bound.
pub(super) fn parse(text: &str) -> Result<Xml<'_>, DocumentProblem> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: budget::NODES, ..Default::default() };
    let text = text.trim_start_matches('\u{FEFF}');
    if has_crowded_tag(text) {
        return Err(DocumentProblem::TooLarge);
    }
    Xml::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => DocumentProblem::Entities,
        roxmltree::Error::NodesLimitReached => DocumentProblem::TooLarge,
        _ => DocumentProblem::Broken,
    })
}

/// Whether a tag has more attributes than any program writes, which the parser
/// would compare each with each.
fn has_crowded_tag(text: &str) -> bool {
    let mut attributes = 0;
    text.bytes().any(|byte| {
        match byte {
            b'<' | b'>' => attributes = 0,
            b'=' => attributes += 1,
            _ => {}
        }
        attributes > budget::ATTRIBUTES
    })
}

/// An attribute by its name, whatever its namespace.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The first child of a name, whatever its namespace.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The value that a child of a name holds.
pub(super) fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// Whether a switch such as `w:vanish` is there and on.
pub(super) fn on(node: Option<Node>) -> bool {
    node.is_some_and(|node| !matches!(attribute(node, "val"), Some("0" | "false" | "off")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_in_the_package() {
        for (folder, target, part) in [
            ("word", "media/image1.png", "word/media/image1.png"),
            ("word", "/word/media/a.png", "word/media/a.png"),
            ("xl", "../docProps/app.xml", "docProps/app.xml"),
            ("", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
    }

    #[test]
    fn definitions_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
        assert_eq!(parse(bomb).unwrap_err(), DocumentProblem::Entities);
    }
}
