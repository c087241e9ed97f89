//! The bones of a file: header, cross-reference tables, trailers (ISO 32000-1,
//! 7.5). Readers mend what is wrong there, each in its own way; a press file has
//! nothing to mend.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, FromBytes, Number, ObjectIdentifier, Stream};

use crate::diag::Phrase;

/// Tables that follow each other through `Prev`.
const TABLES: usize = 256;
/// Entries that are looked at.
const ENTRIES: usize = 2_000_000;

/// What the bones say.
pub(super) struct Structure<'a> {
    /// Trailers, the newest first.
    pub(super) trailers: Vec<Dict<'a>>,
    /// What is wrong.
    pub(super) problems: Vec<Phrase>,
}

impl<'a> Structure<'a> {
    pub(super) fn read(pdf: &'a Pdf) -> Self {
        let data: &'a [u8] = pdf.data().as_ref();
        let mut read =
            Reading { pdf, data, shift: header(data), trailers: vec![], greatest: 0, wrong: false };
        let start = last(data, b"startxref").and_then(|at| number(data.get(at + 9..)?));
        let sound = start.is_some_and(|(offset, _)| read.chain(offset));
        let Reading { mut trailers, greatest, wrong, .. } = read;
        let mut problems = Vec::new();
        if !sound || wrong {
            problems.push(Phrase::CrossReference);
        }
        // The first trailer is the newest; its size is that of the whole file.
        let size = trailers.first().and_then(|trailer| trailer.get::<Number>(b"Size"));
        if sound && size.is_none_or(|size| size.as_i64() <= greatest) {
            problems.push(Phrase::WrongSize);
        }
        if trailers.is_empty()
            && let Some(trailer) = last(data, b"trailer").and_then(|at| data.get(at + 7..))
        {
            trailers.extend(Dict::from_bytes(trailer.trim_ascii_start()));
        }
        Self { trailers, problems }
    }

    /// What the newest trailer that has it says.
    pub(super) fn first<T>(&self, get: impl Fn(&Dict<'a>) -> Option<T>) -> Option<T> {
        self.trailers.iter().find_map(get)
    }
}

struct Reading<'a> {
    pdf: &'a Pdf,
    data: &'a [u8],
    /// Where the header is, from which offsets are counted.
    shift: usize,
    trailers: Vec<Dict<'a>>,
    greatest: i64,
    wrong: bool,
}

impl<'a> Reading<'a> {
    /// Reads a table and those before it. False where one is not there.
    fn chain(&mut self, offset: usize) -> bool {
        let mut next = Some(offset);
        let mut known = Vec::new();
        let mut entries = 0;
        while let Some(offset) = next {
            if known.contains(&offset) || known.len() > TABLES || entries > ENTRIES {
                return false;
            }
            known.push(offset);
            let Some(rest) = self.data.get(offset.saturating_add(self.shift)..) else { return false };
            let rest = rest.trim_ascii_start();
            let read = match rest.strip_prefix(b"xref") {
                Some(table) => self.table(table, &mut entries),
                None => self.stream(rest, &mut entries),
            };
            let Some(trailer) = read else { return false };
            next = trailer.get::<Number>(b"Prev").and_then(|n| usize::try_from(n.as_i64()).ok());
            self.trailers.push(trailer);
        }
        true
    }

