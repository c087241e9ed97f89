//! Reads the contents of a page, forms, cells and glyphs included, and hands
//! everything that is painted to an [`Inspector`], in page space.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use tiny_skia::{PathBuilder, Rect, Transform};

use super::colour::Space;
use super::fonts::{self, Font};
use super::inks::Spots;
use super::plates::SoftMask;
use super::shadings::Shading;
use super::state::State;
use super::streams::{LARGEST, Problem, decoded, is_whole};
use crate::diag::Phrase;

mod annotations;
mod forms;
mod geometry;
mod inspector;
mod layers;
mod paints;
mod patterns;
mod text;

pub(super) use geometry::outline;
pub(super) use inspector::{Inspector, Run};

/// Contents nested deeper than this are not followed.
const DEPTH: usize = 96;
/// States saved in each other (ISO 32000-1, Annex C asks for 28 of readers).
const SAVED: usize = 4096;
/// What a page may cost, in units of about a nanosecond.
const BUDGET: u64 = 1_000_000_000;
/// What an operator costs beside what it paints.
const OPERATOR: u64 = 150;
/// What a page costs that has nothing on it.
const PAGE: u64 = 400_000;
/// What contents of their own cost beside their operators, and each byte.
const CONTENTS: u64 = 3_000;
const BYTE: u64 = 3;

pub(super) struct Reader<'a, 'i> {
    fonts: &'a HashMap<fonts::Key, Font<'a>>,
    spots: &'a Spots,
    hidden: &'a [ObjectIdentifier],
    inspector: &'i mut dyn Inspector,
    state: State<'a>,
    saved: Vec<State<'a>>,
    path: PathBuilder,
    pending_clip: Option<bool>,
    text_clip: Option<PathBuilder>,
    depth: usize,
    /// The space of the contents that are read, which patterns lie in.
    base: Transform,
    /// Whether a text block is open.
    in_text: bool,
    letters: f32,
    /// Colours of the contents mean nothing: an uncoloured cell, a glyph.
    colourless: bool,
    /// Marked contents, and whether they hide what is in them.
    marked: Vec<bool>,
    budget: u64,
    shadings: HashMap<usize, Option<Rc<Shading>>>,
    masks: HashMap<(usize, [u32; 6]), Option<Rc<SoftMask>>>,
}

/// What is known of a file that its pages need.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) fonts: &'a HashMap<fonts::Key, Font<'a>>,
    pub(super) spots: &'a Spots,
    /// Layers that are not printed.
    pub(super) hidden: &'a [ObjectIdentifier],
    /// Whether anything blends by another mode than the normal one.
    pub(super) blends: bool,
    /// Text from this size on, in points, is looked at by its outlines; smaller
    /// text by the boxes of its characters.
    pub(super) letters: f32,
    /// What all pages together may cost.
    pub(super) budget: &'a AtomicU64,
}

/// Reads a page.
pub(super) fn read<'a>(page: &'a Page<'a>, shared: Shared<'a>, inspector: &mut dyn Inspector) {
    let contents = page.raw().get::<Object>(b"Contents");
    let sound = match &contents {
        Some(Object::Stream(stream)) => is_whole(stream),
        Some(Object::Array(parts)) => parts.iter::<Stream>().all(|stream| is_whole(&stream)),
        _ => true,
    };
    if !sound {
        inspector.broken(Phrase::NoContents);
    }
    let Shared { fonts, spots, hidden, letters, budget, .. } = shared;
    let granted = BUDGET.min(budget.load(Ordering::Relaxed));
    let mut reader = Reader {
        fonts,
        spots,
        hidden,
        inspector,
        state: State::new(),
        saved: vec![],
        path: PathBuilder::new(),
        pending_clip: None,
        text_clip: None,
        depth: 0,
        base: Transform::identity(),
        in_text: false,
        letters,
        colourless: false,
        marked: vec![],
        budget: granted,
        shadings: HashMap::new(),
        masks: HashMap::new(),
    };
    let defaults: [&[u8]; 3] = [b"DefaultRGB", b"DefaultCMYK", b"DefaultGray"];
    for name in defaults.into_iter().filter(|name| page.resources().color_spaces.contains_key(name)) {
        let space = Space::Foreign(String::from_utf8_lossy(name).into_owned(), 0);
        reader.inspector.space(&space, &reader.state);
    }
    let streams: Vec<Stream> = match contents {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(parts)) => parts.iter::<Stream>().collect(),
        _ => vec![],
    };
    let mut content = Vec::new();
    for stream in &streams {
        match decoded(stream) {
            Ok(bytes) => content.extend_from_slice(&bytes),
            Err(problem) => reader.unread(&problem),
        }
        content.push(b'\n');
        if content.len() as u64 > LARGEST {
            reader.inspector.unjudged(Phrase::TooMuch);
            break;
        }
    }
    if granted == 0 {
        reader.inspector.unjudged(Phrase::TooMuch);
    }
    reader.run(UntypedIter::new(&content), page.resources());
    reader.annotations(page);
    let spent = granted - reader.budget + PAGE;
    let less = |left: u64| Some(left.saturating_sub(spent));
    // Never refused: the closure always gives a value.
    let _ = budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
}

