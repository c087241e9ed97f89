//! Word documents (Office Open XML, ISO/IEC 29500), as Word, WPS, LibreOffice
//! and Google Docs write them: the text as it reads once every tracked change
//! is accepted.

mod inline;
mod notes;
mod numbering;
mod styles;
mod tables;

use std::collections::HashMap;

use roxmltree::Node;

use self::inline::{Inline, inline};
use self::notes::Notes;
use self::numbering::Numbering;
use self::styles::Styles;
use super::package::{Package, attribute, child, on, parse};
use super::{Block, Document, DocumentProblem, Embedded, Notice, NoticeKind, Paragraph, Spot, Style, budget};

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Document, DocumentProblem> {
    let mut package = Package::open(bytes)?;
    let main = package.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
    let relations = package.relations(&main)?;
    let mut part = |kind: &str| -> Result<Option<String>, DocumentProblem> {
        let Some(relation) = relations.iter().find(|relation| relation.kind == kind) else { return Ok(None) };
        package.text(&relation.target)
    };
    let styles = part("styles")?;
    let numbering = part("numbering")?;
    let notes = [part("comments")?, part("footnotes")?, part("endnotes")?];
    let own = package.text("docProps/custom.xml")?;
    let text = package.text(&main)?.ok_or(DocumentProblem::Broken)?;
    let xml = parse(&text)?;
    let mut reader = Reader {
        styles: Styles::read(styles.as_deref())?,
        numbering: Numbering::read(numbering.as_deref())?,
        notes: Notes::read(&notes)?,
        pictures: relations
            .into_iter()
            .filter(|relation| relation.kind == "image")
            .map(|r| (r.id, r.target))
            .collect(),
        ..Reader::default()
    };
    let body = xml.root_element().descendants().find(|node| node.tag_name().name() == "body");
    reader.blocks(body.ok_or(DocumentProblem::Broken)?)?;
    reader.document.own = own.as_deref().map_or(Ok(vec![]), notes::own)?;
    Ok(reader.document)
}

#[derive(Default)]
struct Reader {
    styles: Styles,
    numbering: Numbering,
    notes: Notes,
    /// Relation → part.
    pictures: HashMap<String, String>,
    document: Document,
    paragraphs: usize,
    boxes: usize,
    tables: usize,
    cells: usize,
    /// Bytes that merged cells repeat.
    merged: usize,
    /// Text of a paragraph whose end was taken out by a tracked change.
    open: Option<Paragraph>,
}

