//! A PDF to take pages from: ours or anybody's.

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// Why a file cannot be imposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// It is encrypted.
    Encrypted,
    /// It is no PDF, or damaged.
    Broken,
    /// It has no pages.
    Empty,
    /// A stream of it cannot be read to the end.
    Damaged,
}

/// A PDF with its pages.
pub struct Source {
    pub(super) document: Document,
    pub(super) pages: Vec<Page>,
}

/// A page as it is seen: upright, in points, its trim's lower left at the
/// origin.
pub(super) struct Page {
    pub(super) id: ObjectId,
    /// From page space to the upright page.
    pub(super) matrix: [f64; 6],
    /// Width and height of the trim.
    pub(super) trim: (f64, f64),
    /// The bleed box in page space.
    bleed: [f64; 4],
    /// The least distance of its edges from the trim.
    margin: f64,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// When its pages cannot be taken.
    pub fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        let document = Document::load_mem(bytes).map_err(|error| match error {
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Unusable::Encrypted,
            _ => Unusable::Broken,
        })?;
        if document.is_encrypted() || document.was_encrypted() {
            return Err(Unusable::Encrypted);
        }
        if !document.objects.values().all(is_whole) {
            return Err(Unusable::Damaged);
        }
        let pages: Option<Vec<Page>> = document.page_iter().map(|id| Page::read(&document, id)).collect();
        let pages = pages.ok_or(Unusable::Broken)?;
        if pages.is_empty() { Err(Unusable::Empty) } else { Ok(Self { document, pages }) }
    }

    /// Number of pages.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is no page, which no source has.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Size of the first page's trim in points.
    pub fn trim(&self) -> (f64, f64) {
        self.pages[0].trim
    }

    /// Bleed that the first page has on all sides, in points.
    pub fn bleed(&self) -> f64 {
        self.pages[0].margin
    }

    /// Pages whose trim differs from the first's by more than half a
    /// millimetre, from 1.
    pub fn odd_pages(&self) -> Vec<usize> {
        let (width, height) = self.trim();
        let odd = |page: &Page| (page.trim.0 - width).abs().max((page.trim.1 - height).abs()) > 1.5;
        self.pages.iter().enumerate().filter(|(_, page)| odd(page)).map(|(i, _)| i + 1).collect()
    }

    /// Whether the file says that it is PDF/X-4.
    pub fn is_pdfx(&self) -> bool {
        let metadata = self.document.catalog().and_then(|c| c.get(b"Metadata"));
        let stream = metadata.and_then(|m| self.document.dereference(m)).and_then(|(_, o)| o.as_stream());
        let xmp = stream.and_then(Stream::get_plain_content).unwrap_or_default();
        xmp.windows(7).any(|window| window == b"PDF/X-4")
    }

    /// Turns a page's content into a form XObject. A stream of its own becomes
    /// the form, so that nothing is copied; several are joined.
    pub(super) fn form(&mut self, index: usize) -> ObjectId {
        let (id, bleed) = (self.pages[index].id, self.pages[index].bleed);
        let resources = inherited(&self.document, id, b"Resources").unwrap_or_else(|| dictionary! {}.into());
        let page = self.document.get_dictionary(id).cloned().unwrap_or_default();
        let mut form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => bleed.iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>(),
            "Resources" => resources,
        };
        if let Ok(group) = page.get(b"Group") {
            form.set("Group", group.clone());
        }
        let own = self.document.get_page_contents(id);
        let sole = match own.as_slice() {
            [one] => self.document.get_object(*one).and_then(Object::as_stream).ok().map(|s| (*one, s)),
            _ => None,
        };
        if let Some((stream, content)) = sole.filter(|(_, s)| !s.dict.has(b"Subtype")) {
            let mut content = content.clone();
            content.dict.extend(&form);
            self.document.set_object(stream, content);
            return stream;
        }
        let joined = self.document.get_page_content(id);
        let mut stream = Stream::new(form, joined);
        // A stream that does not shrink stays as it is.
        let _ = stream.compress();
        self.document.add_object(stream)
    }

    /// What annotations of a page look like: form and the matrix that puts it
    /// in its place in page space (ISO 32000-1, 12.5.5).
    pub(super) fn appearances(&self, index: usize) -> Vec<(ObjectId, [f64; 6])> {
        let annotations = self.document.get_page_annotations(self.pages[index].id).unwrap_or_default();
        annotations.into_iter().filter_map(|annotation| self.appearance(annotation)).collect()
    }

    fn appearance(&self, annotation: &Dictionary) -> Option<(ObjectId, [f64; 6])> {
        let document = &self.document;
        let get = |dict: &Dictionary, key: &[u8]| {
            document.dereference(dict.get(key).ok()?).ok().map(|(_, o)| o.clone())
        };
        // Hidden, or not for viewing (table 165).
        let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or(0);
        if flags & 0b10_0010 != 0
            || annotation.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Popup")
        {
            return None;
        }
        let looks = get(annotation, b"AP")?.as_dict().ok()?.clone();
        let mut normal = looks.get(b"N").ok()?.clone();
        if let Some(Object::Dictionary(states)) = document.dereference(&normal).ok().map(|(_, o)| o.clone()) {
            let state = annotation.get(b"AS").and_then(Object::as_name).ok()?;
            normal = states.get(state).ok()?.clone();
        }
        let id = normal.as_reference().ok()?;
        let form = document.get_object(id).and_then(Object::as_stream).ok()?;
        let bbox = rect(document, form.dict.get(b"BBox").ok()?)?;
        let at = rect(document, annotation.get(b"Rect").ok()?)?;
        let matrix =
            form.dict.get(b"Matrix").ok().and_then(|m| numbers(document, m)).and_then(|m| m.try_into().ok());
        let matrix: [f64; 6] = matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let corners = [(bbox[0], bbox[1]), (bbox[2], bbox[1]), (bbox[0], bbox[3]), (bbox[2], bbox[3])];
        let placed = corners.map(|(x, y)| {
            (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        });
        let (xs, ys) = (placed.map(|p| p.0), placed.map(|p| p.1));
        let span = |v: [f64; 4]| {
            (
                v.iter().copied().fold(f64::INFINITY, f64::min),
                v.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            )
        };
        let ((x0, x1), (y0, y1)) = (span(xs), span(ys));
        let scale = |from: f64, to: f64| if from.abs() > 1e-9 { to / from } else { 1.0 };
        let (sx, sy) = (scale(x1 - x0, at[2] - at[0]), scale(y1 - y0, at[3] - at[1]));
        Some((id, [sx, 0.0, 0.0, sy, at[0] - sx * x0, at[1] - sy * y0]))
    }
}

