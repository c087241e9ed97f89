//! Finished pages → sheets. [`plan`] says which page stands where, by
//! arithmetic alone; [`fit`] whether a sheet holds it; [`place`] moves the
//! pages of any PDF there as shared form XObjects.

mod annotations;
mod drawn;
pub mod fit;
mod identity;
pub mod office;
pub mod place;
pub mod plan;
mod preview;
mod sheet_marks;
mod source;

pub use preview::preview;
pub use source::{Source, Unusable};
