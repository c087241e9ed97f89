//! Pages made in a line: a sound press file, and a page of it written anew in
//! PDF's own words.

use std::fmt::Write;
use std::sync::OnceLock;

use lopdf::{Document, Object};

/// First number of the objects that a case brings along.
const FIRST: usize = 9001;

/// A page of a case.
#[derive(Default)]
pub(super) struct Made {
    /// What is painted.
    pub(super) content: String,
    /// Entries of its resources; `F0` is a font that is embedded.
    pub(super) resources: String,
    /// Objects 9001, 9002, …
    pub(super) objects: Vec<Vec<u8>>,
    /// More entries of the page.
    pub(super) page: String,
}

/// A page with this content.
pub(super) fn page(content: &str) -> Made {
    Made { content: content.into(), ..Made::default() }
}

impl Made {
    pub(super) fn with(mut self, resources: &str) -> Self {
        self.resources += resources;
        self
    }

    pub(super) fn object(mut self, object: impl Into<Vec<u8>>) -> Self {
        self.objects.push(object.into());
        self
    }

    pub(super) fn entry(mut self, entry: &str) -> Self {
        self.page += entry;
        self
    }

    /// The whole file: the sound one with its fifth page replaced.
    pub(super) fn file(&self) -> Vec<u8> {
        let Base { bytes, page, head, font } = base();
        let Self { content, resources, objects, page: entries } = self;
        let resources = match resources.contains("/Font") {
            true => resources.replace("/Font <<", &format!("/Font << /F0 {font}")),
            false => format!("/Font << /F0 {font} >> {resources}"),
        };
        let resources = resources.replace("FONT", font);
        let own = format!("<< {head} /Contents 9000 0 R /Resources << {resources} >> {entries} >>");
        let mut all = vec![(*page, own.into_bytes()), (9000, stream("", content))];
        all.extend(objects.iter().enumerate().map(|(i, object)| (FIRST + i, object.clone())));
        let mut file = bytes.clone();
        let mut table = String::from("xref\n");
        all.sort();
        for (number, object) in &all {
            write!(table, "{number} 1\n{:010} 00000 n \n", file.len()).unwrap();
            file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            file.extend_from_slice(object);
            file.extend_from_slice(b"\nendobj\n");
        }
        let start = file.len();
        file.extend_from_slice(table.as_bytes());
        let (trailer, previous) = trailer(bytes);
        let size = FIRST + objects.len();
        let tail =
            format!("trailer\n<< /Size {size} /Prev {previous} {trailer} >>\nstartxref\n{start}\n%%EOF\n");
        file.extend_from_slice(tail.as_bytes());
        file
    }
}

/// A stream with its length.
pub(super) fn stream(entries: &str, data: impl AsRef<[u8]>) -> Vec<u8> {
    let data = data.as_ref();
    let mut object = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

struct Base {
    bytes: Vec<u8>,
    page: usize,
    head: String,
    font: String,
}

/// The sound file as it is written by another program, with a table in plain
/// text.
fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| {
        let mut document = Document::load_mem(super::sound()).unwrap();
        document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
        let id = super::page(&document, 4);
        let dictionary = document.get_dictionary(id).unwrap();
        let reference = |object: &Object| {
            let (number, generation) = object.as_reference().unwrap();
            format!("{number} {generation} R")
        };
        let numbers = |key: &[u8]| {
            let numbers = dictionary.get(key).unwrap().as_array().unwrap().iter();
            numbers.map(|n| n.as_float().unwrap().to_string()).collect::<Vec<_>>().join(" ")
        };
        let boxes: String = ["MediaBox", "BleedBox", "TrimBox"]
            .iter()
            .map(|key| format!("/{key} [{}] ", numbers(key.as_bytes())))
            .collect();
        let head = format!("/Type /Page /Parent {} {boxes}", reference(dictionary.get(b"Parent").unwrap()));
        let resources = document.get_dict_in_dict(dictionary, b"Resources").unwrap();
        let fonts = document.get_dict_in_dict(resources, b"Font").unwrap();
        let font = reference(fonts.get(b"f0").unwrap());
        let page = usize::try_from(id.0).unwrap();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        Base { bytes, page, head, font }
    })
}

/// Entries of the trailer of a file, and where its table is.
fn trailer(bytes: &[u8]) -> (String, usize) {
    let document = Document::load_mem(bytes).unwrap();
    let reference = |key: &[u8]| {
        let (number, _) = document.trailer.get(key).unwrap().as_reference().unwrap();
        format!("/{} {number} 0 R ", String::from_utf8_lossy(key))
    };
    let text = String::from_utf8_lossy(&bytes[bytes.len() - 40..]).into_owned();
    let start = text.split("startxref").nth(1).unwrap().split_whitespace().next().unwrap().parse().unwrap();
    let id = "/ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]";
    (format!("{}{}{id}", reference(b"Root"), reference(b"Info")), start)
}
