//! The texts as a Word document (Office Open XML, ISO/IEC 29500) to be
//! corrected: every field is a style, and changes are tracked from the start.

mod parts;

use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use self::parts::{CONTENT_TYPES, RELATIONS, SETTINGS, WORD_RELATIONS, custom, paragraph, styles};
use super::Book;
use crate::catalogue::Lang;
use crate::intake::styles::{FIGURE, LABEL, LABELS, PERSON, POST};

/// The document.
pub(super) fn write(book: &Book, lang: Lang) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| -> io::Result<()> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(io::Error::other)?;
        zip.write_all(text.as_bytes())
    };
    let prints = book.persons.iter().map(|person| (person.id.as_str(), person.prints()));
    let prints = prints.chain([("=prints", book.prints())]);
    put("[Content_Types].xml", CONTENT_TYPES)?;
    put("_rels/.rels", RELATIONS)?;
    put("word/_rels/document.xml.rels", WORD_RELATIONS)?;
    put("word/settings.xml", SETTINGS)?;
    put("word/styles.xml", &styles())?;
    put("docProps/custom.xml", &custom(prints))?;
    put("word/document.xml", &document(book, lang))?;
    zip.finish().map(Cursor::into_inner).map_err(io::Error::other)
}

fn document(book: &Book, lang: Lang) -> String {
    let mut body = String::new();
    let label = |i: usize| lang.pick(LABELS[i].0, LABELS[i].1);
    let mut put = |style: &str, text: &str| body += &paragraph(style, text);
    put(LABEL, lang.pick(
        "送审稿。请直接修改文字，修订已打开，改过的地方都会留下痕迹；灰色小字不要改动。",
        "To be corrected: change the words themselves, changes are tracked; leave the small grey lines as they are.",
    ));
    for (key, lines) in &book.titles {
        lines.iter().for_each(|line| put(key, line));
    }
    for person in &book.persons {
        put(PERSON, &lang.pick(format!("编号：{}", person.id), format!("Number: {}", person.id)));
        person.list("headline").iter().for_each(|line| put("headline", line));
        let post = ["district", "street", "community", "role"].map(|key| person.text(&format!("post.{key}")));
        put(POST, &post.join("\t"));
        put("name", person.text("name"));
        if !person.text("quote").is_empty() {
            put(LABEL, label(0));
            put("quote", person.text("quote"));
        }
        put(LABEL, label(1));
        person.list("article").iter().for_each(|paragraph| put("article", paragraph));
        let figures = person.figures();
        if !figures.is_empty() {
            put(LABEL, label(2));
            figures.iter().for_each(|figure| put(FIGURE, &figure.join("\t")));
        }
        for (path, style, head) in [
            ("honours.community", "community honour", label(3)),
            ("honours.personal", "personal honour", label(4)),
        ] {
            let honours = person.list(path);
            if !honours.is_empty() {
                put(LABEL, head);
                honours.iter().for_each(|honour| put(style, honour));
            }
        }
    }
    parts::document(&body)
}
