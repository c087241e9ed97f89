//! Groups and masks: painted apart, then put on what is below (ISO 32000-1,
//! 11.4 and 11.5).

use std::rc::Rc;

use tiny_skia::Rect;

use super::area::Area;
use super::layers::{Layer, by, darkness, mixed};
use super::{Blend, Plates, SoftMask};
use crate::preflight::inks::{ALL, MOST};

/// Groups in each other that are computed.
const GROUPS: usize = 24;
/// What a pixel of a group or mask costs to be cleared and put down.
const COST: u64 = 16;

/// What is below a group.
pub(super) enum Below<const N: usize> {
    /// The group is on its own, and is put there.
    Isolated(Layer<N>, Group),
    /// The group is painted there at once; this is what was there before.
    Open(Layer<N>, Group),
    /// A mask is drawn.
    Mask(Layer<N>),
}

/// A group, and how it is put on what is below.
#[derive(Clone)]
pub(in crate::preflight) struct Group {
    pub(in crate::preflight) isolated: bool,
    pub(in crate::preflight) knockout: bool,
    pub(in crate::preflight) blend: Blend,
    pub(in crate::preflight) alpha: f32,
    pub(in crate::preflight) mask: Option<Rc<SoftMask>>,
    /// What it lies within, in page space.
    pub(in crate::preflight) bounds: Option<Rect>,
}

impl Group {
    /// Whether it does anything that painting its contents one by one would not.
    pub(in crate::preflight) fn matters(&self) -> bool {
        self.isolated
            || self.knockout
            || self.blend != Blend::Normal
            || self.alpha < 1.0
            || self.mask.is_some()
    }
}

/// How a form becomes a mask (ISO 32000-1, 11.5).
pub(in crate::preflight) struct Mask<'m> {
    /// By what its colours weigh, instead of where it is painted at all.
    pub(in crate::preflight) luminosity: bool,
    /// Weight of what it does not reach.
    pub(in crate::preflight) backdrop: f32,
    /// What becomes of a weight.
    pub(in crate::preflight) transfer: &'m dyn Fn(f32) -> f32,
    /// Where it may differ from what it does not reach.
    pub(in crate::preflight) bounds: Option<Rect>,
}

impl<const N: usize> Plates<N> {
    /// Begins a group. Says whether it is computed as one.
    pub(in crate::preflight) fn begin(&mut self, group: &Group) -> bool {
        let deep = self.below.len() >= GROUPS;
        let size = self.width * self.height;
        self.spent += size as u64 * COST;
        // An open group that blends is taken as one of its own: that differs
        // only where its contents blend or overprint as well.
        let layer = match group.isolated || group.blend != Blend::Normal {
            true if !deep => {
                let fresh = Layer { ink: vec![[0; N]; size], alpha: Some(vec![0; size]) };
                Below::Isolated(std::mem::replace(&mut self.layer, fresh), group.clone())
            }
            _ => {
                let kept = match deep {
                    true => Layer { ink: vec![], alpha: None },
                    false => Layer { ink: self.layer.ink.clone(), alpha: self.layer.alpha.clone() },
                };
                Below::Open(kept, group.clone())
            }
        };
        self.below.push(layer);
        !deep && !group.knockout
    }

    /// Ends a group and puts it on what is below.
    pub(in crate::preflight) fn end(&mut self) {
        match self.below.pop() {
            Some(Below::Isolated(below, group)) => {
                let area = self.area_of(group.bounds);
                let own = std::mem::replace(&mut self.layer, below);
                if let Some(area) = area {
                    self.lay(&own, &group, area);
                }
            }
            Some(Below::Open(before, group)) if !before.ink.is_empty() => {
                if let Some(area) = self.area_of(group.bounds) {
                    self.fade(&before, &group, area);
                }
            }
            Some(Below::Mask(below)) => self.layer = below,
            _ => {}
        }
    }

    /// Puts a group that is on its own on what is below.
    fn lay(&mut self, own: &Layer<N>, group: &Group, area: Area) {
        let strength = (group.alpha * 255.0).round() as u32;
        let Some(covers) = &own.alpha else { return };
        for y in area.y0..area.y1 {
            for x in area.x0..area.x1 {
                let index = y * self.width + x;
                let through = by(strength, group.mask.as_ref().map_or(255, |mask| mask.at(x, y)));
                let alpha = u32::from(covers[index]);
                if alpha == 0 || through == 0 {
                    continue;
                }
                // The group's own colour, no longer multiplied.
                let mut inks = [0; MOST];
                for (ink, own) in inks.iter_mut().zip(own.ink[index]) {
                    *ink = ((u32::from(own) * 255 + alpha / 2) / alpha).min(255) as u8;
                }
                self.layer.put(index, &inks, ALL, group.blend, by(alpha, through));
            }
        }
    }

    /// Takes a group that was painted on what is below partly back.
    fn fade(&mut self, before: &Layer<N>, group: &Group, area: Area) {
        let strength = (group.alpha * 255.0).round() as u32;
        for y in area.y0..area.y1 {
            for x in area.x0..area.x1 {
                let index = y * self.width + x;
                let through = by(strength, group.mask.as_ref().map_or(255, |mask| mask.at(x, y)));
                let mix = |old: u8, new: u8| mixed(old, new, through);
                for (new, old) in self.layer.ink[index].iter_mut().zip(before.ink[index]) {
                    *new = mix(old, *new);
                }
                if let (Some(new), Some(old)) = (&mut self.layer.alpha, &before.alpha) {
                    new[index] = mix(old[index], new[index]);
                }
            }
        }
    }

    /// Begins to draw a mask.
    pub(in crate::preflight) fn begin_mask(&mut self) {
        let size = self.width * self.height;
        self.spent += size as u64 * COST;
        let fresh = Layer { ink: vec![[0; N]; size], alpha: Some(vec![0; size]) };
        self.below.push(Below::Mask(std::mem::replace(&mut self.layer, fresh)));
    }

    /// Ends a mask.
    pub(in crate::preflight) fn end_mask(&mut self, mask: &Mask) -> Option<SoftMask> {
        let Some(Below::Mask(below)) = self.below.pop() else { return None };
        let drawn = std::mem::replace(&mut self.layer, below);
        let transferred: Vec<u8> = (0..=255_u32)
            .map(|v| ((mask.transfer)(v as f32 / 255.0).clamp(0.0, 1.0) * 255.0).round() as u8)
            .collect();
        let weight = |value: f32| transferred[(value.clamp(0.0, 1.0) * 255.0).round() as usize];
        let outside = weight(if mask.luminosity { mask.backdrop } else { 0.0 });
        let area = self.area_of(mask.bounds).unwrap_or(Area { x0: 0, y0: 0, x1: 0, y1: 0 });
        let mut values = Vec::with_capacity(area.size());
        for y in area.y0..area.y1 {
            for x in area.x0..area.x1 {
                let index = y * self.width + x;
                let alpha = drawn.alpha.as_ref().map_or(1.0, |alpha| f32::from(alpha[index]) / 255.0);
                values.push(weight(match mask.luminosity {
                    true => alpha - darkness(&drawn.ink[index]).min(alpha) + (1.0 - alpha) * mask.backdrop,
                    false => alpha,
                }));
            }
        }
        Some(SoftMask { area, values, outside })
    }
}
