//! Portraits: inside the project, there, whole, and readable.

use std::collections::HashSet;
use std::io::{self, Cursor};
use std::path::{Component, Path};

use image::{ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::{Entry, finding};
use crate::diag::{Arg, Code, Diagnostic, Phrase};
use crate::load::{Document, Draft};
use crate::profile::Profile;
use crate::project::Project;

/// Largest picture, in pixels.
const PIXELS: u64 = 200_000_000;
/// Memory that decoding one picture may take, in bytes.
const MEMORY: u64 = 1 << 30;

/// A portrait that can be decoded.
#[derive(Debug, Clone)]
pub struct Portrait {
    /// The file as it is.
    pub bytes: Vec<u8>,
    /// File name extension of what it really is, whatever its name says.
    pub extension: &'static str,
}

/// Reads the portrait of a profile; what is wrong with it is a finding.
pub(super) fn read(
    project: &Project,
    document: &Document,
    profile: &Profile,
    sink: &mut Vec<Diagnostic>,
) -> Option<Portrait> {
    let file = profile.photo.as_ref()?.file.as_str();
    let mut report = |code, problem: Arg| {
        sink.push(finding(code, document, "photo.file").arg("file", file).arg("problem", problem));
        None
    };
    if file.contains('\\') {
        return report(Code::PhotoUnreadable, Phrase::Backslash.into());
    }
    let inside = |c: Component| matches!(c, Component::Normal(_) | Component::CurDir);
    if !Path::new(file).components().all(inside) {
        return report(Code::PhotoOutside, "".into());
    }
    let bytes = match project.read(&format!("data/{file}")) {
        Ok(bytes) => bytes,
        Err(error) => {
            return match error.kind() {
                io::ErrorKind::NotFound => report(Code::PhotoMissing, "".into()),
                io::ErrorKind::PermissionDenied => report(Code::PhotoOutside, "".into()),
                _ => report(Code::PhotoUnreadable, error.to_string().into()),
            };
        }
    };
    match judge(&bytes) {
        Ok(extension) => Some(Portrait { bytes, extension }),
        Err(problem) => report(Code::PhotoUnreadable, problem),
    }
}

/// Pictures in `data/photos/` that no profile names.
pub(super) fn unused(project: &Project, draft: &Draft, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let named: HashSet<&str> = entries
        .iter()
        .filter_map(|entry| entry.profile.photo.as_ref())
        .filter_map(|photo| photo.file.rsplit('/').next())
        .collect();
    let pictures = ["jpg", "jpeg", "png", "webp", "tif", "tiff", "heic", "gif", "bmp"];
    let files = project.list("data/photos", "").unwrap_or_default();
    for file in files.iter().filter(|file| !named.contains(file.as_str())) {
        let extension = file.rsplit('.').next().unwrap_or_default().to_lowercase();
        if pictures.contains(&extension.as_str()) {
            sink.push(finding(Code::PhotoUnused, &draft.booklet, "order").arg("file", file.as_str()));
        }
    }
}

/// Decodes the picture once, to be sure that it can be.
fn judge(bytes: &[u8]) -> Result<&'static str, Arg> {
    let said = |error: image::ImageError| Arg::from(error.to_string());
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| Arg::from(e.to_string()))?;
    let extension = match reader.format() {
        Some(ImageFormat::Jpeg) if !ends(bytes) => return Err(Phrase::Truncated.into()),
        Some(ImageFormat::Jpeg) => "jpg",
        Some(ImageFormat::Png) => "png",
        Some(ImageFormat::WebP) => "webp",
        _ => return Err(Phrase::UnknownPicture.into()),
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(said)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || decoder.total_bytes() > MEMORY {
        return Err(Phrase::TooManyPixels.into());
    }
    if decoder.original_color_type() == ExtendedColorType::Cmyk8 {
        return Err(Phrase::CmykPicture.into());
    }
    image::DynamicImage::from_decoder(decoder).map_err(said)?;
    Ok(extension)
}

/// Whether a JPEG has its end: an EOI marker after the start of its own scan,
/// not that of a thumbnail in its header. Decoders fill the rest with grey.
fn ends(jpeg: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = jpeg.get(at..at + 4) {
        if *marker == 0xDA {
            return jpeg[at..].windows(2).any(|pair| pair == [0xFF, 0xD9]);
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    false
}
