//! `--help` in Chinese.

use clap::{Arg, ArgAction, Command};
use fengcai::catalogue::Lang;

/// Chinese help of commands and arguments, by their names.
const ZH: &[(&str, &str)] = &[
    ("fengcai", "把人物资料排成经过核对、可以付印的中文画册"),
    ("new", "新建一个项目，内有示例资料"),
    ("from", "用这些文件和照片文件夹做成书"),
    ("import", "把 Word、Excel、文本文件和照片收进项目"),
    ("export", "把文字导出成 Word 送审稿、Excel 名单、csv 或纯文本，改好再收回来"),
    ("import_report", "另把认出了什么写成一页：.html"),
    ("force", "已有同名文件也照样写"),
    ("to", "写成哪个文件：.docx、.xlsx、.csv 或 .txt"),
    ("files", "文件：检查时是 PDF；导入时是 Word、Excel、文本文件、照片，或装着它们的文件夹"),
    ("dry_run", "只看不写"),
    ("accept", "采用这些建议（编号，用逗号隔开）"),
    ("all", "放得下的建议全都采用"),
    ("answer", "回答问题：编号=第几项，几件就用逗号隔开"),
    ("check", "检查资料、字体、照片和版面，不写任何文件"),
    ("build", "检查，然后生成画册"),
    ("diff", "比较两次生成：谁改了哪个字段，动了哪几页，其余逐页相同"),
    ("old", "项目、生成的文件夹、report.json 或存档名（默认上次生成付印文件时的样子）"),
    ("new_side", "项目、生成的文件夹或 report.json（默认当前项目的现状）"),
    ("pixels", "另把相同的页画成图，逐像素比较"),
    ("changes", "把 changes.html（前后对照图）和 changed-pages.pdf 写进这个文件夹"),
    ("deny_unexpected", "有的页变了而其人物资料没改，以 1 退出"),
    ("approve", "给版面签字；以后再改就是错误，直到重签"),
    ("persons", "人物（姓名或文件名），或 封面、书名页、目录、版权页"),
    ("everyone", "所有人物，以及封面、书名页、目录、版权页"),
    ("by", "签字的人"),
    ("round", "校次 1 至 3（默认下一校；改动过就重签上一校）"),
    ("withdraw", "不签，而是收回最近一次（或 --round 那一校）的签字"),
    ("archive", "把上次生成的付印文件存档，以后拿来比较"),
    ("archive_name", "存档名，如 送审一稿（默认列出已有的存档）"),
    ("status", "一览：人物、页码、各校签字、签后改动、未了的问题"),
    ("watch", "一保存就重排，在浏览器里看对页"),
    ("studio", "在浏览器里做书：拖进文件、改文字、签字、交付"),
    ("book", "项目，或要变成项目的文件夹（默认当前文件夹）"),
    ("open", "在浏览器里打开"),
    ("port", "127.0.0.1 上的端口（默认 8466，被占用就另选）"),
    ("verify", "在内存里重新生成，与已写出的文件逐字节比对"),
    ("eject", "导出同一本书的 Typst 项目，供设计师使用"),
    ("refresh", "只更新已导出的书的资料和图片，不动它的版式"),
    ("template", "列出版式，复制内置版式的文件到项目里，看改了什么"),
    ("schema_template", "人物资料有哪种版式的栏目（默认 spread）"),
    ("list", "有哪些版式"),
    ("copy", "把内置版式的文件复制到项目里来改"),
    ("template diff", "项目自己的文件与内置版式有什么不同"),
    ("name", "版式的名称（diff 默认是书所用的）"),
    ("files", "版式里的文件，如 lib/verso.typ、common/tokens.typ（默认它自己的全部）"),
    ("explain", "说明某个代码的意思和缘由，或列出全部"),
    ("code", "代码，如 E0311（默认全部）"),
    ("fonts", "列出内置字体，或查某些字由哪种字体排"),
    ("schema", "输出资料文件的 JSON Schema"),
    ("completions", "输出命令行补全脚本"),
    ("lang", "提示语言：zh 或 en（默认随系统）"),
    ("person", "只看这位人物（姓名或文件名）"),
    ("report", "另把检查结果写进文件：.html 可读可打印，.xlsx、.csv 是发给供稿人的清单"),
    ("format", "问题的列法：human 详细，short 每条一行，json 每条一个对象"),
    ("deny_warnings", "有警告也以 1 退出"),
    ("color", "颜色：auto、always 或 never"),
    ("jobs", "线程数（默认每核一个）"),
    ("quiet", "只说问题"),
    ("verbose", "多说一些，如各步用时"),
    ("project", "项目文件夹（默认当前文件夹）"),
    ("dir", "要写入的文件夹，须不存在或为空"),
    (
        "target",
        "要生成什么，可用逗号并列：screen、press、cover、office（办公室样书）、proof（校样）、preview、all（默认 screen,press,cover）",
    ),
    ("marks", "在印刷页四周画裁切线、套准标记、色控条和文件信息"),
    ("delivery", "另写 delivery/ 文件夹，整个交给印刷厂"),
    ("preflight", "按印刷厂的要求检查任何 PDF"),
    ("impose", "把任何 PDF 的页面拼成大张"),
    ("source", "PDF 文件"),
    ("scheme", "saddle 骑马订、perfect 分帖胶订、two-up 单张两联，或 cards 卡片（裁开后各摞按次序叠起）"),
    ("up", "每面页数：2、4 或 8（默认纸张放得下的最多页数）"),
    ("section", "胶装每帖页数，4 至 32（默认 16）"),
    ("duplex", "双面翻转：short 短边或 long 长边（默认 short）"),
    ("caliper", "一张纸的厚度，毫米，用于爬移（默认取自 press.json）"),
    ("gutter", "裁开的相邻页之间的纸，毫米（默认出血的两倍）"),
    ("blanks_after", "空白页放在第几页之后（默认最后）"),
    ("preview", "另把每张大纸的样子画成一页：.html；不写 --out 就只画不拼"),
    ("changed", "只列出含有这些页的版面（如 diff 说变了的页），不写文件"),
    ("right_bound", "书脊在右，竖排书用"),
    ("no_marks", "不画标记、色控条和文件信息"),
    ("dry_run", "只列出拼版表，不写文件"),
    ("sheet", "另一份 press.json"),
    ("sheet_size", "纸张：A4、A3、SRA3、正度和大度的四开、对开、全开（如 正对开），或 宽x高（毫米）"),
    ("sheets", "要写的文件"),
    ("cover", "这些文件是封面：封底、书脊、封面连成一片"),
    ("page", "另把检查结果写成网页，交给印刷厂"),
    ("alone", "内部使用：这个进程只查一个文件"),
    ("out", "输出文件夹（默认项目里的 out）"),
    ("characters", "要查的字"),
    ("file", "哪一种：资料文件 booklet、profile、press，或检查结果 finding（默认 profile）"),
    ("names", "列出项目里每个姓名的每个字：码位、字体、是否常用"),
    ("shell", "bash、elvish、fish、powershell 或 zsh"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
];

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}";

