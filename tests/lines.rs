//! Line breaking: what Chinese setting forbids at the ends of lines, pushed over
//! the end at every offset, and read back by poppler.

use serde_json::json;

use crate::support::{Project, judge};

/// What a line may not part, within words around it. `+` stands where no line
/// may end.
const KEPT: &[&str] = &[
    "面积300+㎡",
    "气温5+℃呢",
    "零下−5+℃呢",
    "全长12+ +km的路",
    "全长12+km的路",
    "占98.5+%人",
    "千分之3+‰人",
    "第+Ⅷ+章里",
    "第+3+届评选",
    "第+十二届会",
    "共1200+余+万+人+次来",
    "有57+个网格",
    "达21+年之久",
    "花3.5+万+元钱",
    "编号№+5的楼",
    "花了$+500买",
    "花了￥+500买",
    "花了€+500买",
    "和+/+或呢",
    "每天24+小+时值守",
    "每户3+次上门",
    "满园+·+花开",
    "古丽+·+艾力说",
    "1—+3次会",
    "中国+—+东盟呢",
    "10+～+15人呢",
    "8：+30开门",
    "2:+1的比",
    "他说+：“+好+”吗",
    "问：“+在吗+？”他",
    "看《+好书》吧",
    "（+一）的事",
    "写“‘+好+’”吧",
    "真+！呢",
    "吗+？呢",
    "好+，呢",
    "好+、呢",
    "好+；呢",
    "好+。呢",
    "了+……好",
    "了+…+…好",
    "了+—+—好",
    "It+’+s说",
    "students+’ work呢",
    "用1+N帮呢",
    "达1,+200呢",
    "约0.+5呢",
    "见①+呢",
    "超100+%呢",
    "到100+多+个呢",
    "共30+多+次呢",
    "在A座楼",
    "用5+G网",
    "长30+°呢",
    "按〔2024+〕5+号",
    "用【+网格+】吧",
    "看『+书+』吧",
    "是“+一核多元+”吗",
    "（好+）吧",
    "“好+”吧",
    "看www.tjpb+.cn网",
    "用internationalization说",
];
/// Lists: number and what it numbers, behind a mark.
const LISTS: &[&str] = &[
    "好：①+清运垃圾",
    "好：（三）+建成驿站",
    "好、（一）+建成驿站",
    "好。（十二）+完成改造",
    "好；2．+修好道路",
];

const BEFORE: &str = "社区里的大家都在忙着做好每一件小事情让左邻右舍过上安稳舒心的日子并且常来常往互相帮助";
const AFTER: &str = "，大家都说这样的日子有了奔头，邻里之间也更加亲近了。";
/// A line of the tight setting holds 35 Han, and the first is indented by two.
const OFFSETS: std::ops::Range<usize> = 21..34;

const NO_START: &str = "，。、；：！？”’）》〉】〕』…·～%℃㎡‰°/";
const NO_END: &str = "“‘（《〈【〔『$￥€№/·";

