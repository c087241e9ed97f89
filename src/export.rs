//! Laid-out book → finished bytes.

mod facing;
mod preview;
mod screen;
mod stamp;

pub use preview::preview;
pub use screen::screen;
pub use stamp::Stamp;
