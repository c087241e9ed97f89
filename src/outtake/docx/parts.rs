//! The parts of a Word document.

use crate::report::escape;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub(super) const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/docProps/custom.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.custom-properties+xml\"/></Types>";

pub(super) const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties\" Target=\"docProps/custom.xml\"/></Relationships>";

pub(super) const WORD_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/></Relationships>";

/// Changes are tracked from the start.
pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:trackRevisions/></w:settings>";

/// Styles: name, size in half-points, bold, colour, outline level, properties
/// of the paragraph.
type Style = (&'static str, u32, bool, &'static str, Option<u8>, &'static str);

const INDENT: &str = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"480\"/>";
const CENTRE: &str = "<w:jc w:val=\"center\"/>";
const STYLES: [Style; 14] = [
    ("person", 20, false, "808080", None, "<w:keepNext/><w:pageBreakBefore/>"),
    ("label", 20, false, "808080", None, "<w:keepNext/><w:spacing w:before=\"160\"/>"),
    ("series", 28, false, "A8121C", None, "<w:spacing w:before=\"1200\"/><w:jc w:val=\"center\"/>"),
    ("title", 44, true, "A8121C", None, CENTRE),
    ("subtitle", 32, false, "A8121C", None, CENTRE),
    ("headline", 36, true, "A8121C", None, CENTRE),
    ("post", 24, false, "404040", None, CENTRE),
    ("name", 32, true, "000000", Some(0), CENTRE),
    ("quote", 24, true, "A8121C", None, CENTRE),
    ("article", 24, false, "000000", None, INDENT),
    ("figure", 24, false, "000000", None, ""),
    ("community honour", 24, false, "000000", None, ""),
    ("personal honour", 24, false, "000000", None, ""),
    ("photo", 24, false, "000000", None, ""),
];

/// Identifier of a style.
fn id(style: &str) -> String {
    format!("Fengcai{}", style.replace(' ', ""))
}

pub(super) fn styles() -> String {
    let style = |(name, size, bold, colour, outline, properties): &Style| {
        let bold = if *bold { "<w:b/>" } else { "" };
        let outline = outline.map(|level| format!("<w:outlineLvl w:val=\"{level}\"/>")).unwrap_or_default();
        format!(
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"fengcai {name}\"/><w:qFormat/>\
             <w:pPr>{properties}{outline}</w:pPr><w:rPr>{bold}<w:color w:val=\"{colour}\"/><w:sz w:val=\"{size}\"/></w:rPr></w:style>",
            id(name)
        )
    };
    let own: String = STYLES.iter().map(style).collect();
    format!(
        "{HEAD}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\"/><w:sz w:val=\"24\"/><w:lang w:eastAsia=\"zh-CN\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line=\"400\" w:lineRule=\"atLeast\"/></w:pPr></w:pPrDefault></w:docDefaults>{own}</w:styles>"
    )
}

/// A paragraph with a style. Tabs and line ends are what they are in Word.
pub(super) fn paragraph(style: &str, text: &str) -> String {
    let mut runs = String::new();
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            runs += "<w:r><w:br/></w:r>";
        }
        for (i, piece) in line.split('\t').enumerate() {
            if i > 0 {
                runs += "<w:r><w:tab/></w:r>";
            }
            if !piece.is_empty() {
                runs +=
                    &format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(&printable(piece)));
            }
        }
    }
    format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>{runs}</w:p>", id(style))
}

/// A text without the characters that XML cannot have.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}

pub(super) fn document(body: &str) -> String {
    format!(
        "{HEAD}<w:document xmlns:w=\"{WORD}\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1134\" w:right=\"1588\" w:bottom=\"1134\" w:left=\"1588\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>"
    )
}

/// Properties that say what each field was.
pub(super) fn custom<'a>(prints: impl Iterator<Item = (&'a str, String)>) -> String {
    let property = |(n, (id, prints)): (usize, (&str, String))| {
        format!(
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{n}\" name=\"fengcai:{}\"><vt:lpwstr>{}</vt:lpwstr></property>",
            escape(&printable(id)),
            escape(&prints)
        )
    };
    let properties: String = (2..).zip(prints).map(property).collect();
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">{properties}</Properties>"
    )
}
