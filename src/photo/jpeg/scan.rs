//! Whether the coded data of a JPEG are whole: every block that the frame
//! announces is there and nothing is left over (ITU-T T.81, annexes F and G).
//! Decoders paint grey over what is missing and go on; nothing is painted
//! here, the codes are only followed to their end.

use super::bits::{Bits, Table};
use super::{SOS, Segment};

/// Bytes that some cameras leave behind the last block.
const LEFT_OVER: usize = 2;

/// Whether all blocks are there. Kinds of coding that are not followed here
/// (arithmetic, lossless, hierarchical) are left to the decoder.
pub(super) fn is_whole(segments: &[Segment], data: &[u8]) -> bool {
    let mut picture = Coded::default();
    let mut scans = 0;
    for segment in segments {
        let read = match segment.marker {
            0xC4 => picture.define(segment.content),
            0xC0..=0xC2 => picture.frame(segment.marker == 0xC2, segment.content),
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCF => return true,
            0xDD => picture.restart(segment.content),
            SOS => {
                scans += 1;
                let coded = data.get(segment.whole.start + 4 + segment.content.len()..segment.whole.end);
                coded.and_then(|coded| picture.scan(segment.content, coded))
            }
            _ => Some(()),
        };
        if read.is_none() {
            return false;
        }
    }
    scans > 0 && picture.begun()
}

/// One component of a frame.
#[derive(Default)]
struct Component {
    id: u8,
    /// Blocks across and down in each unit of a scan of several components.
    sampling: [usize; 2],
    /// Blocks across and down that hold pixels.
    own: [usize; 2],
    /// Blocks from one row to the next.
    stride: usize,
    /// Of each block, which coefficients are known to be there; kept where
    /// later scans refine them.
    there: Vec<u64>,
    /// Whether a scan has brought its first coefficient.
    begun: bool,
}

/// What is known of a picture between two segments.
#[derive(Default)]
struct Coded {
    progressive: bool,
    components: Vec<Component>,
    units: [usize; 2],
    interval: usize,
    dc: [Option<Table>; 4],
    ac: [Option<Table>; 4],
}

/// The part of the coefficients that a scan brings (G.1.1.1).
#[derive(Clone, Copy)]
struct Band {
    first: usize,
    last: usize,
    refines: bool,
}

impl Coded {
    fn begun(&self) -> bool {
        self.components.iter().all(|component| component.begun)
    }

    /// Huffman tables (B.2.4.2).
    fn define(&mut self, mut content: &[u8]) -> Option<()> {
        while let Some((kind, rest)) = content.split_first() {
            let (counts, rest) = rest.split_at_checked(16)?;
            let length = counts.iter().map(|count| usize::from(*count)).sum();
            let (symbols, rest) = rest.split_at_checked(length)?;
            let tables = if kind >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *tables.get_mut(usize::from(kind & 15))? = Some(Table::new(counts, symbols)?);
            content = rest;
        }
        Some(())
    }

    /// The frame header (B.2.2).
    fn frame(&mut self, progressive: bool, content: &[u8]) -> Option<()> {
        let &[_, y1, y0, x1, x0, count, ref rest @ ..] = content else { return None };
        let size = [[x1, x0], [y1, y0]].map(|side| usize::from(u16::from_be_bytes(side)));
        let told = rest.as_chunks::<3>().0.get(..usize::from(count))?;
        let sampling = |own: u8| [usize::from(own >> 4), usize::from(own & 15)];
        let fits = told.iter().all(|[_, own, _]| sampling(*own).iter().all(|n| (1..=4).contains(n)));
        if !self.components.is_empty() || told.is_empty() || !fits || size.contains(&0) {
            return None;
        }
        let most = |axis: usize| told.iter().map(|[_, own, _]| sampling(*own)[axis]).max();
        let most = [most(0)?, most(1)?];
        self.progressive = progressive;
        self.units = [0, 1].map(|axis| size[axis].div_ceil(8 * most[axis]));
        for &[id, own, _] in told {
            let sampling = sampling(own);
            let own = [0, 1].map(|axis| (size[axis] * sampling[axis]).div_ceil(most[axis]).div_ceil(8));
            let stride = self.units[0] * sampling[0];
            self.components.push(Component { id, sampling, own, stride, ..Component::default() });
        }
        Some(())
    }

    fn restart(&mut self, content: &[u8]) -> Option<()> {
        let &[high, low] = content else { return None };
        self.interval = usize::from(u16::from_be_bytes([high, low]));
        Some(())
    }

