//! `fengcai explain`.

use fengcai::catalogue::{Code, Lang};

use super::args::{self, Format};
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Explain, ui: &Ui) -> Result<Exit, Failure> {
    let wanted = |code: &&Code| args.code.as_ref().is_none_or(|id| id.eq_ignore_ascii_case(code.id()));
    let codes: Vec<_> = Code::ALL.iter().filter(wanted).collect();
    if let (Some(id), true) = (&args.code, codes.is_empty()) {
        return Err(Failure(ui.pick(format!("没有代码“{id}”"), format!("there is no code \"{id}\""))));
    }
    for code in codes {
        ui.print(&page(*code, ui));
    }
    Ok(Exit::Clean)
}

/// A code's page: what, why, how to mend it, a bad and a good example.
fn page(code: Code, ui: &Ui) -> String {
    let explanation = code.explain();
    if ui.format() == Format::Json {
        let texts = |text: &dyn Fn(_) -> &'static str| serde_json::json!({ "zh": text(Lang::Zh), "en": text(Lang::En) });
        let page = serde_json::json!({
            "code": code.id(),
            "severity": code.severity(),
            "group": code.group(),
            "adjustable": code.adjustable(),
            "since": code.since(),
            "what": texts(&|lang| code.message(lang)),
            "why": texts(&|lang| explanation.why(lang)),
            "help": texts(&|lang| code.hint(lang)),
            "bad": explanation.bad,
            "good": explanation.good,
            "rate": code.rate(),
        });
        return page.to_string();
    }
    let lang = ui.lang();
    let line = |zh, en, text: &str| format!("  {}{text}\n", ui.pick(zh, en));
    let mut page = format!("{}  {}\n", code.id(), code.message(lang));
    page += &line("为什么：", "why:  ", explanation.why(lang));
    page += &line("怎样改：", "help: ", code.hint(lang));
    page += &line("错例：", "bad:  ", explanation.bad);
    page += &line("正例：", "good: ", explanation.good);
    if let Some(rate) = code.rate() {
        let told = format!("{rate:.2}");
        page += &line(
            "在编辑过的文章里，每万字提出（多半确是差错）：",
            "found in 10,000 characters of edited prose: ",
            &told,
        );
    }
    if code.adjustable() {
        page += &line("可在 booklet.json 的 checks 里调整", "may be changed in checks in booklet.json", "");
    }
    page
}
