//! Pages onto sheets: every page once, as a form XObject, clipped at the fold.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::drawn::{Drawn, MarkForms};
use super::fit::Grid;
use super::identity;
use super::plan::{Cell, Duplex, Plan, Sheet};
pub use super::sheet_marks::Words;
use super::sheet_marks::{self, Wanted};
use super::source::Source;
use crate::marks::Kit;
use crate::model::{Marks, Mm};

/// What else a placing needs.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// How sheets are turned.
    pub duplex: Duplex,
    /// Thickness of a leaf, for creep.
    pub caliper: Mm,
    /// Size of a page on the sheet, of its own.
    pub scale: f64,
    /// Marks outside the block.
    pub marks: Marks,
    /// Collation marks on the fold, for sections that follow each other.
    pub collate: bool,
    /// What the slug begins with.
    pub words: &'a str,
    /// The slug in Chinese or English.
    pub slug: Words,
    /// Lines for a first sheet of its own, such as how to set the printer.
    pub note: &'a [String],
}

/// Entries of the catalog that lead to pages which are no more.
const PAGEWISE: &[&[u8]] = &[
    b"Outlines",
    b"Dests",
    b"Names",
    b"OpenAction",
    b"AA",
    b"AcroForm",
    b"StructTreeRoot",
    b"MarkInfo",
    b"PageLabels",
    b"PageLayout",
    b"PageMode",
    b"Threads",
];

/// A page ready to be placed.
struct Ready {
    /// Names of the form and of what stands on it, with the matrices of these.
    names: Vec<(String, ObjectId, [f64; 6])>,
    matrix: [f64; 6],
    trim: (f64, f64),
}

