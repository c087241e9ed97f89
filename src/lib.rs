//! fengcai makes a print-ready commemorative booklet from profile data.
//!
//! Data flows one way: [`project`] → [`load`] → [`check`] → [`world`] →
//! [`typeset`] → [`audit`] → [`export`], and [`report`] tells of it. Every room
//! takes values and returns values; findings ([`diag`]) travel beside results.
//! Nothing here prints, exits, reads a clock or the environment, or opens a
//! file outside the [`project::Project`] it was handed.

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
pub mod export;
pub mod fingerprint;
pub mod fonts;
pub mod impose;
pub mod load;
pub mod manifest;
mod marks;
mod photo;
mod pictures;
pub mod preflight;
pub mod press;
pub mod profile;
pub mod project;
pub mod proof;
pub mod report;
pub mod starter;
pub mod templates;
pub mod typeset;
mod view;
pub mod viewer;
pub mod world;

/// Name and version, as reports and documents carry them.
pub const TOOL: &str = concat!("fengcai ", env!("CARGO_PKG_VERSION"));