/// Gives the command its help in the language.
pub(super) fn localise(command: Command, lang: Lang) -> Command {
    let command = command.disable_help_subcommand(true);
    match lang {
        Lang::En => command,
        Lang::Zh => chinese(command, ""),
    }
}

/// `above` is the command that it is a part of; nothing for the topmost.
fn chinese(command: Command, above: &str) -> Command {
    let name = command.get_name().to_owned();
    let top = name == "fengcai";
    let mut command = command.help_template(TEMPLATE).subcommand_help_heading("命令").disable_help_flag(true);
    if let Some(about) = zh(&format!("{above} {name}")).or_else(|| zh(&name)) {
        command = command.about(about);
    }
    let arg = |arg: Arg| match zh(arg.get_id().as_str()) {
        Some(help) => arg.help(help),
        None => arg,
    };
    command = command.mut_args(|a| {
        let heading = if a.is_positional() { "参数" } else { "选项" };
        arg(a).help_heading(heading)
    });
    let flag = |id: &'static str, short, action| {
        arg(Arg::new(id).short(short).long(id).action(action)).help_heading("选项")
    };
    command = command.arg(flag("help", 'h', ArgAction::Help));
    if top {
        command = command.disable_version_flag(true).arg(flag("version", 'V', ArgAction::Version));
    }
    command.mut_subcommands(|sub| chinese(sub, &name))
}

fn zh(name: &str) -> Option<&'static str> {
    ZH.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Args;

    #[test]
    fn every_command_and_argument_has_chinese_help() {
        fn walk(command: &Command) {
            assert!(zh(command.get_name()).is_some(), "{}", command.get_name());
            for arg in command.get_arguments() {
                assert!(zh(arg.get_id().as_str()).is_some(), "{}", arg.get_id());
            }
            command.get_subcommands().for_each(walk);
        }
        walk(&Args::command());
        let help = localise(Args::command(), Lang::Zh).render_long_help().to_string();
        for word in ["用法", "命令", "选项", "生成画册"] {
            assert!(help.contains(word), "{help}");
        }
        assert!(!help.contains("Usage") && !help.contains("Options"), "{help}");
    }
}