const IDENTITY: [f64; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Places the pages of a source by a plan.
pub fn place(mut source: Source, plan: &Plan, grid: &Grid, options: &Options) -> Vec<u8> {
    let ready: Vec<Ready> = (0..source.pages.len()).map(|index| ready(&mut source, index)).collect();
    let group = source
        .pages
        .iter()
        .find_map(|page| source.document.get_dictionary(page.id).ok()?.get(b"Group").ok().cloned());
    let slug = |number: usize, back: bool| {
        options.slug.slug(
            options.words,
            number + 1,
            plan.sheets.len(),
            &plan.sheets[number],
            back,
            options.duplex,
        )
    };
    let slugs: Vec<String> = (0..plan.sheets.len()).flat_map(|n| [slug(n, false), slug(n, true)]).collect();
    let wanted = slugs.iter().filter(|_| options.marks.slug).chain(options.note).map(String::as_str);
    let kit = Kit::new(&mut source.document, wanted);
    let tree = source.document.new_object_id();
    let base = base(&mut source, tree, grid, group);
    let mut forms = MarkForms::default();
    let mut kids = Vec::new();
    if !options.note.is_empty() {
        for drawn in [note(options.note, grid, &kit), Drawn::default()] {
            kids.push(page(&mut source, &base, drawn));
        }
    }
    let flip = grid.turns_back(options.duplex);
    for (number, sheet) in plan.sheets.iter().enumerate() {
        for back in [false, true] {
            let cells = if back { &sheet.back } else { &sheet.front };
            let turned = flip && back;
            let cells = if turned { Sheet::half_turned(cells) } else { cells.clone() };
            let mut drawn = side(sheet, &cells, turned, grid, &ready, options);
            if options.marks.any() {
                let wanted = Wanted { marks: options.marks, collation: options.collate && !back };
                let marks = sheet_marks::draw(grid, sheet, &cells, turned, wanted);
                let form = forms.form(&mut source, marks, &kit);
                drawn.content += &format!("/{} Do\n", form.0);
                drawn.used.push(form);
            }
            if options.marks.slug {
                let slug = &slugs[2 * number + usize::from(back)];
                drawn.put(kit.letter(slug, sheet_marks::slug_place(grid, sheet, turned), 5.5));
            }
            kids.push(page(&mut source, &base, drawn));
        }
    }
    let count = kids.len();
    let kids: Vec<Object> = kids.into_iter().map(Object::Reference).collect();
    source
        .document
        .set_object(tree, dictionary! { "Type" => "Pages", "Count" => count as i64, "Kids" => kids });
    let made_of = format!("{} {:?} {plan:?} {grid:?}", options.words, options.duplex);
    finish(source, tree, &made_of)
}

fn ready(source: &mut Source, index: usize) -> Ready {
    let mut names = vec![(format!("P{}", index + 1), source.form(index), IDENTITY)];
    for (i, (form, matrix)) in source.appearances(index).into_iter().enumerate() {
        names.push((format!("P{}A{}", index + 1, i + 1), form, matrix));
    }
    let page = &source.pages[index];
    Ready { names, matrix: page.matrix, trim: page.trim }
}

/// The operators of a side and the pages it uses.
fn side(
    sheet: &Sheet,
    cells: &[Cell],
    turned: bool,
    grid: &Grid,
    ready: &[Ready],
    options: &Options,
) -> Drawn {
    let mut drawn = Drawn::default();
    for (i, cell) in cells.iter().enumerate() {
        let Some(page) = cell.page.and_then(|page| ready.get(page - 1)) else { continue };
        let at = sheet_marks::corner(grid, sheet, i, turned);
        drawn.content += &placed(page, cell, at, grid, options);
        drawn.used.extend(page.names.iter().map(|(name, form, _)| (name.clone(), *form)));
    }
    drawn
}

/// The operators that place one page on a cell with its trim's lower left
/// corner at a point.
fn placed(page: &Ready, cell: &Cell, (x, y): (f64, f64), grid: &Grid, options: &Options) -> String {
    let (trim, bleed) = (grid.pages.trim, grid.pages.bleed.pt());
    let (width, height) = (trim.width.pt(), trim.height.pt());
    // Nothing beyond the fold, the bleed on the other three edges.
    let (left, right) = match (grid.pages.folded, cell.spine_right) {
        (false, _) => (bleed, bleed),
        (true, true) => (bleed, 0.0),
        (true, false) => (0.0, bleed),
    };
    let clip = format!(
        "{:.4} {:.4} {:.4} {:.4} re W n\n",
        x - left,
        y - bleed,
        width + left + right,
        height + 2.0 * bleed
    );
    let s = options.scale;
    let creep = cell.creep as f64 * options.caliper.pt() * if cell.spine_right { 1.0 } else { -1.0 };
    let (middle_x, middle_y) = (x + width / 2.0 + creep, y + height / 2.0);
    let (half_w, half_h) = (page.trim.0 * s / 2.0, page.trim.1 * s / 2.0);
    let upright = if cell.turned {
        [-s, 0.0, 0.0, -s, middle_x + half_w, middle_y + half_h]
    } else {
        [s, 0.0, 0.0, s, middle_x - half_w, middle_y - half_h]
    };
    let mut content = format!("q\n{clip}{} cm\n", written(then(page.matrix, upright)));
    for (name, _, matrix) in &page.names {
        if *matrix == IDENTITY {
            content += &format!("/{name} Do\n");
        } else {
            content += &format!("q {} cm /{name} Do Q\n", written(*matrix));
        }
    }
    content + "Q\n"
}

/// Lines in the middle of a sheet.
fn note(lines: &[String], grid: &Grid, kit: &Kit) -> Drawn {
    let (x, middle) = (Mm(30.0).pt() as f32, grid.sheet.height.pt() as f32 / 2.0);
    let mut drawn = Drawn::default();
    for (i, line) in lines.iter().enumerate() {
        drawn.put(kit.letter(line, (x, middle - 26.0 * i as f32), 15.0));
    }
    drawn
}

/// One matrix after another.
fn then(first: [f64; 6], second: [f64; 6]) -> [f64; 6] {
    let [a, b, c, d, e, f] = first;
    let [p, q, r, s, t, u] = second;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

fn written(matrix: [f64; 6]) -> String {
    matrix.map(|v| format!("{v:.5}")).join(" ")
}

/// What all sheets have alike; the box is one object for all.
fn base(source: &mut Source, tree: ObjectId, grid: &Grid, group: Option<Object>) -> Dictionary {
    let size = [0.0, 0.0, grid.sheet.width.pt(), grid.sheet.height.pt()];
    let size: Vec<Object> =
        size.iter().map(|v| Object::Real((*v * 1000.0).round() as f32 / 1000.0)).collect();
    let size = source.document.add_object(size);
    let mut page = dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => size, "BleedBox" => size, "TrimBox" => size,
    };
    if let Some(group) = group {
        // One object for all; what is a reference already stays one (7.3.8.1: an
        // object is no reference).
        let group = match group {
            reference @ Object::Reference(_) => reference,
            direct => source.document.add_object(direct).into(),
        };
        page.set("Group", group);
    }
    page
}

fn page(source: &mut Source, base: &Dictionary, drawn: Drawn) -> ObjectId {
    let mut stream = Stream::new(dictionary! {}, drawn.content.into_bytes());
    stream.compress().expect("memory does not fail");
    let contents = source.document.add_object(stream);
    let forms: Dictionary =
        drawn.used.into_iter().map(|(name, form)| (name, Object::Reference(form))).collect();
    let mut page = base.clone();
    page.set("Contents", contents);
    page.set("Resources", dictionary! { "XObject" => forms });
    source.document.add_object(page)
}

fn finish(source: Source, tree: ObjectId, made_of: &str) -> Vec<u8> {
    // The pages' tags are gone, and with them what a PDF/A or PDF/UA claims.
    let keeps_identity = source.is_pdfx();
    let mut document = source.document;
    if let Ok(catalog) = document.catalog_mut() {
        catalog.set("Pages", tree);
        PAGEWISE.iter().for_each(|key| drop(catalog.remove(key)));
        if !keeps_identity {
            catalog.remove(b"Metadata");
        }
    }
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            stream.dict.remove(b"StructParents");
            stream.dict.remove(b"StructParent");
        }
    }
    document.prune_objects();
    document.renumber_objects();
    identity::renew(&mut document, made_of);
    // Older writers' cross-reference streams are written as tables.
    document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    let mut pdf = Vec::new();
    document.save_to(&mut pdf).expect("memory does not fail");
    pdf
}
