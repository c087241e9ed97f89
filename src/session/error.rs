//! Why a session could not do its work, and how that is said.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::catalogue::{Lang, Phrase};
use crate::project::StoreError;
use crate::report::part;

/// Why a session could not do its work. What is wrong with the data is no
/// error but a finding.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The folder is no project.
    NoProject {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file without which nothing can be said cannot be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A place for outputs leads out of the project.
    LeadsOut(PathBuf),
    /// A folder for outputs is somebody's.
    NotOurs(PathBuf),
    /// A folder for outputs holds the project or its data.
    Reserved(PathBuf),
    /// A file stands where an output has to go, and no build wrote it.
    Foreign(PathBuf),
    /// Files could not be written into a folder, or not to the end.
    Store {
        /// The folder.
        folder: PathBuf,
        /// Why.
        error: StoreError,
    },
    /// A file that should be of a build is none.
    NoBuild {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// No person or part of the book has that name.
    NobodyNamed(String),
    /// Several persons have that name.
    SeveralNamed {
        /// The name.
        name: String,
        /// Their file names.
        ids: Vec<String>,
    },
    /// There is no signature to take back.
    NothingSigned(String),
    /// A name that no folder can have.
    BadName(String),
    /// An archive of that name is there.
    Archived(String),
    /// A file was changed by somebody while it was being worked on.
    ChangedMeanwhile(PathBuf),
    /// There is no build for the print shop that could be archived.
    NothingToArchive(PathBuf),
}

impl Error {
    /// The error as a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        let [zh, en] = self.sentences();
        lang.pick(zh, en)
    }

    /// The error in Chinese and English.
    pub fn sentences(&self) -> [String; 2] {
        match self {
            Self::NoProject { folder, error } => {
                let ([zh, en], folder) = (io(error), folder.display());
                [
                    format!(
                        "“{folder}”不是项目文件夹：读不到 data/booklet.json（{zh}）。新项目用 fengcai new 建。"
                    ),
                    format!(
                        "\"{folder}\" is no project: data/booklet.json cannot be read ({en}). `fengcai new` makes one."
                    ),
                ]
            }
            Self::Unreadable { file, error } => {
                let ([zh, en], file) = (io(error), file.display());
                [format!("读不了“{file}”：{zh}"), format!("cannot read \"{file}\": {en}")]
            }
            Self::LeadsOut(place) => {
                let place = place.display();
                [
                    format!(
                        "“{place}”是通到项目之外的链接，不往那里写；把链接换成真正的文件夹，或写明项目之外的文件夹。没有写任何文件。"
                    ),
                    format!(
                        "\"{place}\" is a link that leads out of the project, and nothing is written there; put a folder in its place, or name one outside of the project. Nothing was written."
                    ),
                ]
            }
            Self::NotOurs(folder) => {
                let folder = folder.display();
                [
                    format!(
                        "文件夹“{folder}”里有别的文件，不是 fengcai 生成的，不敢动它；换一个空的或新的文件夹。没有写任何文件。"
                    ),
                    format!(
                        "the folder \"{folder}\" holds files that are not of fengcai; give an empty or a new one. Nothing was written."
                    ),
                ]
            }
            Self::Reserved(folder) => {
                let folder = folder.display();
                [
                    format!(
                        "“{folder}”是项目放资料的地方，或在另一次生成的文件夹里面，不能写在那里；换一个文件夹。没有写任何文件。"
                    ),
                    format!(
                        "\"{folder}\" is where the project's data are, or inside the folder of another build; give another folder. Nothing was written."
                    ),
                ]
            }
            Self::Foreign(file) => {
                let file = file.display();
                [
                    format!("“{file}”不是 fengcai 写的，不敢覆盖；把它移走或改名再试。没有写任何文件。"),
                    format!(
                        "\"{file}\" is not of fengcai and would be overwritten; move or rename it and try again. Nothing was written."
                    ),
                ]
            }
            Self::Store { folder, error } => store(folder, error),
            Self::NoBuild { file, problem } => {
                let file = file.display();
                [
                    format!(
                        "读不了“{file}”：{problem}。要的是 fengcai build 写出的文件夹或其中的 report.json；旧版生成的请重新生成一次。"
                    ),
                    format!(
                        "cannot read \"{file}\": {problem}. What is wanted is a folder that `fengcai build` wrote, or its report.json; build again what an earlier version wrote."
                    ),
                ]
            }
            Self::NobodyNamed(name) => [
                format!(
                    "书里没有“{name}”：可写人物的姓名或文件名，或 fengcai status 列出的部分，如 封面、目录、前言后记。"
                ),
                format!(
                    "there is no \"{name}\" in the book: give a person's name or file name, or a part that `fengcai status` lists, such as cover, contents, section."
                ),
            ],
            Self::SeveralNamed { name, ids } => {
                let ids = ids.join(", ");
                [
                    format!("不止一位叫“{name}”，请用文件名：{ids}。"),
                    format!("several persons are named \"{name}\"; use a file name: {ids}."),
                ]
            }
            Self::NothingSigned(id) => {
                let [zh, en] = match part(id) {
                    Some(kind) => Phrase::Part(kind.into()).both(),
                    None => [id.clone(), id.clone()],
                };
                [
                    format!("{zh}没有这样的签字可以收回。"),
                    format!("{en}: there is no such signature to take back."),
                ]
            }
            Self::BadName(name) => [
                format!("“{name}”不能作存档名：不要斜杠、句点开头和控制字符，不超过 60 字。"),
                format!(
                    "\"{name}\" cannot be the name of an archive: no slashes, no leading dot, no control characters, 60 characters at most."
                ),
            ],
            Self::Archived(name) => [
                format!("已有名为“{name}”的存档；换一个名字。"),
                format!("there is an archive named \"{name}\"; choose another name."),
            ],
            Self::ChangedMeanwhile(file) => {
                let file = file.display();
                [
                    format!("这会儿工夫“{file}”被人改过，什么都没有写；再运行一次就好。"),
                    format!("\"{file}\" was changed meanwhile, and nothing was written; run it again."),
                ]
            }
            Self::NothingToArchive(folder) => {
                let folder = folder.display();
                [
                    format!("“{folder}”里没有完整的付印文件可存；先 fengcai build。"),
                    format!(
                        "there are no whole press files in \"{folder}\" to archive; run `fengcai build` first."
                    ),
                ]
            }
        }
    }
}