impl Reader {
    /// Everything in the body, in reading order.
    fn blocks(&mut self, body: Node) -> Result<(), DocumentProblem> {
        let mut stack: Vec<Node> = body.children().collect();
        stack.reverse();
        while let Some(node) = stack.pop() {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node)?,
                "sectPr" => self.document.blocks.push(Block::Break),
                "del" | "moveFrom" => self.tracked(node, NoticeKind::Deleted, &self.next()),
                "AlternateContent" => stack.extend(chosen(node)),
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" | "Choice"
                | "Fallback" => {
                    let from = stack.len();
                    stack.extend(node.children());
                    stack[from..].reverse();
                }
                _ => {}
            }
        }
        if let Some(open) = self.open.take() {
            self.document.blocks.push(Block::Paragraph(open));
        }
        Ok(())
    }

    /// The place of the paragraph that comes next.
    fn next(&self) -> Spot {
        Spot::Paragraph(self.paragraphs + 1)
    }

    fn notice(&mut self, kind: NoticeKind, spot: &Spot, text: String, by: Option<String>) {
        if self.document.notices.len() < budget::NOTICES {
            self.document.notices.push(Notice { spot: spot.clone(), kind, text, by });
        }
    }

    /// Tells of a tracked change.
    fn tracked(&mut self, node: Node, kind: NoticeKind, spot: &Spot) {
        let text = notes::words(node);
        if !text.is_empty() {
            self.notice(kind, spot, text, attribute(node, "author").map(notes::short));
        }
    }

    fn paragraph(&mut self, node: Node) {
        let properties = child(node, "pPr");
        let marked = properties.and_then(|properties| child(properties, "rPr"));
        if properties.is_some_and(|properties| on(child(properties, "pageBreakBefore"))) {
            self.document.blocks.push(Block::Break);
        }
        let said = inline(node);
        let spot = self.next();
        self.tell(&said, &spot);
        self.boxes_of(&said);
        let number = self.numbering.label(node, &self.styles);
        let style = self.styles.of(node);
        let indented = self.styles.is_indented(node) || said.text.starts_with("\u{3000}");
        let pages: Vec<&str> = said.text.split('\u{C}').collect();
        for (i, text) in pages.iter().enumerate() {
            if i > 0 {
                self.document.blocks.push(Block::Break);
            }
            let label = if i == 0 && !text.trim().is_empty() { number.as_str() } else { "" };
            let mut text = format!("{label}{text}");
            if pages.len() > 1 && text.trim().is_empty() {
                continue;
            }
            let spot = self.next();
            if let Some(open) = self.open.take() {
                text.insert_str(0, &open.text);
            }
            let paragraph = Paragraph { spot, text, style: style.clone(), indented };
            if i + 1 == pages.len() && marked.is_some_and(|marked| child(marked, "del").is_some()) {
                self.open = Some(paragraph);
                continue;
            }
            self.paragraphs += usize::from(!paragraph.text.trim().is_empty());
            self.document.blocks.push(Block::Paragraph(paragraph));
        }
        if properties.is_some_and(|properties| child(properties, "sectPr").is_some()) {
            self.document.blocks.push(Block::Break);
        }
    }

    /// What stands in a paragraph beside its text.
    fn tell(&mut self, said: &Inline, spot: &Spot) {
        for node in &said.inserted {
            self.tracked(*node, NoticeKind::Inserted, spot);
        }
        for node in &said.deleted {
            self.tracked(*node, NoticeKind::Deleted, spot);
        }
        if !said.hidden.trim().is_empty() {
            self.notice(NoticeKind::Hidden, spot, said.hidden.clone(), None);
        }
        for font in &said.symbols {
            self.notice(NoticeKind::Symbol, spot, font.clone(), None);
        }
        for (kind, id) in &said.references {
            if let Some((text, by)) = self.notes.of(*kind, id) {
                self.notice(*kind, spot, text, by);
            }
        }
        for relation in &said.pictures {
            let part = self.pictures.get(relation).filter(|part| !part.is_empty());
            if let Some(part) = part.filter(|_| self.document.pictures.len() < budget::NOTICES) {
                let block = self.document.blocks.len();
                self.document.pictures.push(Embedded { part: part.clone(), block, spot: spot.clone() });
            }
        }
    }

    /// Paragraphs of text boxes that hang on a paragraph. A box in a box is
    /// read after it.
    fn boxes_of(&mut self, said: &Inline) {
        let mut boxes: Vec<Node> = said.boxes.iter().rev().copied().collect();
        while let Some(node) = boxes.pop() {
            for paragraph in tables::paragraphs(node) {
                let inner = inline(paragraph);
                let spot = Spot::Box(self.boxes + 1);
                self.tell(&inner, &spot);
                boxes.extend(inner.boxes.iter().rev());
                let text = inner.text.replace('\u{C}', "\n");
                if !text.trim().is_empty() {
                    self.boxes += 1;
                    let style = self.styles.of(paragraph);
                    let paragraph = Paragraph { spot, text, style, indented: false };
                    self.document.blocks.push(Block::Paragraph(paragraph));
                }
            }
        }
    }
}

/// Of two forms of one thing the first: text boxes are written once for new
/// programs and once more for old ones.
fn chosen<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    child(node, "Choice").or_else(|| child(node, "Fallback"))
}

/// Whether a paragraph is a heading of the document.
fn heading(level: u8) -> Style {
    Style::Heading(level.min(9))
}
