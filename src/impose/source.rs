//! A PDF to take pages from: ours or anybody's.

use flate2::read::ZlibDecoder;
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

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
    /// It has more pages than are placed.
    TooMany,
    /// A page, from 1, has no area to take.
    Page(usize),
}

/// How far pages may differ and count as of one size, in points: half a
/// millimetre.
const SLACK: f64 = 1.5;
/// Most pages that are placed.
const PAGES: usize = 200_000;

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
        let read = |(index, id)| Page::read(&document, id).ok_or(Unusable::Page(index + 1));
        let pages: Vec<Page> =
            document.page_iter().take(PAGES + 1).enumerate().map(read).collect::<Result<_, _>>()?;
        if pages.len() > PAGES {
            return Err(Unusable::TooMany);
        }
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

    /// Pages whose trim is smaller than the first's by more than half a
    /// millimetre, from 1.
    pub fn smaller_pages(&self) -> Vec<usize> {
        let (width, height) = self.trim();
        let smaller = |page: &Page| (width - page.trim.0).max(height - page.trim.1) > SLACK;
        self.those(&smaller)
    }

    /// Pages whose trim is larger, which would be cut.
    pub fn larger_pages(&self) -> Vec<usize> {
        let (width, height) = self.trim();
        let larger = |page: &Page| (page.trim.0 - width).max(page.trim.1 - height) > SLACK;
        self.those(&larger)
    }

    fn those(&self, are: &dyn Fn(&Page) -> bool) -> Vec<usize> {
        self.pages.iter().enumerate().filter(|(_, page)| are(page)).map(|(i, _)| i + 1).collect()
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
        self.lend(form.get(b"Resources").ok().cloned());
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

    /// Gives forms that a page shows, and that have no resources of their own,
    /// those of the page: they took them from there (ISO 32000-1, 7.8.3), and the
    /// page is about to be another.
    fn lend(&mut self, resources: Option<Object>) {
        let Some(resources) = resources else { return };
        let document = &self.document;
        let forms = document
            .dereference(&resources)
            .and_then(|(_, own)| own.as_dict())
            .and_then(|own| document.dereference(own.get(b"XObject")?))
            .and_then(|(_, forms)| forms.as_dict());
        let bare = |id: &ObjectId| {
            let dict = document.get_object(*id).and_then(Object::as_stream).map(|form| &form.dict);
            dict.is_ok_and(|dict| {
                !dict.has(b"Resources")
                    && dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form")
            })
        };
        let listed = forms.into_iter().flat_map(|forms| forms.iter());
        let bare: Vec<ObjectId> =
            listed.filter_map(|(_, form)| form.as_reference().ok()).filter(bare).collect();
        for id in bare {
            if let Ok(form) = self.document.get_object_mut(id).and_then(Object::as_stream_mut) {
                form.dict.set("Resources", resources.clone());
            }
        }
    }
}

impl Page {
    fn read(document: &Document, id: ObjectId) -> Option<Self> {
        let page = document.get_dictionary(id).ok()?;
        let own = |key: &[u8]| page.get(key).ok().and_then(|b| rect(document, b));
        let media = rect(document, &inherited(document, id, b"MediaBox")?)?;
        let crop = inherited(document, id, b"CropBox").and_then(|b| rect(document, &b)).unwrap_or(media);
        let crop = within(crop, media);
        // What is missing is the crop box, never the bleed box (14.11.2); PDF/X
        // may say ArtBox in place of TrimBox.
        let trim = own(b"TrimBox").or_else(|| own(b"ArtBox")).unwrap_or(crop);
        let [x0, y0, x1, y1] = within(trim, media);
        let bleed = own(b"BleedBox").map_or(crop, |bleed| within(bleed, media));
        // A bleed box that cuts the trim is none.
        let bleed = [bleed[0].min(x0), bleed[1].min(y0), bleed[2].max(x1), bleed[3].max(y1)];
        let rotate = inherited(document, id, b"Rotate").and_then(|r| r.as_float().ok()).unwrap_or(0.0);
        let rotate = (rotate.round() as i64).rem_euclid(360);
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

pub(super) fn numbers(document: &Document, object: &Object) -> Option<Vec<f64>> {
    let (_, array) = document.dereference(object).ok()?;
    let items = array.as_array().ok()?.iter();
    items.map(|v| document.dereference(v).ok()?.1.as_float().ok().map(f64::from)).collect()
}

/// A rectangle with its corners in order.
pub(super) fn rect(document: &Document, object: &Object) -> Option<[f64; 4]> {
    let [a, b, c, d]: [f64; 4] = numbers(document, object)?.try_into().ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}
