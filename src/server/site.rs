//! What is served, and what its answers are made of.

use super::access::Access;
use super::gate::Names;
use super::reviews::Reviews;
use crate::catalogue::Lang;
use crate::session::Live;
use crate::studio::Studio;

/// What is served.
pub struct Site {
    pub(super) live: Live,
    pub(super) lang: Lang,
    pub(super) studio: Option<Studio>,
}

impl Site {
    /// A book to look at.
    pub fn view(live: Live, lang: Lang) -> Self {
        Self { live, lang, studio: None }
    }

    /// A studio.
    pub fn studio(studio: Studio) -> Self {
        Self { live: studio.live().clone(), lang: studio.lang(), studio: Some(studio) }
    }
}

/// What answers are made of.
pub(super) struct House {
    pub(super) access: Access,
    pub(super) names: Names,
    pub(super) site: Site,
    pub(super) reviews: Reviews,
}
