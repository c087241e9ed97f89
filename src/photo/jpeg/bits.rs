//! Bits of a JPEG's coded data and the Huffman codes in them (ITU-T T.81,
//! annexes C and F.2.2).

/// The lowest bit of each byte.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Coded data, from the first bit on.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    /// Bits that were read and not taken yet, the next one highest.
    held: u64,
    /// How many there are.
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, held: 0, count: 0 }
    }

    /// Holds as many bits as there are place for, up to the next marker.
    fn fill(&mut self) {
        if self.count > 56 {
            return;
        }
        if let Some(next) = self.data.first_chunk::<8>() {
            let word = u64::from_be_bytes(*next);
            // Plain bytes are taken together: none is FF where no byte of the
            // complement is 0.
            let none = !word;
            if none.wrapping_sub(EACH) & !none & (EACH << 7) == 0 {
                let bytes = (64 - self.count) / 8;
                self.held |= word >> self.count;
                self.count += bytes * 8;
                self.held &= u64::MAX << (64 - self.count);
                self.data = self.data.get(bytes as usize..).unwrap_or_default();
                return;
            }
        }
        while self.count <= 56 {
            let byte = match self.data {
                // A byte FF of the data is followed by 00 (B.1.1.5).
                [0xFF, 0x00, rest @ ..] => {
                    self.data = rest;
                    0xFF
                }
                [0xFF, ..] | [] => return,
                [byte, rest @ ..] => {
                    self.data = rest;
                    *byte
                }
            };
            self.held |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// Passes over bits, at most 64.
    pub(super) fn skip(&mut self, length: u32) -> Option<()> {
        if self.count < length {
            self.fill();
        }
        self.count = self.count.checked_sub(length)?;
        self.held = self.held.checked_shl(length).unwrap_or(0);
        Some(())
    }

    /// Takes bits as a number, at most 32.
    pub(super) fn take(&mut self, length: u32) -> Option<u32> {
        self.fill();
        let number = self.held.checked_shr(64 - length).unwrap_or(0) as u32;
        self.skip(length)?;
        Some(number)
    }

    /// Bytes that nobody took, but for the bits that fill the last one and fill
    /// bytes before a marker.
    pub(super) fn left(&self) -> usize {
        let rest = self.data.iter().rposition(|byte| *byte != 0xFF).map_or(0, |last| last + 1);
        rest + (self.count / 8) as usize
    }

    /// Passes over a restart marker, which must be the next thing and have its
    /// number (F.1.1.5.2).
    pub(super) fn restart(&mut self, number: usize) -> Option<()> {
        let marker = 0xD0 + (number % 8) as u8;
        let start = self.data.iter().position(|byte| *byte != 0xFF)?;
        let (found, rest) = self.data.get(start..)?.split_first()?;
        if start == 0 || *found != marker || self.count >= 8 {
            return None;
        }
        *self = Self::new(rest);
        Some(())
    }
}

/// Bits of a code that are looked up at once.
const AT_ONCE: u32 = 9;

/// A Huffman table.
pub(super) struct Table {
    /// By the next bits: the length of the code and its symbol; length 0 for a
    /// longer one.
    short: Vec<(u8, u8)>,
    /// By length less one: the code behind the last one, and what to add to a
    /// code for the place of its symbol.
    long: [(u32, i64); 16],
    symbols: Vec<u8>,
}

impl Table {
    /// How many codes there are of each length from 1 to 16, and their symbols.
    pub(super) fn new(counts: &[u8], symbols: &[u8]) -> Option<Self> {
        let mut short = vec![(0, 0); 1 << AT_ONCE];
        let mut long = [(0, 0); 16];
        let (mut code, mut next) = (0_u32, 0_usize);
        for (length, count) in (1_u32..).zip(counts) {
            long.get_mut(length as usize - 1)?.1 = next as i64 - i64::from(code);
            for _ in 0..*count {
                if length <= AT_ONCE {
                    let entry = (length as u8, *symbols.get(next)?);
                    let start = (code << (AT_ONCE - length)) as usize;
                    short.get_mut(start..start + (1 << (AT_ONCE - length)))?.fill(entry);
                }
                code += 1;
                next += 1;
            }
            // More codes than bits can tell apart.
            if code > 1 << length {
                return None;
            }
            long.get_mut(length as usize - 1)?.0 = code;
            code <<= 1;
        }
        Some(Self { short, long, symbols: symbols.to_vec() })
    }

    /// The symbol of the next code, and past the bits whose number its lower
    /// half says.
    #[inline]
    pub(super) fn coefficient(&self, bits: &mut Bits) -> Option<u8> {
        if bits.count < 32 {
            bits.fill();
        }
        let (length, symbol) = *self.short.get((bits.held >> (64 - AT_ONCE)) as usize)?;
        let whole = u32::from(length) + u32::from(symbol & 15);
        if length > 0 && whole <= bits.count {
            bits.held <<= whole;
            bits.count -= whole;
            return Some(symbol);
        }
        let symbol = self.symbol(bits)?;
        bits.skip(u32::from(symbol & 15))?;
        Some(symbol)
    }

    /// The symbol of the next code.
    pub(super) fn symbol(&self, bits: &mut Bits) -> Option<u8> {
        if bits.count < 16 {
            bits.fill();
        }
        let (length, symbol) = *self.short.get((bits.held >> (64 - AT_ONCE)) as usize)?;
        if length > 0 {
            bits.skip(length.into())?;
            return Some(symbol);
        }
        for (length, (end, offset)) in (1_u32..).zip(&self.long).skip(AT_ONCE as usize) {
            let code = (bits.held >> (64 - length)) as u32;
            if code < *end {
                bits.skip(length)?;
                return self.symbols.get(usize::try_from(i64::from(code) + offset).ok()?).copied();
            }
        }
        None
    }
}
