//! `manifest.json`: from which inputs, by which tool and wishes, which outputs
//! were made, so that anybody can make them again and compare.

use serde::{Deserialize, Serialize};

use crate::project::Input;
use crate::report::Output;

/// Version of the manifest's shape.
const VERSION: u32 = 1;

/// What a build read and wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the shape.
    pub version: u32,
    /// Name and version of the tool.
    pub tool: String,
    /// What was asked for.
    pub wishes: Wishes,
    /// Files that were read, by path below the project.
    pub inputs: Vec<Input>,
    /// Files that were written, by path below the output folder.
    pub outputs: Vec<Output>,
}

/// What a build was asked for, beyond what stands in the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Targets by their names on the command line.
    pub targets: Vec<String>,
    /// Whether marks were drawn.
    pub marks: bool,
    /// Whether the print shop's folder was written.
    pub delivery: bool,
    /// `SOURCE_DATE_EPOCH`.
    pub source_date_epoch: Option<i64>,
}

/// A difference between what a manifest says and what is there now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "difference", content = "file")]
pub enum Difference {
    /// Another version of the tool made the files.
    Tool(String),
    /// An input is not what it was.
    InputChanged(String),
    /// An input is no longer read.
    InputGone(String),
    /// A file is read that was not.
    InputNew(String),
    /// An output on the disk is not what was written.
    OutputChanged(String),
    /// An output is not on the disk.
    OutputMissing(String),
    /// Made again, an output comes out otherwise.
    NotReproduced(String),
}

impl Manifest {
    /// The manifest of a build.
    pub fn new(wishes: Wishes, inputs: Vec<Input>, outputs: Vec<Output>) -> Self {
        Self { version: VERSION, tool: crate::TOOL.into(), wishes, inputs, outputs }
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// When the text is no manifest of this version.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if manifest.version == VERSION { Ok(manifest) } else { Err(format!("version {}", manifest.version)) }
    }

    /// The manifest as JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("plain data serialises");
        json.push(b'\n');
        json
    }

    /// What differs between this manifest and one of the same book made anew;
    /// `on_disk` gives the hash of an output as it lies there.
    pub fn differences(&self, anew: &Self, on_disk: impl Fn(&str) -> Option<String>) -> Vec<Difference> {
        let mut found = Vec::new();
        if self.tool != anew.tool {
            found.push(Difference::Tool(self.tool.clone()));
        }
        for input in &self.inputs {
            match anew.inputs.iter().find(|other| other.file == input.file) {
                None => found.push(Difference::InputGone(input.file.clone())),
                Some(other) if other != input => found.push(Difference::InputChanged(input.file.clone())),
                Some(_) => {}
            }
        }
        let known = |file: &str| self.inputs.iter().any(|input| input.file == file);
        let new = anew.inputs.iter().filter(|input| !known(&input.file));
        found.extend(new.map(|input| Difference::InputNew(input.file.clone())));
        for output in &self.outputs {
            let file = || output.file.clone();
            match on_disk(&output.file) {
                None => found.push(Difference::OutputMissing(file())),
                Some(hash) if hash != output.sha256 => found.push(Difference::OutputChanged(file())),
                Some(_) => {}
            }
            if !anew.outputs.contains(output) {
                found.push(Difference::NotReproduced(file()));
            }
        }
        found
    }
}
