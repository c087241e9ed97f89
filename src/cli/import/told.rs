//! An import as it is told in a terminal: what is wrong, what changes, what is
//! asked, and only then what was understood.

use std::path::Path;

use fengcai::catalogue::Lang;
use fengcai::report::{DoubtLog, ImportLog, NoticeLog, PersonLog};
use fengcai::session::Import;

use super::super::args::Format;
use super::super::ui::Ui;

/// Lines of a kind that are told one by one; the page has all.
const LINES: usize = 12;
/// Characters of a text that are shown.
const SHOWN: usize = 90;
/// Shortest text that was not used and is told of, in characters.
const LEFT: usize = 8;

/// Tells what was understood, mended, is asked and changes.
pub(super) fn tell(log: &ImportLog, import: &Import, written: bool, folder: &Path, ui: &Ui) {
    if ui.format() == Format::Json {
        ui.print_json(log);
        return;
    }
    let told = Lines { ui, lang: ui.lang() };
    told.unread(log);
    if log.persons.is_empty() {
        told.put(
            "没有认出一位人物，什么都没有写。文稿里要有“……书记 姓名”这样的一行，或者另给一张有“姓名”一栏的表。",
            "nobody was recognised, and nothing was written. A text needs a line such as “…书记 姓名”, or give a table with a column 姓名.",
        );
        return;
    }
    let nothing = import.is_nothing();
    let open = log.doubts.iter().any(|doubt| !doubt.answered);
    match (nothing, open) {
        (true, true) => {
            told.put("除了下面要您定的，没有新内容。", "Nothing new but what has to be decided below.")
        }
        (true, false) => told.put(
            "没有新内容：这些文件里的，项目里都有了。",
            "Nothing new: the project has all that these files say.",
        ),
        (false, _) => {}
    }
    told.changes(log);
    if !nothing {
        told.persons(log, import.fresh);
        told.details(log);
    }
    told.questions(log);
    if !nothing {
        told.suggestions(log);
    }
    let shown = folder.display();
    match (written, nothing) {
        (false, _) => told.put("只是看看，什么都没有写。", "Only shown; nothing was written."),
        (true, true) => {}
        (true, false) => told.both(
            format!("已写进 {shown}/data；原稿存在 {shown}/data/source。接着：fengcai check"),
            format!("Written into {shown}/data; the documents are kept in {shown}/data/source. Next: fengcai check"),
        ),
    }
}

struct Lines<'a> {
    ui: &'a Ui,
    lang: Lang,
}

