//! What a file is, by its content.

use std::io::Cursor;

use super::package::Package;
use super::{DocumentProblem, budget, sheets, text};

/// A kind of document that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Word (Office Open XML), of Word, WPS, LibreOffice, Google Docs.
    Docx,
    /// Workbook (Office Open XML).
    Xlsx,
    /// OpenDocument workbook.
    Ods,
    /// Workbook of Excel 97 to 2003, and of WPS (`.et`).
    Xls,
    /// Values with commas or tabs.
    Csv,
    /// Plain text or Markdown.
    Text,
}

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF.
    Tiff,
    /// WebP.
    Webp,
    /// HEIC and other pictures that cannot be printed from.
    Other,
}

impl Picture {
    /// The usual ending of its files.
    pub fn ending(self) -> Option<&'static str> {
        match self {
            Self::Jpeg => Some("jpg"),
            Self::Png => Some("png"),
            Self::Tiff => Some("tif"),
            Self::Webp => Some("webp"),
            Self::Other => None,
        }
    }
}

/// The kind of a picture, by how it begins.
pub fn picture(bytes: &[u8]) -> Option<Picture> {
    let riff = bytes.get(8..12);
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Picture::Jpeg),
        [0x89, b'P', b'N', b'G', ..] => Some(Picture::Png),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Picture::Tiff),
        [b'R', b'I', b'F', b'F', ..] if riff == Some(b"WEBP") => Some(Picture::Webp),
        [b'G', b'I', b'F', b'8', ..] => Some(Picture::Other),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Picture::Other),
        _ if bytes.get(4..8) == Some(b"ftyp") => Some(Picture::Other),
        [0xD7, 0xCD, 0xC6, 0x9A, ..] => Some(Picture::Other),
        _ => None,
    }
}

/// The kind of a document. Its name tells only a list of values from a text.
///
/// # Errors
/// Why it cannot be read.
pub fn kind(name: &str, bytes: &[u8]) -> Result<Kind, DocumentProblem> {
    if bytes.is_empty() {
        return Err(DocumentProblem::Empty);
    }
    if bytes.len() > budget::FILE {
        return Err(DocumentProblem::TooLarge);
    }
    match picture(bytes) {
        Some(Picture::Other) if bytes.get(4..8) == Some(b"ftyp") => {
            return Err(DocumentProblem::PhonePicture);
        }
        Some(_) => return Err(DocumentProblem::Picture),
        None => {}
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => packed(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => compound(bytes),
        [b'%', b'P', b'D', b'F', ..] => Err(DocumentProblem::Pdf),
        [b'{', b'\\', b'r', b't', b'f', ..] => Err(DocumentProblem::RichText),
        [0x1F, 0x8B, ..] | [b'7', b'z', 0xBC, 0xAF, ..] | [b'R', b'a', b'r', b'!', ..] => {
            Err(DocumentProblem::Archive)
        }
        // Workbooks of Excel 2 to 4.
        [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..] => Err(DocumentProblem::OldSheet),
        _ => written(name, bytes),
    }
}

fn packed(bytes: &[u8]) -> Result<Kind, DocumentProblem> {
    let mut package = Package::open(bytes)?;
    let mimetype = package.text("mimetype").ok().flatten().unwrap_or_default();
    if let Some(kind) = mimetype.trim().strip_prefix("application/vnd.oasis.opendocument.") {
        return match kind {
            _ if kind.starts_with("spreadsheet") => Ok(Kind::Ods),
            _ if kind.starts_with("presentation") => Err(DocumentProblem::Slides),
            _ => Err(DocumentProblem::OpenText),
        };
    }
    let main = package.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map(|relation| relation.target).unwrap_or_default();
    let has = |part: &str| main == part || package.names().any(|name| name.eq_ignore_ascii_case(part));
    let in_folder = |folder: &str| main.starts_with(folder);
    if has("xl/workbook.bin") {
        Err(DocumentProblem::BinarySheet)
    } else if has("word/document.xml") || in_folder("word/") {
        Ok(Kind::Docx)
    } else if has("xl/workbook.xml") || in_folder("xl/") {
        Ok(Kind::Xlsx)
    } else if in_folder("ppt/") {
        Err(DocumentProblem::Slides)
    } else if has("content.xml") {
        Err(DocumentProblem::OpenText)
    } else if main.is_empty() {
        Err(DocumentProblem::Archive)
    } else {
        by_content_type(&mut package, &main)
    }
}

/// The kind of a package whose main part has a name of its own.
fn by_content_type(package: &mut Package, main: &str) -> Result<Kind, DocumentProblem> {
    let types = package.text("[Content_Types].xml")?.unwrap_or_default();
    let part = format!("/{main}\"");
    let entry = types.split('<').find(|entry| entry.contains(&part)).unwrap_or_default();
    match entry {
        _ if entry.contains("wordprocessingml") => Ok(Kind::Docx),
        _ if entry.contains("spreadsheetml") => Ok(Kind::Xlsx),
        _ if entry.contains("presentationml") => Err(DocumentProblem::Slides),
        _ => Err(DocumentProblem::Archive),
    }
}

/// Compound files (MS-CFB): what Office wrote until 2003, WPS writes as `.wps`
/// and `.et`, and every Office writes around a document with a password.
fn compound(bytes: &[u8]) -> Result<Kind, DocumentProblem> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| DocumentProblem::Broken)?;
    let has = |name: &str| file.is_stream(format!("/{name}"));
    if has("EncryptedPackage") {
        Err(DocumentProblem::Encrypted)
    } else if has("Workbook") || has("Book") {
        Ok(Kind::Xls)
    } else if has("WordDocument") {
        Err(DocumentProblem::OldText)
    } else if has("PowerPoint Document") {
        Err(DocumentProblem::Slides)
    } else {
        Err(DocumentProblem::OtherOffice)
    }
}

fn written(name: &str, bytes: &[u8]) -> Result<Kind, DocumentProblem> {
    if bytes.len() > budget::TEXT {
        return Err(DocumentProblem::TooLarge);
    }
    let text = text::decode(bytes)?;
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    let head: String = start.chars().take(2_000).collect::<String>().to_lowercase();
    let markup = head.starts_with("<?xml") || head.starts_with("<!doctype") || head.starts_with('<');
    if markup && ["<html", "<table", "office:", "<w:worddocument"].iter().any(|tag| head.contains(tag)) {
        return Err(DocumentProblem::Web);
    }
    if head.starts_with("mime-version:") {
        return Err(DocumentProblem::Web);
    }
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let listed =
        matches!(ending.as_str(), "csv" | "tsv" | "tab") || ending == "txt" && sheets::is_table(&text);
    Ok(if listed { Kind::Csv } else { Kind::Text })
}
