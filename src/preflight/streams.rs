//! Streams of a file, decoded within bounds.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// Most bytes that a stream of contents may have when decoded.
pub(super) const LARGEST: u64 = 128 << 20;

/// Why a stream is not read.
pub(super) enum Problem {
    /// It is damaged.
    Broken,
    /// It is larger than is read.
    TooMuch,
}

/// The bytes of a stream of contents.
pub(super) fn decoded<'a>(stream: &Stream<'a>) -> Result<Cow<'a, [u8]>, Problem> {
    if !fits(stream, LARGEST) {
        return Err(Problem::TooMuch);
    }
    stream.decoded().map_err(|_| Problem::Broken)
}

/// Whether a stream has at most so many bytes when its first filter is taken
/// off. Deflate makes at most 1,032 bytes of one; what might be too much is
/// measured.
pub(super) fn fits(stream: &Stream, most: u64) -> bool {
    let raw = stream.raw_data();
    if raw.len() as u64 * 1032 <= most || stream.filters().first() != Some(&Filter::FlateDecode) {
        return true;
    }
    let mut counted = ZlibDecoder::new(&*raw).take(most + 1);
    std::io::copy(&mut counted, &mut std::io::sink()).unwrap_or(0) <= most
}

/// Whether a stream is whole. The reader takes what it gets of a damaged one.
pub(super) fn is_whole(stream: &Stream) -> bool {
    let raw = stream.raw_data();
    match stream.filters().as_slice() {
        [Filter::FlateDecode] if !raw.is_empty() => {
            let mut all = ZlibDecoder::new(&*raw).take(LARGEST);
            std::io::copy(&mut all, &mut std::io::sink()).is_ok()
        }
        _ => true,
    }
}
