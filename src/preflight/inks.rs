//! The plates of a file, and how much ink a colour puts on which.

/// Plates of process inks: cyan, magenta, yellow, black.
pub(super) const PROCESS: usize = 4;
/// Most plates that are computed: the process inks and eight spot inks.
pub(super) const MOST: usize = 12;

/// Plates by bits, the first plate lowest.
pub(super) type Set = u16;

/// The four process plates.
pub(super) const PROCESS_SET: Set = 0b1111;
/// Every plate there is.
pub(super) const ALL: Set = Set::MAX;

/// Which plates a colorant prints on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plate {
    /// One plate.
    One(usize),
    /// Registration colour: every plate, of which there are so many.
    All(usize),
    /// No plate; also of a spot ink beyond those that are computed.
    None,
}

/// Names of the spot inks of a file, in the order of their plates.
#[derive(Debug, Clone, Default)]
pub(super) struct Spots(pub(super) Vec<String>);

impl Spots {
    /// The plate of a colorant.
    pub(super) fn plate(&self, name: &str) -> Plate {
        let process = ["Cyan", "Magenta", "Yellow", "Black"].iter().position(|known| *known == name);
        let spot = || self.0.iter().take(MOST - PROCESS).position(|known| known == name);
        match (name, process) {
            ("All", _) => Plate::All((PROCESS + self.0.len()).min(MOST)),
            ("None", _) => Plate::None,
            (_, Some(index)) => Plate::One(index),
            _ => spot().map_or(Plate::None, |index| Plate::One(PROCESS + index)),
        }
    }

    /// Whether some have no plate that is computed.
    pub(super) fn overflow(&self) -> bool {
        self.0.len() > MOST - PROCESS
    }
}

/// Ink of a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Inks {
    /// From 0 to 1 a plate.
    pub(super) amounts: [f32; MOST],
    /// Plates that the colour speaks of; the others it leaves bare, or, where it
    /// overprints, as they are.
    pub(super) of: Set,
}

impl Inks {
    /// A colour of the process inks.
    pub(super) fn process([c, m, y, k]: [f32; 4]) -> Self {
        let mut amounts = [0.0; MOST];
        amounts[..PROCESS].copy_from_slice(&[c, m, y, k].map(|v| v.clamp(0.0, 1.0)));
        Self { amounts, of: PROCESS_SET }
    }

    /// Tints of colorants.
    pub(super) fn tints<'a>(tints: impl Iterator<Item = (Plate, &'a f32)>) -> Self {
        let mut inks = Self { amounts: [0.0; MOST], of: 0 };
        for (plate, tint) in tints {
            let tint = tint.clamp(0.0, 1.0);
            match plate {
                Plate::One(index) => {
                    inks.amounts[index] = (inks.amounts[index] + tint).min(1.0);
                    inks.of |= 1 << index;
                }
                Plate::All(count) => {
                    inks.amounts.iter_mut().take(count).for_each(|amount| *amount = tint);
                    inks.of = ALL;
                }
                Plate::None => {}
            }
        }
        inks
    }

    /// Total ink, 1 for a full plate.
    pub(super) fn total(&self) -> f32 {
        self.amounts.iter().sum()
    }

    /// Whether it is paper: no ink on the plates that it speaks of.
    pub(super) fn is_white(&self) -> bool {
        self.of != 0 && self.total() == 0.0
    }

    /// Whether it is black and nothing else.
    pub(super) fn is_black(&self) -> bool {
        self.amounts[3] >= 0.995 && self.total() - self.amounts[3] == 0.0
    }

    /// Of 255 a plate.
    pub(super) fn bytes(&self) -> [u8; MOST] {
        self.amounts.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8)
    }
}
