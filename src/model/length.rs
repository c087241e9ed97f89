//! Lengths that carry their unit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Millimetres.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("minimum" = 0.0, "maximum" = 2500.0))]
pub struct Mm(pub f64);

impl Mm {
    /// The length in PDF points, 1/72 inch.
    pub fn pt(self) -> f64 {
        self.0 * 72.0 / 25.4
    }
}

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "宽与高，毫米。 Width and height.")]
pub struct Size {
    /// Width.
    pub width: Mm,
    /// Height.
    pub height: Mm,
}
