//! Laid-out book → finished bytes.

mod facing;
mod press;
mod preview;
mod screen;
mod stamp;

pub use press::{Base, press_base};
pub use preview::{picture, preview};
pub use screen::{Shown, screen, shown};
pub use stamp::Stamp;
