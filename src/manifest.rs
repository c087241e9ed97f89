//! `manifest.json`: from which inputs, by which tool and wishes, which outputs
//! were made, so that anybody can make them again and compare.

mod wishes;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::project::Input;
use crate::report::Output;

pub use wishes::{Target, Wishes};

/// Version of the manifest's shape; the one before is still read.
const VERSION: u32 = 2;
/// Name of the file, the last that a build puts in its place.
pub const FILE: &str = "manifest.json";

/// What a build read and wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// Version of the shape.
    pub version: u32,
    /// Name and version of the tool.
    pub tool: String,
    /// What was asked for.
    pub wishes: Wishes,
    /// SHA-256 over the data that all outputs are of; absent in version 1.
    #[serde(default)]
    pub data_hash: String,
    /// Files that were read, by path below the project.
    pub inputs: Vec<Input>,
    /// Files that were written, by path below the output folder.
    pub outputs: Vec<Output>,
}

/// A difference between what a manifest says and what is there now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "difference", content = "file")]
#[non_exhaustive]
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
    /// A file lies among the outputs that the build did not write.
    OutputForeign(String),
    /// A name in the manifest is none of a file below the output folder.
    OutputOutside(String),
    /// A build was killed before it was done; the next one ends it.
    Unfinished(String),
    /// Made again, an output comes out otherwise.
    NotReproduced(String),
}

/// How an output lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnDisk {
    /// A file with this SHA-256.
    File(String),
    /// Nothing, or nothing that is a file.
    Missing,
    /// The name leads out of the folder, or through a link.
    Outside,
}

/// The output folder as it is now.
pub struct Folder<'a> {
    /// How an output of a name lies there; the size is the one that is known.
    pub look: &'a dyn Fn(&Output) -> OnDisk,
    /// All files there.
    pub files: Vec<String>,
    /// What a killed build left.
    pub leftover: Option<String>,
}

impl Manifest {
    /// The manifest of a build.
    pub fn new(wishes: Wishes, data_hash: &str, inputs: Vec<Input>, outputs: Vec<Output>) -> Self {
        Self {
            version: VERSION,
            tool: crate::TOOL.into(),
            wishes,
            data_hash: data_hash.into(),
            inputs,
            outputs,
        }
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// When the text is no manifest of a version that is known.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let known = (1..=VERSION).contains(&manifest.version) && manifest.tool.starts_with("fengcai ");
        if known { Ok(manifest) } else { Err(format!("version {}", manifest.version)) }
    }

    /// The manifest as JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("plain data serialises");
        json.push(b'\n');
        json
    }

    /// Whether its files are of the same data as another build's and made by
    /// the same tool: they differ by signatures at most.
    pub fn is_of_the_same_book(&self, other: &Self) -> bool {
        let read = |manifest: &Self| -> BTreeSet<(String, String)> {
            let inputs = manifest.inputs.iter().filter(|input| !input.file.starts_with("data/approvals/"));
            inputs.map(|input| (input.file.clone(), input.sha256.clone())).collect()
        };
        self.version == other.version && self.tool == other.tool && read(self) == read(other)
    }

    /// What differs between this manifest and one of the same book made anew,
    /// and between it and the folder.
    pub fn differences(&self, anew: &Self, folder: &Folder) -> Vec<Difference> {
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
        found.extend(folder.leftover.clone().map(Difference::Unfinished));
        for output in &self.outputs {
            let file = || output.file.clone();
            match (folder.look)(output) {
                OnDisk::Missing => found.push(Difference::OutputMissing(file())),
                OnDisk::Outside => found.push(Difference::OutputOutside(file())),
                OnDisk::File(hash) if hash != output.sha256 => found.push(Difference::OutputChanged(file())),
                OnDisk::File(_) => {}
            }
            if !anew.outputs.contains(output) {
                found.push(Difference::NotReproduced(file()));
            }
        }
        let missing =
            anew.outputs.iter().filter(|made| !self.outputs.iter().any(|known| known.file == made.file));
        found.extend(missing.map(|output| Difference::NotReproduced(output.file.clone())));
        let written = |file: &String| file == FILE || self.outputs.iter().any(|output| output.file == *file);
        let left =
            |file: &String| folder.leftover.as_ref().is_some_and(|name| file.starts_with(name.as_str()));
        let foreign = folder.files.iter().filter(|file| !written(file) && !left(file));
        found.extend(foreign.map(|file| Difference::OutputForeign(file.clone())));
        found
    }
}