    /// A scan with its header (B.2.3) and coded data.
    fn scan(&mut self, header: &[u8], data: &[u8]) -> Option<()> {
        let (count, rest) = header.split_first()?;
        let (named, rest) = rest.split_at_checked(usize::from(*count) * 2)?;
        let &[first, last, bits] = rest else { return None };
        let band = Band { first: first.into(), last: last.into(), refines: bits >> 4 != 0 };
        let sound = band.first <= band.last && band.last < 64;
        let whole = band.first == 0 && band.last == 63 && !band.refines;
        if !sound || (!self.progressive && !whole) || (band.first == 0 && band.last > 0 && self.progressive) {
            return None;
        }
        let mut parts = Vec::new();
        for &[id, tables] in named.as_chunks::<2>().0 {
            let index = self.components.iter().position(|component| component.id == id)?;
            parts.push((index, usize::from(tables >> 4), usize::from(tables & 15)));
        }
        if self.progressive && band.first > 0 {
            let [(index, ..)] = parts[..] else { return None };
            let component = &mut self.components[index];
            component.there.resize(component.stride * self.units[1] * component.sampling[1], 0);
        }
        let mut bits = Bits::new(data);
        let mut run = 0;
        let alone = parts.len() == 1;
        let [across, down] = match &parts[..] {
            [] => return None,
            [(index, ..)] => self.components[*index].own,
            _ => self.units,
        };
        for unit in 0..across * down {
            if self.interval > 0 && unit > 0 && unit % self.interval == 0 {
                bits.restart(unit / self.interval - 1)?;
                run = 0;
            }
            let (x, y) = (unit % across, unit / across);
            for &(index, dc, ac) in &parts {
                let component = &mut self.components[index];
                component.begun |= band.first == 0;
                let [w, h] = if alone { [1, 1] } else { component.sampling };
                for block in 0..w * h {
                    if !self.progressive {
                        sequential(&mut bits, self.dc.get(dc)?.as_ref()?, self.ac.get(ac)?.as_ref()?)?;
                    } else if band.first == 0 && band.refines {
                        bits.skip(1)?;
                    } else if band.first == 0 {
                        let length = self.dc.get(dc)?.as_ref()?.symbol(&mut bits)?;
                        bits.skip(length.into())?;
                    } else {
                        let at = (y * h + block / w) * component.stride + x * w + block % w;
                        let (table, there) = (self.ac.get(ac)?.as_ref()?, component.there.get_mut(at)?);
                        if band.refines {
                            refined(&mut bits, table, band, there, &mut run)?;
                        } else {
                            begun(&mut bits, table, band, there, &mut run)?;
                        }
                    }
                }
            }
        }
        (bits.left() <= LEFT_OVER).then_some(())
    }
}

/// A block of a sequential scan (F.1.2).
fn sequential(bits: &mut Bits, dc: &Table, ac: &Table) -> Option<()> {
    dc.coefficient(bits)?;
    let mut at = 1;
    while at < 64 {
        let symbol = ac.coefficient(bits)?;
        match (symbol >> 4, symbol & 15) {
            (15, 0) => at += 16,
            (_, 0) => return Some(()),
            (zeros, _) => at += usize::from(zeros) + 1,
        }
    }
    (at == 64).then_some(())
}

/// The first scan of a band of coefficients (G.1.2.2).
fn begun(bits: &mut Bits, ac: &Table, band: Band, there: &mut u64, run: &mut u32) -> Option<()> {
    if *run > 0 {
        *run -= 1;
        return Some(());
    }
    let mut at = band.first;
    while at <= band.last {
        let symbol = ac.symbol(bits)?;
        let (zeros, length) = (symbol >> 4, symbol & 15);
        match (zeros, length) {
            (15, 0) => at += 16,
            (_, 0) => {
                *run = (1 << zeros) - 1 + bits.take(zeros.into())?;
                return Some(());
            }
            _ => {
                at += usize::from(zeros);
                *there |= 1_u64.checked_shl(at as u32)?;
                bits.skip(length.into())?;
                at += 1;
            }
        }
    }
    (at == band.last + 1).then_some(())
}

/// A later scan of a band, one bit more of each coefficient (G.1.2.3).
fn refined(bits: &mut Bits, ac: &Table, band: Band, there: &mut u64, run: &mut u32) -> Option<()> {
    let mut at = band.first;
    while *run == 0 && at <= band.last {
        let symbol = ac.symbol(bits)?;
        let (mut zeros, length) = (symbol >> 4, symbol & 15);
        match (zeros, length) {
            (15, 0) => {}
            (_, 0) => {
                *run = (1 << zeros) + bits.take(zeros.into())?;
                break;
            }
            _ => bits.skip(1)?,
        }
        while at <= band.last {
            if *there >> at & 1 == 1 {
                bits.skip(1)?;
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            at += 1;
        }
        if length > 0 {
            if at > band.last {
                return None;
            }
            *there |= 1 << at;
        }
        at += 1;
    }
    if *run > 0 {
        let rest = (at..=band.last).filter(|at| *there >> at & 1 == 1).count();
        bits.skip(rest as u32)?;
        *run -= 1;
    }
    Some(())
}
