//! Plain text and Markdown, in any encoding that an editor's program writes.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::{Block, Document, DocumentProblem, Paragraph, Spot, Style, budget};

/// A plain text: a paragraph a line.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Document, DocumentProblem> {
    if bytes.len() > budget::TEXT {
        return Err(DocumentProblem::TooLarge);
    }
    let text = decode(bytes)?;
    if text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r' | 0x0B)).count() > budget::LINES {
        return Err(DocumentProblem::TooLarge);
    }
    let markdown = name.to_lowercase().ends_with(".md") || is_markdown(&text);
    let mut blocks = Vec::new();
    for (number, line) in numbered(&text) {
        if line.starts_with('\u{C}') && !blocks.is_empty() {
            blocks.push(Block::Break);
        }
        let line = line.trim_start_matches('\u{C}');
        let (style, text) = if markdown { marked_up(line) } else { (Style::Body, line.to_owned()) };
        let indented = text.starts_with("\u{3000}") || text.starts_with("  ") || text.starts_with('\t');
        blocks.push(Block::Paragraph(Paragraph { spot: Spot::Line(number), text, style, indented }));
    }
    Ok(Document { blocks, ..Document::default() })
}

/// Lines with their numbers as editors count them. Vertical tabs and their like
/// end lines of word processors, which have no number.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.trim_start_matches('\u{FEFF}');
    let unix = text.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split(['\r', '\u{85}'])
    });
    unix.enumerate()
        .flat_map(|(i, line)| line.split(['\u{B}', '\u{2028}', '\u{2029}']).map(move |part| (i + 1, part)))
}

/// Whether lines of a text are headings as Markdown writes them.
fn is_markdown(text: &str) -> bool {
    let heading = |line: &&str| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
    text.lines().filter(heading).take(2).count() == 2
}

/// A line of Markdown: its level as a heading, and its words.
fn marked_up(line: &str) -> (Style, String) {
    let level = line.chars().take_while(|c| *c == '#').count();
    let (style, rest) = match level {
        1..=6 if line[level..].starts_with([' ', '\u{3000}', '\t']) => (
            Style::Heading(u8::try_from(level).unwrap_or(6)),
            line[level..].trim().trim_end_matches('#').trim_end(),
        ),
        _ => (Style::Body, line.strip_prefix("> ").unwrap_or(line)),
    };
    let slanted = rest.strip_prefix('*').and_then(|rest| rest.trim_end().strip_suffix('*'));
    let rest = slanted.filter(|inner| !inner.contains('*')).unwrap_or(rest);
    (style, rest.replace("**", "").replace("__", ""))
}

/// The characters of a text in UTF-8, UTF-16 or GB18030: by its byte order
/// mark, else strictly as UTF-8, else by where its zero bytes stand, else as
/// GB18030.
///
/// # Errors
/// [`DocumentProblem::UnknownEncoding`].
pub fn decode(bytes: &[u8]) -> Result<String, DocumentProblem> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return whole(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Ok(text) = std::str::from_utf8(bytes).map(ToOwned::to_owned)
        && !text.contains('\0')
    {
        return Ok(text);
    }
    match halves(bytes) {
        (low, high) if low > 2 * high => whole(UTF_16BE, bytes),
        (low, high) if high > 2 * low => whole(UTF_16LE, bytes),
        _ => whole(GB18030, bytes),
    }
}

/// How often a line end, a space or a digit stands as a half of two bytes: zero
/// first, zero second. Letters would not tell: 一 is 4E 00.
fn halves(bytes: &[u8]) -> (usize, usize) {
    let pairs = bytes.chunks_exact(2);
    pairs.fold((0, 0), |(low, high), pair| match pair {
        [0, b'\n' | b'\r' | b' ' | b'0'..=b'9'] => (low + 1, high),
        [b'\n' | b'\r' | b' ' | b'0'..=b'9', 0] => (low, high + 1),
        _ => (low, high),
    })
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, DocumentProblem> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.filter(|text| !text.contains('\0'));
    text.map(Into::into).ok_or(DocumentProblem::UnknownEncoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "王琦，䶮一一一一一一一一一\r\n第二行 5G。";

    #[test]
    fn texts_of_every_program_are_read() {
        let utf16 = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xFEFF).into_iter().chain(TEXT.encode_utf16());
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let gb = GB18030.encode(TEXT).0.into_owned();
        let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        let (big, little) = (true, false);
        for bytes in [
            TEXT.as_bytes().to_vec(),
            marked,
            gb,
            utf16(big, true),
            utf16(big, false),
            utf16(little, true),
            utf16(little, false),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(TEXT), "{bytes:X?}");
        }
        assert_eq!(decode(&[0xFF, 0x80, 0x00]), Err(DocumentProblem::UnknownEncoding));
        assert_eq!(decode(b""), Ok(String::new()));
    }

    #[test]
    fn markdown_has_headings() {
        assert_eq!(marked_up("## 王凤荣 ##"), (Style::Heading(2), "王凤荣".into()));
        assert_eq!(marked_up("#标签"), (Style::Body, "#标签".into()));
        assert_eq!(marked_up("她说**好**。"), (Style::Body, "她说好。".into()));
    }
}
