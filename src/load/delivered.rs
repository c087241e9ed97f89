//! A delivered text: its bytes as characters, whatever program wrote them.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::diag::Phrase;

/// A text as the customer delivered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Path below the project.
    pub file: String,
    /// Its text, or why there is none.
    pub text: Result<String, Phrase>,
}

/// Reads a text in UTF-8, UTF-16 or GB18030: by its byte order mark, else
/// strictly as UTF-8, else by where its zero bytes stand, else as GB18030.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Phrase> {
    if let Some(document) = document(bytes) {
        return Err(document);
    }
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

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Phrase> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.filter(|text| !text.contains('\0'));
    text.map(Into::into).ok_or(Phrase::UnknownEncoding)
}

/// Documents that are no plain text, by how they begin.
fn document(bytes: &[u8]) -> Option<Phrase> {
    const KINDS: [(&[u8], Phrase); 4] = [
        (b"PK\x03\x04", Phrase::WordDocument),
        (b"\xD0\xCF\x11\xE0", Phrase::WordDocument),
        (b"{\\rtf", Phrase::WordDocument),
        (b"%PDF", Phrase::PdfDocument),
    ];
    KINDS.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| kind)
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
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b"PK\x03\x04..."), Err(Phrase::WordDocument));
        assert_eq!(decode(b"%PDF-1.7"), Err(Phrase::PdfDocument));
        assert_eq!(decode(&[0xFF, 0x80, 0x00]), Err(Phrase::UnknownEncoding));
        assert_eq!(decode(b""), Ok(String::new()));
    }
}
