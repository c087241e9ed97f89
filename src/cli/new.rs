//! `fengcai new`.

use std::io;
use std::path::Path;

use fengcai::starter;

use super::args;
use super::store::Store;
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::New, ui: &Ui) -> Result<Exit, Failure> {
    let files = starter::files();
    write_folder(&args.dir, files.iter().map(|(path, text)| (*path, text.as_bytes())), ui)?;
    let dir = args.dir.display();
    ui.say(
        &format!("已新建项目 {dir}。改好 data/ 里的资料，再运行 fengcai build {dir}"),
        &format!("Made the project {dir}. Edit what is in data/, then run: fengcai build {dir}"),
    );
    Ok(Exit::Clean)
}

/// Writes files into a folder that is empty or absent.
pub(super) fn write_folder<'a>(
    dir: &Path,
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    ui: &Ui,
) -> Result<(), Failure> {
    let shown = dir.display();
    if dir.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure(ui.pick(
            format!("文件夹“{shown}”不是空的，不敢写入；请换一个名字。"),
            format!("the folder \"{shown}\" is not empty; choose another."),
        )));
    }
    let write = || -> io::Result<()> {
        let mut store = Store::open(dir)?;
        for (path, bytes) in files {
            store.add(Path::new(path), bytes)?;
        }
        store.commit()
    };
    write().map_err(|error| Failure(format!("{}{error}", ui.pick("写不了文件：", "cannot write: "))))
}
