//! `fengcai verify`: builds anew in memory and compares.

use std::fs;

use fengcai::diag;
use fengcai::digest::sha256;
use fengcai::manifest::{Difference, Manifest};

use super::args::{self, Format};
use super::build::{self, MANIFEST};
use super::check::examine;
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Verify, ui: &Ui) -> Result<Exit, Failure> {
    let out = args.out.clone().unwrap_or_else(|| args.project.project.join("out"));
    let path = out.join(MANIFEST);
    let no_manifest = |problem: String| {
        let path = path.display();
        Failure(ui.pick(
            format!("读不了清单“{path}”：{problem}。先用 fengcai build 生成。"),
            format!("cannot read the manifest \"{path}\": {problem}. Run `fengcai build` first."),
        ))
    };
    let json = fs::read(&path).map_err(|error| no_manifest(error.to_string()))?;
    let manifest = Manifest::read(&json).map_err(no_manifest)?;
    let mut examined = examine(&args.project.project, ui)?;
    let built = build::all(&mut examined, &manifest.wishes, ui);
    let Some(built) = built else {
        let exit = ui.findings(&examined.found, &examined.project, &examined.draft);
        debug_assert!(diag::has_errors(&examined.found));
        ui.say(
            "资料现在有错误，不能重新生成来比对。",
            "The data have errors now, so nothing can be made again to compare.",
        );
        return Ok(exit);
    };
    let on_disk = |file: &str| Some(sha256(&fs::read(out.join(file)).ok()?));
    let found = manifest.differences(&built.manifest, on_disk);
    for difference in &found {
        if ui.format() == Format::Json {
            ui.print(&serde_json::to_string(difference).expect("plain data serialises"));
        } else {
            ui.print(&sentence(difference, &built.manifest.tool, ui));
        }
    }
    if found.is_empty() {
        let count = manifest.outputs.len();
        ui.say(
            &format!("重新生成的 {count} 个文件与 {} 里的逐字节相同。", out.display()),
            &format!("Made again, {count} files are byte for byte those in {}.", out.display()),
        );
        return Ok(Exit::Clean);
    }
    Ok(Exit::Findings)
}

fn sentence(difference: &Difference, now: &str, ui: &Ui) -> String {
    let (zh, en) = match difference {
        Difference::Tool(tool) => (
            format!("文件是 {tool} 生成的，现在是 {now}"),
            format!("the files were made by {tool}, this is {now}"),
        ),
        Difference::InputChanged(file) => {
            (format!("{file}：生成之后改过"), format!("{file}: changed since the build"))
        }
        Difference::InputGone(file) => {
            (format!("{file}：生成时用过，现在不用了"), format!("{file}: was used and no longer is"))
        }
        Difference::InputNew(file) => {
            (format!("{file}：生成之后新加的"), format!("{file}: is used and was not"))
        }
        Difference::OutputChanged(file) => (
            format!("{file}：不是当时写出的文件，被改过或只换了一半；请重新生成"),
            format!("{file}: is not the file that was written, altered or half replaced; build again"),
        ),
        Difference::OutputMissing(file) => {
            (format!("{file}：不见了；请重新生成"), format!("{file}: is missing; build again"))
        }
        Difference::NotReproduced(file) => {
            (format!("{file}：重新生成的结果不同"), format!("{file}: comes out otherwise when made again"))
        }
    };
    ui.pick(zh, en)
}
