//! What stands in a paragraph, run by run.

use roxmltree::Node;

use super::super::NoticeKind;
use super::super::package::{attribute, child, on};
use super::chosen;

/// A paragraph's text, and what hangs on it.
#[derive(Default)]
pub(super) struct Inline<'a, 'i> {
    /// Line ends for breaks, form feeds for new pages.
    pub(super) text: String,
    pub(super) hidden: String,
    pub(super) inserted: Vec<Node<'a, 'i>>,
    pub(super) deleted: Vec<Node<'a, 'i>>,
    pub(super) boxes: Vec<Node<'a, 'i>>,
    /// Relations of pictures.
    pub(super) pictures: Vec<String>,
    /// Comments and notes, by their numbers.
    pub(super) references: Vec<(NoticeKind, String)>,
    /// Fonts of signs that have no character.
    pub(super) symbols: Vec<String>,
}

/// Where a node stands.
#[derive(Clone, Copy, Default)]
struct Within {
    hidden: bool,
    drawing: bool,
    inserted: bool,
}

/// Reads a paragraph: tracked changes as accepted, results of fields, one of
/// two forms of a text box.
pub(super) fn inline<'a, 'i>(paragraph: Node<'a, 'i>) -> Inline<'a, 'i> {
    let mut said = Inline::default();
    // Open fields, and whether what follows is their result.
    let mut fields: Vec<bool> = Vec::new();
    let mut stack: Vec<(Node, Within)> = children(paragraph, Within::default());
    while let Some((node, within)) = stack.pop() {
        let shown = fields.iter().all(|result| *result) && !within.drawing;
        let mut put = |text: &str| {
            if shown {
                if within.hidden { said.hidden += text } else { said.text += text }
            }
        };
        match node.tag_name().name() {
            "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "instrText" | "rt" | "rubyPr" | "delInstrText" => {}
            "del" | "moveFrom" => said.deleted.push(node),
            "ins" | "moveTo" => {
                if !within.inserted {
                    said.inserted.push(node);
                }
                stack.extend(children(node, Within { inserted: true, ..within }));
            }
            // A paragraph in a paragraph is no document of any program.
            "p" => {}
            "AlternateContent" => stack.extend(chosen(node).map(|node| (node, within))),
            "r" => {
                let properties = child(node, "rPr");
                let vanish = properties.and_then(|properties| child(properties, "vanish"));
                stack.extend(children(node, Within { hidden: within.hidden || on(vanish), ..within }));
            }
            "t" => put(node.text().unwrap_or_default()),
            "tab" | "ptab" => put("\t"),
            "br" => {
                put(if matches!(attribute(node, "type"), Some("page" | "column")) { "\u{C}" } else { "\n" })
            }
            "cr" => put("\n"),
            "noBreakHyphen" => put("-"),
            "softHyphen" => put("\u{AD}"),
            "sym" => match symbol(node) {
                Some(c) => put(c.encode_utf8(&mut [0; 4])),
                None => {
                    put("\u{FFFD}");
                    said.symbols.push(attribute(node, "font").unwrap_or_default().to_owned());
                }
            },
            "fldChar" => match attribute(node, "fldCharType") {
                Some("begin") => fields.push(false),
                Some("separate") => {
                    fields.iter_mut().next_back().into_iter().for_each(|result| *result = true)
                }
                _ => drop(fields.pop()),
            },
            "footnoteReference" => said.references.extend(reference(node, NoticeKind::Note, "")),
            // Endnotes have numbers of their own.
            "endnoteReference" => said.references.extend(reference(node, NoticeKind::Note, "end-")),
            "commentReference" => said.references.extend(reference(node, NoticeKind::Comment, "")),
            "txbxContent" => said.boxes.push(node),
            "blip" => said.pictures.extend(attribute(node, "embed").map(ToOwned::to_owned)),
            "imagedata" => said.pictures.extend(attribute(node, "id").map(ToOwned::to_owned)),
            "drawing" | "pict" | "object" => stack.extend(children(node, Within { drawing: true, ..within })),
            _ => stack.extend(children(node, within)),
        }
    }
    said
}

/// Children, the first on top of the stack.
fn children<'a, 'i>(node: Node<'a, 'i>, within: Within) -> Vec<(Node<'a, 'i>, Within)> {
    let mut children: Vec<_> =
        node.children().filter(Node::is_element).map(|child| (child, within)).collect();
    children.reverse();
    children
}

fn reference(node: Node, kind: NoticeKind, list: &str) -> Option<(NoticeKind, String)> {
    attribute(node, "id").map(|id| (kind, format!("{list}{id}")))
}

/// The character of a sign, unless it is one of a symbol font's own.
fn symbol(node: Node) -> Option<char> {
    let point = u32::from_str_radix(attribute(node, "char")?, 16).ok()?;
    char::from_u32(point).filter(|c| !c.is_control() && !('\u{E000}'..='\u{F8FF}').contains(c))
}