fn store(folder: &Path, error: &StoreError) -> [String; 2] {
    let shown = folder.display();
    match error {
        StoreError::Untouched(error) => {
            let [zh, en] = io(error);
            [
                format!("写不进“{shown}”：{zh}。原有的文件原样未动。"),
                format!("cannot write to \"{shown}\": {en}. Earlier files are untouched."),
            ]
        }
        StoreError::InTheWay(place) => {
            let place = place.display();
            [
                format!("“{place}”挡住了要写的文件，它不是 fengcai 的；把它移走再试。原有的文件原样未动。"),
                format!(
                    "\"{place}\" is in the way and not of fengcai; move it away and try again. Earlier files are untouched."
                ),
            ]
        }
        StoreError::LeadsOut(place) => {
            let place = place.display();
            [
                format!("“{place}”通到文件夹之外，不往那里写。原有的文件原样未动。"),
                format!(
                    "\"{place}\" leads out of the folder, and nothing is written there. Earlier files are untouched."
                ),
            ]
        }
        StoreError::Unfinished { file, error } => {
            let ([zh, en], file) = (io(error), file.display());
            [
                format!(
                    "新文件已经定稿，但有一部分还没放到位：停在“{file}”（{zh}）。关掉正在用它的程序、腾出它的位置，再运行一次就会做完；做完之前“{shown}”里新旧混杂，不要交付。"
                ),
                format!(
                    "the new files are decided but not all in place: it stopped at \"{file}\" ({en}). Close the program that uses it or make its place free, and run again to finish; until then \"{shown}\" holds old and new files, so do not deliver it."
                ),
            ]
        }
        StoreError::GivenUp => [
            format!("没有等到“{shown}”空出来。原有的文件原样未动。"),
            format!("gave up waiting for \"{shown}\". Earlier files are untouched."),
        ],
    }
}

/// What the system says, in words.
fn io(error: &io::Error) -> [String; 2] {
    Phrase::Io(error.kind(), error.to_string()).both()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for Error {}
