//! Indexes the faces under `fonts/` and lists the files under `templates/`, so
//! that the binary knows every face's family, weight and coverage without
//! reading a font at start-up.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

#[allow(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]
fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut code = String::from("pub(crate) static FACES: &[Face] = &[\n");
    for path in files(&root.join("fonts"), &["otf", "ttf"]) {
        code += &face(&root, &path);
    }
    code += "];\npub(crate) static LICENCES: &[(&str, &[u8])] = &[\n";
    code += &embed(&root, "fonts", &["txt"]);
    code += "];\npub(crate) static TEMPLATES: &[(&str, &[u8])] = &[\n";
    code += &embed(&root, "templates", &["typ", "json", "svg"]);
    code += "];\n";
    let pictures = ["src/photo.rs", "src/photo", "src/colour.rs", "src/colour", "Cargo.lock"];
    println!("cargo::rustc-env=FENGCAI_PICTURES={}", version_of(&root, &pictures));
    fs::write(out.join("assets.rs"), code).expect("OUT_DIR is writable");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=fonts");
    println!("cargo::rerun-if-changed=templates");
    pictures.iter().for_each(|path| println!("cargo::rerun-if-changed={path}"));
}

/// Tells versions of some sources apart: what they make is kept from one run to
/// the next, and no longer counts once they are others.
fn version_of(root: &Path, sources: &[&str]) -> String {
    let mut hash = Sha256::new();
    for source in sources.iter().map(|source| root.join(source)) {
        let files = if source.is_dir() { files(&source, &["rs"]) } else { vec![source] };
        for file in files {
            hash.update(relative(root, &file));
            hash.update(fs::read(&file).unwrap_or_default());
        }
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The files below `dir` with one of the extensions, sorted by path.
fn files(dir: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("the folder exists") {
        let path = entry.expect("readable entry").path();
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path.extension().is_some_and(|e| extensions.iter().any(|x| e == *x)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// `(path below dir with slashes, bytes)` entries of a table.
fn embed(root: &Path, dir: &str, extensions: &[&str]) -> String {
    let base = root.join(dir);
    let entry = |path: PathBuf| format!("({:?}, include_bytes!({path:?})),\n", relative(&base, &path));
    files(&base, extensions).into_iter().map(entry).collect()
}

fn relative(base: &Path, path: &Path) -> String {
    path.strip_prefix(base).expect("below the folder").to_string_lossy().replace('\\', "/")
}

/// One row of the face table.
fn face(root: &Path, path: &Path) -> String {
    let data = fs::read(path).expect("the font is readable");
    let face = ttf_parser::Face::parse(&data, 0).expect("the font is well formed");
    let name = |id| {
        let mut names = face.names().into_iter();
        names.find(|n| n.name_id == id && n.is_unicode()).and_then(|n| n.to_string())
    };
    let family = name(ttf_parser::name_id::TYPOGRAPHIC_FAMILY)
        .or_else(|| name(ttf_parser::name_id::FAMILY))
        .expect("the font has a family name");
    let panose = face.raw_face().table(ttf_parser::Tag::from_bytes(b"OS/2")).and_then(|t| t.get(32..34));
    let mut row = String::new();
    writeln!(
        row,
        "Face {{ path: {:?}, family: {family:?}, version: {:?}, post_script: {:?}, weight: {}, serif: {}, data: include_bytes!({path:?}), sha256: {:?}, ranges: &{:?} }},",
        relative(&root.join("fonts"), path),
        name(ttf_parser::name_id::VERSION).unwrap_or_default(),
        name(ttf_parser::name_id::POST_SCRIPT_NAME).unwrap_or_default(),
        face.weight().to_number(),
        matches!(panose, Some([2, 2..=10])),
        sha256(&data),
        ranges(&face),
    )
    .expect("writing to a string");
    row
}

/// SHA-256 in hexadecimal.
fn sha256(data: &[u8]) -> String {
    Sha256::digest(data).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The covered code points as half-open ranges, ascending.
fn ranges(face: &ttf_parser::Face) -> Vec<(u32, u32)> {
    let mut points = Vec::new();
    for subtable in face.tables().cmap.iter().flat_map(|table| table.subtables) {
        if subtable.is_unicode() {
            subtable.codepoints(|c| points.push(c));
        }
    }
    points.sort_unstable();
    points.dedup();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for c in points {
        match ranges.last_mut() {
            Some(last) if last.1 == c => last.1 += 1,
            _ => ranges.push((c, c + 1)),
        }
    }
    ranges
}
