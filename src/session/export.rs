//! A project to Word, Excel, values with commas, plain text.

use std::io;

use super::Session;
use crate::catalogue::Lang;
use crate::load;
use crate::outtake::{self, Form};
use crate::session::Error;

impl Session {
    /// The project's texts in a form.
    ///
    /// # Errors
    /// When the data cannot be read, or are more than the form has room for.
    pub fn export(&self, form: Form, lang: Lang) -> Result<Vec<u8>, Error> {
        let project = self.project.anew();
        let unreadable = |error: io::Error| Error::Unreadable { file: "data/booklet.json".into(), error };
        let (booklet, profiles) = load::texts(&project, &mut Vec::new()).map_err(unreadable)?;
        if let Some(broken) =
            std::iter::once(&booklet).chain(profiles.values()).find(|document| document.root.is_none())
        {
            let error = io::ErrorKind::InvalidData.into();
            return Err(Error::Unreadable { file: broken.path.clone().into(), error });
        }
        outtake::export(&booklet, &profiles, form, lang).map_err(unreadable)
    }
}
