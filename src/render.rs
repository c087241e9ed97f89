//! Frames → screen edition and pictures.

mod covers;
mod facing;
mod pending;
mod preview;
mod reduced;
mod screen;

pub use covers::Side;
pub(crate) use covers::side;
pub use preview::{cover_picture, picture, preview};
pub(crate) use screen::how;
pub use screen::{ScreenPages, dummy, screen, sheets, shown};