impl<'a> Reader<'a, '_> {
    /// Tells why contents are not read.
    fn unread(&mut self, problem: &Problem) {
        match problem {
            Problem::Broken => self.inspector.broken(Phrase::NoContents),
            Problem::TooMuch => self.inspector.unjudged(Phrase::TooMuch),
        }
    }

    /// Spends; tells once where nothing is left.
    fn affords(&mut self, cost: u64) -> bool {
        if self.budget == 0 {
            return false;
        }
        self.budget = self.budget.saturating_sub(cost.saturating_add(self.inspector.spent()));
        if self.budget == 0 {
            self.inspector.unjudged(Phrase::TooMuch);
        }
        self.budget > 0
    }

    fn run(&mut self, mut operations: UntypedIter, resources: &Resources<'a>) {
        let (floor, marked) = (self.saved.len(), self.marked.len());
        let outside = std::mem::take(&mut self.in_text);
        while let Some(instruction) = operations.next() {
            if !self.affords(OPERATOR) {
                break;
            }
            let operands: Vec<Object> = instruction.operands().cloned().collect();
            let operands = operands.as_slice();
            let numbers: Vec<f32> = operands
                .iter()
                .filter_map(|o| if let Object::Number(n) = o { Some(finite(n.as_f32())) } else { None })
                .collect();
            let operator: &[u8] = instruction.operator;
            match operator {
                b"q" if self.saved.len() < SAVED => self.saved.push(self.state.clone()),
                b"q" => self.inspector.unjudged(Phrase::NestedTooDeep),
                b"Q" => match self.saved.len() > floor {
                    true => self.state = self.saved.pop().unwrap_or_else(State::new),
                    false => self.inspector.broken(Phrase::Unbalanced),
                },
                b"gs" => match named(operands).and_then(|name| resources.get_ext_g_state(name)) {
                    Some(dict) => self.extend_state(&dict, resources),
                    None => self.inspector.broken(Phrase::ResourceMissing),
                },
                b"Do" => match named(operands).and_then(|name| resources.get_x_object(name)) {
                    Some(object) => self.object(&object, resources),
                    None => self.inspector.broken(Phrase::ResourceMissing),
                },
                b"BI" => {
                    if let Some(Object::Stream(image)) = operands.last() {
                        self.image(image, resources);
                    }
                }
                b"sh" => self.shade(named(operands), resources),
                b"BMC" | b"BDC" | b"EMC" => self.mark(operator, operands, resources),
                b"ri" => self.intent(named(operands)),
                b"MP" | b"DP" | b"BX" | b"EX" | b"M" | b"i" => {}
                _ => {
                    let taken = self.geometry(operator, &numbers, operands)
                        || self.colour(operator, &numbers, operands, resources)
                        || self.text(operator, &numbers, operands, resources);
                    if !taken {
                        let name: String = String::from_utf8_lossy(operator).chars().take(12).collect();
                        self.inspector.broken(Phrase::UnknownOperator(name));
                    }
                }
            }
        }
        // What was stopped for its cost has no end to be judged by.
        let ended = self.budget > 0;
        if ended && (self.marked.len() > marked || std::mem::take(&mut self.in_text)) {
            self.inspector.broken(Phrase::OpenBlocks);
        }
        if self.saved.len() > floor {
            if ended {
                self.inspector.broken(Phrase::Unbalanced);
            }
            self.saved.truncate(floor + 1);
            self.state = self.saved.pop().unwrap_or_else(State::new);
        }
        self.marked.truncate(marked);
        self.in_text = outside;
    }
}

/// Numbers that can be computed with.
fn finite(value: f32) -> f32 {
    if value.is_finite() { value.clamp(-1e6, 1e6) } else { 0.0 }
}

fn named<'b, 'a>(operands: &'b [Object<'a>]) -> Option<&'b Name<'a>> {
    operands.iter().rev().find_map(|o| if let Object::Name(name) = o { Some(name) } else { None })
}

fn numbers(array: &Array) -> Vec<f32> {
    array.iter::<Number>().map(|n| finite(n.as_f32())).collect()
}

fn matrix(numbers: &[f32]) -> Option<Transform> {
    let [a, b, c, d, e, f] = numbers.try_into().ok()?;
    Some(Transform::from_row(a, b, c, d, e, f))
}

/// The matrix of a form, cell or shading.
fn own_matrix(dict: &Dict) -> Transform {
    dict.get::<Array>(b"Matrix").and_then(|m| matrix(&numbers(&m))).unwrap_or_default()
}

/// A box with its corners in order.
fn own_box(dict: &Dict) -> Option<Rect> {
    let [x0, y0, x1, y1] = <[f32; 4]>::try_from(numbers(&dict.get::<Array>(b"BBox")?)).ok()?;
    Rect::from_ltrb(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1))
}