impl Page {
    fn read(document: &Document, id: ObjectId) -> Option<Self> {
        let page = document.get_dictionary(id).ok()?;
        let own = |key: &[u8]| page.get(key).ok().and_then(|b| rect(document, b));
        let media = rect(document, &inherited(document, id, b"MediaBox")?)?;
        let crop = inherited(document, id, b"CropBox").and_then(|b| rect(document, &b)).unwrap_or(media);
        let crop = within(crop, media);
        let bleed = own(b"BleedBox").map_or(crop, |bleed| within(bleed, media));
        let [x0, y0, x1, y1] = own(b"TrimBox").map_or(bleed, |trim| within(trim, media));
        let rotate =
            inherited(document, id, b"Rotate").and_then(|r| r.as_i64().ok()).unwrap_or(0).rem_euclid(360);
        let unit = page.get(b"UserUnit").and_then(Object::as_float).map_or(1.0, f64::from);
        let (matrix, trim) = match rotate {
            90 => ([0.0, -1.0, 1.0, 0.0, -y0, x1], (y1 - y0, x1 - x0)),
            180 => ([-1.0, 0.0, 0.0, -1.0, x1, y1], (x1 - x0, y1 - y0)),
            270 => ([0.0, 1.0, -1.0, 0.0, y1, -x0], (y1 - y0, x1 - x0)),
            _ => ([1.0, 0.0, 0.0, 1.0, -x0, -y0], (x1 - x0, y1 - y0)),
        };
        let matrix = matrix.map(|v: f64| v * unit);
        let edges = [x0 - bleed[0], y0 - bleed[1], bleed[2] - x1, bleed[3] - y1];
        let margin = edges.into_iter().fold(f64::INFINITY, f64::min).max(0.0) * unit;
        let trim = (trim.0 * unit, trim.1 * unit);
        (trim.0 > 1.0 && trim.1 > 1.0).then_some(Self { id, matrix, trim, bleed, margin })
    }
}

/// Whether a deflated stream can be read to its end; readers differ in what
/// they make of one that cannot.
fn is_whole(object: &Object) -> bool {
    let Object::Stream(stream) = object else { return true };
    let deflated = stream.filters().is_ok_and(|filters| filters == [b"FlateDecode"]);
    !deflated || std::io::copy(&mut ZlibDecoder::new(&*stream.content), &mut std::io::sink()).is_ok()
}

fn within(inner: [f64; 4], outer: [f64; 4]) -> [f64; 4] {
    let both =
        [inner[0].max(outer[0]), inner[1].max(outer[1]), inner[2].min(outer[2]), inner[3].min(outer[3])];
    if both[0] < both[2] && both[1] < both[3] { both } else { outer }
}

/// An entry of a page, or of a node above it.
fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..64 {
        if let Ok(value) = node.get(key) {
            return Some(match key {
                // Resources are shared by reference, never copied.
                b"Resources" => value.clone(),
                _ => document.dereference(value).ok()?.1.clone(),
            });
        }
        node = document.dereference(node.get(b"Parent").ok()?).ok()?.1.as_dict().ok()?;
    }
    None
}

fn numbers(document: &Document, object: &Object) -> Option<Vec<f64>> {
    let (_, array) = document.dereference(object).ok()?;
    let items = array.as_array().ok()?.iter();
    items.map(|v| document.dereference(v).ok()?.1.as_float().ok().map(f64::from)).collect()
}

/// A rectangle with its corners in order.
fn rect(document: &Document, object: &Object) -> Option<[f64; 4]> {
    let [a, b, c, d]: [f64; 4] = numbers(document, object)?.try_into().ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}
