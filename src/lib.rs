//! fengcai makes a print-ready commemorative booklet from profile data.
//!
//! A [`session::Session`] is the whole pipeline: it opens a project folder,
//! examines it, builds, compares.
//!
//! ```
//! use fengcai::session::{Session, Target, Wishes};
//!
//! # fn main() -> Result<(), fengcai::session::Error> {
//! let session = Session::open(".".as_ref())?;
//! let mut examination = session.examine()?;
//! let build = session.build(&mut examination, &Wishes::new([Target::Screen]));
//! let booklet = build.as_ref().and_then(|build| build.file("booklet.pdf"));
//! assert!(booklet.is_some_and(|pdf| pdf.starts_with(b"%PDF")), "{:?}", examination.found);
//! # Ok(())
//! # }
//! ```
//!
//! Data flows one way: [`project`] → [`load`] → [`check`] → [`world`] →
//! [`typeset`] → [`audit`] → [`render`] and [`press`], and [`report`] tells of
//! it. Every room takes values and returns values; findings ([`diag`]) travel
//! beside results. Nothing here prints, exits, reads a clock or the
//! environment, or opens a file outside the folder it was handed.

pub mod approval;
mod assets;
pub mod audit;
pub mod catalogue;
pub mod change;
pub mod check;
mod colour;
pub mod delivery;
pub mod diag;
pub mod digest;
pub mod documents;
pub mod fingerprint;
pub mod fonts;
pub mod impose;
pub mod intake;
pub mod load;
pub mod manifest;
mod marks;
pub mod model;
pub mod outtake;
mod photo;
mod pictures;
pub mod preflight;
pub mod press;
pub mod project;
pub mod proof;
mod quiet;
pub mod render;
pub mod report;
pub mod server;
pub mod session;
pub mod stamp;
pub mod starter;
pub mod studio;
pub mod templates;
pub mod typeset;
mod view;
pub mod world;

/// Name and version, as reports and documents carry them.
pub const TOOL: &str = concat!("fengcai ", env!("CARGO_PKG_VERSION"));
