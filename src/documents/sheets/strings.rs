//! Texts in a workbook's XML, read as a stream.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::{DocumentProblem, budget};

/// The shared texts of a workbook, without phonetic runs.
pub(super) fn shared(text: &str) -> Result<Vec<String>, DocumentProblem> {
    let mut reader = Reader::from_str(text);
    let mut strings = Vec::new();
    let (mut open, mut bytes) = (Open::default(), 0);
    loop {
        match event(&mut reader)? {
            Event::Eof => return Ok(strings),
            Event::Start(tag) if tag.local_name().as_ref() == "si" => open = Open::default(),
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::End(tag) if tag.local_name().as_ref() == "si" => {
                let text = std::mem::take(&mut open.text);
                bytes += text.len();
                strings.push(unescaped(&text));
                if bytes > budget::CELL_BYTES || strings.len() > 4 * budget::CELLS {
                    return Err(DocumentProblem::TooManyCells);
                }
            }
            event => open.take(&event),
        }
    }
}

/// The next event; definitions are refused.
pub(super) fn event<'t>(reader: &mut Reader<&'t [u8]>) -> Result<Event<'t>, DocumentProblem> {
    match reader.read_event() {
        Ok(Event::DocType(_)) => Err(DocumentProblem::Entities),
        Ok(event) => Ok(event),
        Err(_) => Err(DocumentProblem::Broken),
    }
}

/// An attribute of a tag, by its local name.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(Into::into)
}

/// A text that is being read.
#[derive(Default)]
pub(super) struct Open {
    pub(super) text: String,
    /// Within `t`.
    text_open: bool,
    /// Within a phonetic run.
    phonetic: bool,
}

impl Open {
    /// Takes what an event adds.
    pub(super) fn take(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => self.text_open = true,
                "rPh" => self.phonetic = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => self.text_open = false,
                "rPh" => self.phonetic = false,
                _ => {}
            },
            event if self.text_open && !self.phonetic => self.text += &characters(event),
            _ => {}
        }
    }
}

/// The characters of an event.
pub(super) fn characters(event: &Event) -> String {
    match event {
        Event::Text(text) => text.xml10_content().into_owned(),
        Event::CData(text) => text.xml10_content().into_owned(),
        Event::GeneralRef(reference) => resolved(reference),
        _ => String::new(),
    }
}

fn resolved(reference: &BytesRef) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.into();
    }
    match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

/// A text without `_x000D_` and its like (ISO/IEC 29500-1, 22.4.2.4).
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out += &rest[..at];
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let c = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        if let Some(c) = c {
            if c != '\r' {
                out.push(c);
            }
            rest = &rest[at + 7..];
        } else {
            out += "_x";
            rest = &rest[at + 2..];
        }
    }
    (out + rest).replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phonetic_runs_are_left_out() {
        let xml = "<sst><si><r><t>王</t></r><r><t>洋 &amp; &#x4E00;</t></r><rPh sb=\"0\" eb=\"1\"><t>ワン</t></rPh></si>\
                   <si/><si><t xml:space=\"preserve\"> 一_x000D_\n二_x0009_三_x_ </t></si></sst>";
        assert_eq!(shared(xml).expect("reads"), ["王洋 & 一", "", " 一\n二\t三_x_ "]);
    }
}