impl Lines<'_> {
    fn line(&self, line: &str) {
        self.ui.print(line);
    }

    fn put(&self, zh: &str, en: &str) {
        self.line(self.lang.pick(zh, en));
    }

    fn both(&self, zh: String, en: String) {
        self.line(&self.lang.pick(zh, en));
    }

    fn list(&self, lines: &[String]) {
        lines.iter().take(LINES).for_each(|line| self.line(&format!("  {line}")));
        if let Some(rest) = lines.len().checked_sub(LINES).filter(|rest| *rest > 0) {
            self.both(
                format!("  ……还有 {rest} 条，全部见 --report 文件.html"),
                format!("  … and {rest} more; --report FILE.html has all"),
            );
        }
    }

    fn unread(&self, log: &ImportLog) {
        for unread in &log.unread {
            let (file, reason) = (&unread.file, &unread.reason);
            self.both(format!("没有读 {file}：{reason}"), format!("not read {file}: {reason}"));
        }
        for file in &log.unreadable {
            self.both(
                format!("{file} 的写法有错，没有动它；先用 fengcai check 看错在哪里，改好再导入一次"),
                format!("{file} has a slip and was left alone; mend it (`fengcai check` says where) and import again"),
            );
        }
        if !log.unasked.is_empty() {
            let ids = log.unasked.join("、");
            self.both(
                format!("没有这样的编号或选项，没有理会：{ids}"),
                format!("there are no such ids or choices, and they were left aside: {ids}"),
            );
        }
    }

    fn changes(&self, log: &ImportLog) {
        if !log.changes.is_empty() {
            self.put("改动：", "Changes:");
        }
        for change in &log.changes {
            self.line(&format!("  {} · {}{}", change.name, change.label, at(&change.place)));
            if let Some(before) = change.before.as_deref().filter(|before| !before.is_empty()) {
                self.line(&format!("    - {}", short(before)));
            }
            self.line(&format!("    + {}", short(&change.after)));
        }
        if !log.kept.is_empty() {
            let kept = log.kept.join(self.lang.pick("；", "; "));
            self.both(
                format!("项目里自己改过的，都保留：{kept}"),
                format!("Edited in the project, and kept: {kept}"),
            );
        }
    }

    /// Of a project that was there only who is new.
    fn persons(&self, log: &ImportLog, fresh: bool) {
        let new: Vec<&PersonLog> = log.persons.iter().filter(|person| person.new).collect();
        let (files, count) = (log.read.len(), new.len());
        match (fresh, count) {
            (_, 0) => return,
            (true, _) => self.both(
                format!("新建了一个项目。读了 {files} 个文件，认出 {count} 位人物："),
                format!("Made a project. Read {files} files and recognised {count} persons:"),
            ),
            (false, _) => self.both(format!("新增 {count} 位人物："), format!("New persons: {count}")),
        }
        let lines: Vec<String> = new.into_iter().map(|person| person_line(person, self.lang)).collect();
        self.list(&lines);
    }

    /// What was mended, what else the documents hold, what was not used.
    fn details(&self, log: &ImportLog) {
        if !log.mends.is_empty() {
            self.put("改好的格式（文字没有动）：", "Form mended (no word changed):");
            let line = |mend: &fengcai::report::MendLog| {
                let first = mend.places.first().map_or("", String::as_str);
                format!("{} × {}{}", mend.label, mend.count, at(&format!("{first}……")))
            };
            self.list(&log.mends.iter().map(line).collect::<Vec<_>>());
        }
        if !log.notices.is_empty() {
            self.put("文件里另有：", "The documents also hold:");
            let line = |notice: &NoticeLog| {
                let by = notice.by.as_deref().map(|by| format!("{by}：")).unwrap_or_default();
                format!("{} {} {by}“{}”", notice.place, notice.label, short(&notice.text))
            };
            self.list(&log.notices.iter().map(line).collect::<Vec<_>>());
        }
        let left = log.left.iter().filter(|said| said.text.chars().count() >= LEFT);
        let left: Vec<String> = left.map(|said| format!("{}：{}", said.place, short(&said.text))).collect();
        if !left.is_empty() {
            self.put("没有用上的文字：", "Words that were not used:");
            self.list(&left);
        }
        if !log.spare_photos.is_empty() {
            let photos = log.spare_photos.join(self.lang.pick("、", ", "));
            self.both(format!("不知道是谁的照片：{photos}"), format!("Photos that are nobody's: {photos}"));
        }
    }

    fn questions(&self, log: &ImportLog) {
        let open: Vec<&DoubtLog> = log.doubts.iter().filter(|doubt| !doubt.answered).collect();
        if open.is_empty() {
            return;
        }
        let count = open.len();
        self.both(
            format!("要您定的 {count} 件（不回答就按第 1 项）："),
            format!("Questions: {count} (without an answer the first choice holds)"),
        );
        for doubt in open.iter().take(LINES) {
            self.line(&format!("  [{}] {}{}", doubt.id, doubt.question, at(&doubt.place)));
            if let Some([here, there]) = &doubt.sides {
                self.both(format!("      项目里：{}", short(here)), format!("      here:  {}", short(here)));
                self.both(
                    format!("      文件里：{}", short(there)),
                    format!("      there: {}", short(there)),
                );
            }
            for (i, choice) in doubt.choices.iter().enumerate() {
                self.line(&format!("      {} {choice}", i + 1));
            }
        }
        if count > LINES {
            let rest = count - LINES;
            self.both(
                format!("  ……还有 {rest} 件，全部见 --report 文件.html"),
                format!("  … and {rest} more; --report FILE.html has all"),
            );
        }
        if let Some(DoubtLog { id, .. }) = open.iter().find(|doubt| doubt.choices.len() > 1) {
            self.both(
                format!("  回答：fengcai import 同样的文件 --answer {id}=2（几件就用逗号隔开）"),
                format!("  Answer with: fengcai import THE SAME FILES --answer {id}=2, several with commas"),
            );
        }
    }

    fn suggestions(&self, log: &ImportLog) {
        let all = || log.persons.iter().flat_map(|person| &person.suggestions);
        let taken = all().filter(|suggestion| suggestion.taken).count();
        let free = all().filter(|suggestion| !suggestion.taken && !suggestion.needless).count();
        if taken > 0 {
            self.both(
                format!("采用了建议的荣誉、数字、引语 {taken} 处，请逐条核对。"),
                format!("{taken} suggested honours, figures and quotes were taken over; check each of them."),
            );
        } else if free > 0 {
            self.both(
                format!("正文里可作荣誉、数字、引语的有 {free} 处，都没有写进去。全都采用：fengcai import 同样的文件 --all；挑着用：加 --report 文件.html 看编号，再加 --accept 编号,编号"),
                format!("{free} pieces of the articles may serve as honours, figures and quotes; none was taken. To take them: fengcai import THE SAME FILES --all; to choose, see their ids with --report FILE.html and add --accept ID,ID"),
            );
        }
    }
}

fn at(place: &str) -> String {
    if place.is_empty() || place == "……" { String::new() } else { format!("（{place}）") }
}

fn short(text: &str) -> String {
    let cut: String = text.chars().take(SHOWN).collect();
    let cut = cut.replace('\n', " ");
    if text.chars().count() > SHOWN { cut + "……" } else { cut }
}

/// A person in a line: name, post, and how much there is.
fn person_line(person: &PersonLog, lang: Lang) -> String {
    let field = |path: &str| person.fields.iter().find(|field| field.field.trim_end_matches("[#]") == path);
    let entries = |path: &str| field(path).map_or(0, |field| field.entries.len());
    let text =
        |path: &str| field(path).and_then(|field| field.entries.first()).map(|entry| entry.text.as_str());
    let post = ["post.district", "post.street", "post.community", "post.role"].into_iter();
    let post: Vec<&str> = post.filter_map(text).collect();
    let (headline, article) = (entries("headline"), entries("article"));
    let amount = lang.pick(
        format!("标题 {headline} 行，正文 {article} 段"),
        format!("headline {headline} lines, article {article} paragraphs"),
    );
    let photo = text("photo.file").map(|_| lang.pick("有照片", "photo").to_owned());
    let mut parts = vec![person.name.clone(), post.join(" "), amount];
    parts.extend(photo);
    parts.retain(|part| !part.is_empty());
    parts.join(lang.pick("　", "  "))
}
