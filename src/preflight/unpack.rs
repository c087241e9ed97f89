//! Objects packed into streams (ISO 32000-1, 7.5.7), taken out of them. The
//! reader looks through the whole index of a stream for each of its objects,
//! which takes for ever where there are tens of thousands in one.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;
use std::sync::Arc;

use flate2::read::ZlibDecoder;

use super::structure::{last, number};

/// Objects in one stream from which they are taken out.
const MANY: usize = 800;
/// Most bytes of a stream of objects.
const LARGEST: u64 = 256 << 20;

/// The file with its objects in the open, as an update of it, if many are packed
/// into one stream and it is plain how; else the file as it is.
pub(super) fn unpacked(bytes: Arc<Vec<u8>>) -> Arc<Vec<u8>> {
    match opened(&bytes) {
        Some(open) => Arc::new(open),
        None => bytes,
    }
}

fn opened(bytes: &[u8]) -> Option<Vec<u8>> {
    let packs: Vec<Pack> = places(bytes, b"/ObjStm").filter_map(|at| Pack::read(bytes, at)).collect();
    if packs.iter().all(|pack| pack.count <= MANY) || places(bytes, b"/Encrypt").next().is_some() {
        return None;
    }
    let mut objects: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    for pack in packs {
        for (id, object) in pack.objects()? {
            // Which of two is the newer one only the tables tell.
            if objects.insert(id, object).is_some() {
                return None;
            }
        }
    }
    let (previous, _) = number(bytes.get(last(bytes, b"startxref")? + 9..)?)?;
    let trailer = dictionary(bytes, places(bytes, b"/XRef").last()?)?;
    let keys = [&b"/Root"[..], b"/Info", b"/ID", b"/Size"];
    let kept: String = keys.into_iter().filter_map(|key| entry(trailer, key)).collect();
    let mut open = bytes.to_vec();
    let mut table = String::from("xref\n");
    for (id, object) in &objects {
        // A write into a string never fails.
        let _ = write!(table, "{id} 1\n{:010} 00000 n \n", open.len() + 1);
        open.extend_from_slice(format!("\n{id} 0 obj\n").as_bytes());
        open.extend_from_slice(object);
        open.extend_from_slice(b"\nendobj");
    }
    let start = open.len() + 1;
    let tail = format!("\n{table}trailer\n<< {kept} /Prev {previous} >>\nstartxref\n{start}\n%%EOF\n");
    open.extend_from_slice(tail.as_bytes());
    Some(open)
}

/// Where a word stands.
fn places<'b>(bytes: &'b [u8], word: &'static [u8]) -> impl Iterator<Item = usize> + 'b {
    bytes.windows(word.len()).enumerate().filter(move |(_, at)| *at == word).map(|(at, _)| at)
}

/// A stream of objects.
struct Pack<'a> {
    count: usize,
    first: usize,
    data: &'a [u8],
}

impl<'a> Pack<'a> {
    /// The stream whose dictionary names its type here.
    fn read(bytes: &'a [u8], at: usize) -> Option<Self> {
        let (start, dict) = (dictionary_start(bytes, at)?, dictionary(bytes, at)?);
        let value = |key: &'static [u8]| {
            number(dict.get(places(dict, key).next()? + key.len()..)?).map(|(value, _)| value)
        };
        let has = |word: &'static [u8]| places(dict, word).next().is_some();
        let after = bytes.get(start + dict.len()..)?;
        let after = after.get(places(after.get(..64)?, b"stream").next()? + 6..)?;
        let data = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n"))?;
        let (count, first) = (value(b"/N ")?, value(b"/First ")?);
        (has(b"/FlateDecode") && !has(b"/DecodeParms")).then_some(Self { count, first, data })
    }

    /// The objects with their numbers.
    fn objects(&self) -> Option<Vec<(usize, Vec<u8>)>> {
        let mut all = Vec::new();
        ZlibDecoder::new(self.data).take(LARGEST).read_to_end(&mut all).ok()?;
        let mut index = all.get(..self.first)?;
        let mut places = Vec::new();
        for _ in 0..self.count {
            let (id, rest) = number(index)?;
            let (offset, rest) = number(rest)?;
            index = rest;
            places.push((id, self.first.checked_add(offset)?));
        }
        let ends = places.iter().skip(1).map(|(_, at)| *at).chain([all.len()]);
        places.iter().zip(ends).map(|((id, from), to)| Some((*id, all.get(*from..to)?.to_vec()))).collect()
    }
}

/// Where the dictionary around a place begins.
fn dictionary_start(bytes: &[u8], at: usize) -> Option<usize> {
    let near = at.saturating_sub(2000);
    Some(last(bytes.get(near..at)?, b"<<")? + near)
}

/// The dictionary around a place, where it has none inside that would end it.
fn dictionary(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let end = places(bytes.get(at..)?, b">>").next()? + at + 2;
    bytes.get(dictionary_start(bytes, at)?..end)
}

/// An entry of a dictionary as it is written: a reference, a number or an array.
fn entry(dict: &[u8], key: &'static [u8]) -> Option<String> {
    let value = dict.get(places(dict, key).next()? + key.len()..)?;
    let end = match value.trim_ascii_start().first()? {
        b'[' => value.iter().position(|byte| *byte == b']')? + 1,
        _ => value.iter().position(|byte| matches!(byte, b'/' | b'>'))?,
    };
    // Identifiers that are no text are left out, and then missed.
    Some(format!("{} {} ", std::str::from_utf8(key).ok()?, std::str::from_utf8(value.get(..end)?).ok()?))
}