#[test]
fn no_line_starts_or_ends_with_what_it_may_not() {
    let words: Vec<String> = KEPT.iter().chain(LISTS).map(|kept| kept.replace('+', "")).collect();
    let project = Project::starter();
    let paragraphs: Vec<String> = words
        .iter()
        .flat_map(|words| OFFSETS.map(move |at| format!("{}{words}{AFTER}", prefix(at))))
        .collect();
    // A dash and an ellipsis may start a paragraph (GB/T 15834-2011, 5.1.4–5).
    let starting = ["——", "……"].map(|mark| format!("{mark}{BEFORE}{AFTER}"));
    let paragraphs = [paragraphs, starting.to_vec()].concat();
    assert!(paragraphs.len() >= 750, "{}", paragraphs.len());
    project.edit("data/booklet.json", |b| {
        b["setting"] = json!("tight");
        let sections = paragraphs.chunks(200).map(|some| json!({ "title": "断行", "paragraphs": some }));
        b["sections"] = json!(sections.collect::<Vec<_>>());
    });
    let run = project.run("build", &["--target", "screen", "--format", "json"]);
    let found = run.json_lines();
    // A mark that is squeezed or a line that is loose is told of; nothing else is.
    let told = |code: &str| found.iter().filter(|f| f["code"] == code).count();
    let others: Vec<_> = found.iter().filter(|f| f["code"] != "W0517" && f["code"] != "W0516").collect();
    assert!(others.is_empty() && run.code == 0, "{others:?}");
    assert!(told("W0516") <= 2, "{found:?}");
    let pdf = project.path("out/booklet.pdf");
    let Some(words) = judge("pdftotext", &["-bbox", pdf.to_str().unwrap(), "-"]) else { return };
    let text = lines_of(&words);
    // The mark over a quote is an ornament.
    for line in text.lines().filter(|line| *line != "“") {
        let wide = line.starts_with("……社区");
        assert!(wide || !line.starts_with(|c| NO_START.contains(c)), "starts: {line}");
        assert!(!line.ends_with(|c| NO_END.contains(c)), "ends: {line}");
    }
    let mut wrong = Vec::new();
    for kept in KEPT.iter().chain(LISTS) {
        for (at, _) in kept.match_indices('+') {
            let parted = format!("{}\n{}", kept[..at].replace('+', ""), kept[at + 1..].replace('+', ""));
            wrong.extend(text.contains(&parted).then(|| format!("{kept} is parted at {at}")));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Lines of poppler's words: those of a page whose tops are about at one height,
/// from left to right. Its own lines end at marks that stand close.
fn lines_of(words: &str) -> String {
    let mut read: Vec<(usize, f64, f64, &str)> = Vec::new();
    let mut page = 0;
    for line in words.lines().map(str::trim) {
        page += usize::from(line.starts_with("<page"));
        let number = |name| line.split_once(name)?.1.split_once('"')?.0.parse::<f64>().ok();
        let (Some(x), Some(y)) = (number("xMin=\""), number("yMin=\"")) else { continue };
        read.push((page, y, x, line.split_once('>').unwrap().1.trim_end_matches("</word>")));
    }
    read.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap());
    let lines = read.chunk_by_mut(|a, b| a.0 == b.0 && b.1 - a.1 < 4.0);
    let text = lines.map(|line| {
        line.sort_by(|a, b| a.2.total_cmp(&b.2));
        line.iter().map(|word| word.3).collect::<String>() + "\n"
    });
    text.collect()
}

fn prefix(at: usize) -> String {
    BEFORE.chars().take(at).collect()
}

/// The narrow apostrophe, the minus, and the hyphen at the end of a line, which
/// is no letter of the text.
#[test]
fn latin_words_and_signs_are_set_as_such() {
    let project = Project::starter();
    let words = "It’s the students’ work，零下−5℃，古丽·艾力说internationalization吧";
    let paragraphs: Vec<String> = OFFSETS.map(|at| format!("{}{words}{AFTER}", prefix(at))).collect();
    project.edit("data/booklet.json", |b| {
        b["sections"] = json!([{ "title": "西文", "paragraphs": paragraphs }])
    });
    project.run("build", &["--target", "screen,press"]).succeeds();
    for name in ["out/booklet.pdf", "out/booklet-press.pdf"] {
        let pdf = project.path(name);
        let Some(text) = judge("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"]) else { return };
        let whole = text.replace(['\u{AD}', '\n'], "");
        let count = |text: &str, piece: &str| text.matches(piece).count();
        assert!(count(&text, "\u{AD}\n") > 0 || count(&text, "-\n") > 0, "{name}: no word is broken");
        for piece in ["It’s", "−5℃", "古丽·艾力"] {
            assert_eq!(count(&whole, piece), OFFSETS.len(), "{name}: {piece}");
        }
    }
}
