//! The marker segments of a JPEG (ITU-T T.81, annex B), read once for all who
//! ask: whether it is whole, what of it is picture, a copy without notes.

mod bits;
mod scan;

use std::ops::Range;

use crate::digest;

/// Start of image, end of image, start of scan.
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// A marker with its segment.
pub(super) struct Segment<'a> {
    pub(super) marker: u8,
    /// Content behind the length.
    pub(super) content: &'a [u8],
    /// Bytes of the file from the marker to the end of what belongs to it: of
    /// a scan, its coded data too.
    whole: Range<usize>,
}

/// Whether the bytes begin as a JPEG does.
pub(super) fn is_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, SOI])
}

/// The segments of the first image in a file, and whether its end is there. A
/// camera may put other images behind it.
pub(super) fn segments(jpeg: &[u8]) -> (Vec<Segment<'_>>, bool) {
    let mut found = Vec::new();
    let mut at = 2;
    loop {
        // Any number of fill bytes may stand before a marker (B.1.1.2).
        while jpeg.get(at..at + 2) == Some(&[0xFF, 0xFF]) {
            at += 1;
        }
        let Some([0xFF, marker]) = jpeg.get(at..at + 2) else { return (found, false) };
        let marker = *marker;
        match marker {
            EOI => return (found, true),
            // Another image begins before this one ended.
            SOI => return (found, false),
            // Markers that stand alone (B.1.1.3).
            0x01 | 0xD0..=0xD7 => {
                found.push(Segment { marker, content: &[], whole: at..at + 2 });
                at += 2;
                continue;
            }
            _ => {}
        }
        let Some([high, low]) = jpeg.get(at + 2..at + 4) else { return (found, false) };
        let end = at + 2 + usize::from(u16::from_be_bytes([*high, *low]));
        let Some(content) = jpeg.get(at + 4..end) else { return (found, false) };
        let next = if marker == SOS { after_scan(jpeg, end) } else { end };
        found.push(Segment { marker, content, whole: at..next });
        at = next;
    }
}

/// The first marker behind coded data. There, FF is followed by 00 or by the
/// number of a restart.
fn after_scan(jpeg: &[u8], start: usize) -> usize {
    let data = jpeg.get(start..).unwrap_or_default();
    let ends = |at: &usize| data.get(at + 1).is_some_and(|next| !matches!(next, 0x00 | 0xFF | 0xD0..=0xD7));
    memchr::memchr_iter(0xFF, data).find(ends).map_or(jpeg.len(), |at| start + at)
}

/// Whether all of the picture is there: its end, and every block before it.
pub(super) fn is_whole(jpeg: &[u8]) -> bool {
    let (segments, ended) = segments(jpeg);
    ended && scan::is_whole(&segments, jpeg)
}

/// Whether the picture comes in several scans, each finer than the one before.
pub(super) fn is_progressive(jpeg: &[u8]) -> bool {
    segments(jpeg).0.iter().any(|segment| segment.marker == 0xC2)
}

/// Whether Adobe's mark (APP14) is there.
pub(super) fn has_adobe_mark(jpeg: &[u8]) -> bool {
    segments(jpeg).0.iter().any(|segment| segment.marker == 0xEE && segment.content.starts_with(b"Adobe"))
}

/// Whether a segment is a note beside the picture: application data and
/// comments, but for the colour profile and Adobe's mark, which change how it
/// is shown.
fn is_note(segment: &Segment) -> bool {
    match segment.marker {
        0xE2 => !segment.content.starts_with(b"ICC_PROFILE"),
        0xEE => !segment.content.starts_with(b"Adobe"),
        marker => matches!(marker, 0xE0..=0xEF | 0xFE),
    }
}

/// What of a JPEG is picture.
pub(super) fn picture(jpeg: &[u8]) -> Vec<&[u8]> {
    let (segments, _) = segments(jpeg);
    let kept = segments.iter().filter(|segment| !is_note(segment));
    kept.filter_map(|segment| jpeg.get(segment.whole.clone())).collect()
}

/// The picture without notes, to be shown as before: of what a camera wrote,
/// only how it was held stays.
pub(super) fn without_notes(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut clean = vec![0xFF, SOI];
    if orientation != 1 {
        // A TIFF header and one directory with the one entry (Exif 2.32, 4.6).
        clean.extend([0xFF, 0xE1, 0, 34]);
        clean.extend(b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
        clean.extend([orientation, 0, 0, 0, 0, 0, 0]);
    }
    picture(jpeg).into_iter().for_each(|piece| clean.extend(piece));
    clean.extend([0xFF, EOI]);
    clean
}

/// SHA-256 over what of a file is picture: another caption, thumbnail or place
/// where it was taken is the same picture.
pub(super) fn essence(bytes: &[u8], orientation: u8) -> String {
    let pieces = if is_jpeg(bytes) { picture(bytes) } else { vec![bytes] };
    let turned = [orientation];
    digest::of_pieces(
        pieces.into_iter().map(|piece| ("picture", piece)).chain([("orientation", &turned[..])]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], &length[..], content].concat()
    }

    fn file(note: &[u8], scan: &[u8]) -> Vec<u8> {
        let pieces = [
            vec![0xFF, SOI],
            segment(0xE1, note),
            vec![0xFF],
            segment(0xC0, b"frame"),
            segment(SOS, b"head"),
        ];
        [pieces.concat(), scan.to_vec()].concat()
    }

    #[test]
    fn the_end_is_that_of_the_first_image() {
        let whole = file(b"note", b"ab\xFF\0\xFF\xD3c\xFF\xD9");
        assert!(segments(&whole).1);
        // A cut image is not made whole by another behind it.
        let cut = [file(b"note", b"ab"), file(b"x", b"ab\xFF\xD9")].concat();
        assert!(!segments(&cut).1);
        assert!(!segments(&file(b"\xFF\xD9", b"ab")).1);
    }

    #[test]
    fn notes_are_no_picture() {
        let (a, b) = (file(b"GPS 39.1", b"ab\xFF\xD9"), file(b"", b"ab\xFF\xD9"));
        assert_eq!(essence(&a, 1), essence(&b, 1));
        assert_ne!(essence(&a, 1), essence(&a, 6));
        assert_ne!(essence(&a, 1), essence(&file(b"", b"ac\xFF\xD9"), 1));
        let clean = without_notes(&a, 6);
        assert!(!clean.windows(3).any(|w| w == b"GPS") && segments(&clean).1);
        assert_eq!(clean[..2], [0xFF, SOI]);
    }
}
