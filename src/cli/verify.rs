//! `fengcai verify`: builds anew in memory and compares.

use fengcai::manifest::Difference;
use fengcai::session::differences;

use super::args::{self, Format};
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Verify, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project.project)?;
    let out = session.out_at(args.out.as_deref()).map_err(|error| ui.failed(&error))?;
    let manifest = session.manifest(&out).map_err(|error| ui.failed(&error))?;
    let mut examination = session.examine().map_err(|error| ui.failed(&error))?;
    let Some(built) = session.build_again(&mut examination, &manifest) else {
        let exit = ui.findings(&examination);
        ui.say(
            "资料现在有错误，不能重新生成来比对。",
            "The data have errors now, so nothing can be made again to compare.",
        );
        return Ok(if exit == Exit::Clean { Exit::Findings } else { exit });
    };
    if built.kept_back {
        ui.findings(&examination);
        ui.say(
            "有签过字的版面改过了，现在不会再生成付印文件，没有比对；处理好签字再核对。",
            "Pages changed after they were signed, so files for the print shop would not be made now and were not compared; settle the signatures first.",
        );
        return Ok(Exit::Findings);
    }
    let found = differences(&manifest, &built.manifest, &out).map_err(|error| ui.failed(&error))?;
    for difference in &found {
        if ui.format() == Format::Json {
            ui.print_json(difference);
        } else {
            ui.print(&sentence(difference, &built.manifest.tool, ui));
        }
    }
    if found.is_empty() {
        let count = manifest.outputs.len();
        ui.say(
            &format!("重新生成的 {count} 个文件与 {} 里的逐字节相同，没有别的文件。", out.display()),
            &format!(
                "Made again, {count} files are byte for byte those in {}, and no others are there.",
                out.display()
            ),
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
        Difference::OutputForeign(file) => (
            format!("{file}：不是这次生成的，不属于这里；移走它再交付"),
            format!("{file}: is not of this build and does not belong here; move it away before delivery"),
        ),
        Difference::OutputOutside(file) => (
            format!("{file}：清单里的这个名字不在输出文件夹之内，没有去读"),
            format!("{file}: the manifest names a place outside the output folder, which was not read"),
        ),
        Difference::Unfinished(file) => (
            format!("{file}：上次生成中断了，文件夹里可能新旧混杂；再生成一次就会做完"),
            format!(
                "{file}: a build was interrupted, and the folder may hold old and new files; build again to finish it"
            ),
        ),
        Difference::NotReproduced(file) => {
            (format!("{file}：重新生成的结果不同"), format!("{file}: comes out otherwise when made again"))
        }
        other => (format!("{other:?}"), format!("{other:?}")),
    };
    ui.pick(zh, en)
}
