//! Colour between the press and the screen, always through the output
//! profile: of single paints here, of pictures in `pictures`.

mod gradients;
mod output;
mod recolour;
mod screen;
pub(crate) mod spaces;

pub(crate) use output::{Inks, Output, PixelSpace};
pub(crate) use recolour::{for_press, for_screen, rgb};