    /// A table in plain text (7.5.4).
    fn table(&mut self, mut rest: &'a [u8], entries: &mut usize) -> Option<Dict<'a>> {
        loop {
            rest = rest.trim_ascii_start();
            if let Some(trailer) = rest.strip_prefix(b"trailer") {
                return Dict::from_bytes(trailer.trim_ascii_start());
            }
            let (first, after) = number(rest)?;
            let (count, after) = number(after)?;
            rest = after.trim_ascii_start();
            for id in first..first.checked_add(count)? {
                let entry = rest.get(..18)?;
                let (offset, after) = number(entry)?;
                let (generation, kind) = number(after)?;
                rest = rest.get(18..)?.trim_ascii_start();
                if kind.trim_ascii_start().first() == Some(&b'n') {
                    self.greatest = self.greatest.max(id as i64);
                    self.wrong |= !self.is_object(offset, id, Some(generation));
                }
                *entries += 1;
                if *entries > ENTRIES {
                    return None;
                }
            }
        }
    }

    /// A table in a stream (7.5.8).
    fn stream(&mut self, rest: &'a [u8], entries: &mut usize) -> Option<Dict<'a>> {
        let (id, after) = number(rest)?;
        let (generation, _) = number(after)?;
        let id = ObjectIdentifier::new(i32::try_from(id).ok()?, i32::try_from(generation).ok()?);
        let stream = self.pdf.xref().get::<Stream>(id)?;
        let dict = stream.dict().clone();
        let widths: Vec<usize> =
            dict.get::<Array>(b"W")?.iter::<Number>().map(|n| n.as_i64().clamp(0, 9) as usize).collect();
        let [kind, place, more] = widths.as_slice() else { return None };
        let size = dict.get::<Number>(b"Size")?.as_i64();
        let index: Vec<i64> = match dict.get::<Array>(b"Index") {
            Some(index) => index.iter::<Number>().map(|n| n.as_i64()).collect(),
            None => vec![0, size],
        };
        let bytes = super::streams::decoded(&stream).ok()?;
        let mut rows = bytes.chunks_exact((kind + place + more).max(1));
        for range in index.chunks_exact(2) {
            for id in range[0]..range[0].checked_add(range[1])? {
                let Some(row) = rows.next() else { break };
                let value =
                    |part: &[u8]| part.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
                let of = if *kind == 0 { 1 } else { value(&row[..*kind]) };
                if of == 1 || of == 2 {
                    self.greatest = self.greatest.max(id);
                }
                if of == 1 {
                    let offset = value(&row[*kind..kind + place]);
                    self.wrong |= !self.is_object(offset, usize::try_from(id).ok()?, None);
                }
                *entries += 1;
                if *entries > ENTRIES {
                    return None;
                }
            }
        }
        Some(dict)
    }

    /// Whether an object of this number is where a table says.
    fn is_object(&self, offset: usize, id: usize, generation: Option<usize>) -> bool {
        let at = self.data.get(offset.saturating_add(self.shift)..).unwrap_or_default();
        let head = at.get(..at.len().min(40)).unwrap_or_default();
        let read = || {
            let (own, rest) = number(head)?;
            let (own_generation, rest) = number(rest)?;
            let matches = own == id && generation.is_none_or(|generation| generation == own_generation);
            Some(matches && rest.trim_ascii_start().starts_with(b"obj"))
        };
        read().unwrap_or(false)
    }
}

/// Where the header is, in the first kilobyte.
fn header(data: &[u8]) -> usize {
    let head = data.get(..data.len().min(1024)).unwrap_or_default();
    head.windows(5).position(|window| window == b"%PDF-").unwrap_or(0)
}

/// The version that the header tells, in tenths.
pub(super) fn version(data: &[u8]) -> Option<u32> {
    tenths(data.get(header(data) + 5..)?)
}

/// A version such as `1.6`, in tenths.
pub(super) fn tenths(text: &[u8]) -> Option<u32> {
    match text {
        [major @ b'0'..=b'9', b'.', minor @ b'0'..=b'9', ..] => {
            Some(u32::from(major - b'0') * 10 + u32::from(minor - b'0'))
        }
        _ => None,
    }
}

/// The last place of a word.
pub(super) fn last(data: &[u8], word: &[u8]) -> Option<usize> {
    data.windows(word.len()).rposition(|window| window == word)
}

/// A whole number and what follows it.
pub(super) fn number(text: &[u8]) -> Option<(usize, &[u8])> {
    let text = text.trim_ascii_start();
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let value = std::str::from_utf8(text.get(..end)?).ok()?.parse().ok()?;
    Some((value, text.get(end..)?))
}
