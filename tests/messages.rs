//! What an editor is told: the true cause, in the book's order, in words of
//! the trade, once, with advice that works when it is followed.

use serde_json::{Value, json};

use crate::support::{Project, grey_png};

const ONE: &str = "data/profiles/example-one.json";
const BOOKLET: &str = "data/booklet.json";

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|f| f["code"].as_str().unwrap()).collect()
}

fn message(found: &Value) -> &str {
    found["message"]["zh"].as_str().unwrap()
}

fn hint(found: &Value) -> &str {
    found["hint"]["zh"].as_str().unwrap()
}

/// The first text between Chinese quotation marks after a word.
fn advised<'a>(hint: &'a str, after: &str) -> &'a str {
    let rest = &hint[hint.find(after).unwrap_or_else(|| panic!("{after} in {hint}")) + after.len()..];
    rest.split_once('“').and_then(|(_, rest)| rest.split_once('”')).expect("a quoted text").0
}

/// Replaces the character or piece that a finding points at.
fn put(project: &Project, found: &Value, wrong: &str, right: &str) {
    let file = found["file"].as_str().unwrap();
    let text = project.read(file);
    let line = found["line"].as_u64().unwrap() as usize;
    let column = found["column"].as_u64().unwrap() as usize;
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let at = start + text[start..].char_indices().nth(column - 1).expect("in the line").0;
    assert!(text[at..].starts_with(wrong), "{wrong} at {line}:{column}");
    project.write(file, format!("{}{right}{}", &text[..at], &text[at + wrong.len()..]));
}

type Change = fn(&Project);
type Mend = fn(&Project, &Value);

/// What an editor does wrong, what is told and nothing else, and the first
/// advice followed by a program.
struct Case {
    what: &'static str,
    wrong: Change,
    told: &'static [&'static str],
    words: &'static [&'static str],
    mend: Mend,
}

fn text(project: &Project, file: &str, from: &str, to: &str) {
    let text = project.read(file);
    assert!(text.contains(from), "{from} in {file}");
    project.write(file, text.replacen(from, to, 1));
}

/// Puts the entry that the hint gives into `checks`.
fn settle(project: &Project, found: &Value) {
    let hint = hint(found);
    let entry: Value = serde_json::from_str(
        &hint[hint.find('{').unwrap()..=hint.rfind('}').unwrap()].replace("这里写理由", "局里定稿时改的"),
    )
    .expect("JSON");
    project.edit(BOOKLET, |booklet| match booklet["checks"].as_array_mut() {
        Some(checks) => checks.push(entry.clone()),
        None => booklet["checks"] = json!([entry]),
    });
}

/// Puts the example that the hint gives into the file, after `anchor`.
fn example(found: &Value) -> &str {
    hint(found).split_once("例如：").expect("an example").1.trim_end_matches('。')
}

/// Cuts as many characters of each paragraph as the advice says, before its
/// last mark.
fn cut(project: &Project, found: &Value) {
    let cuts: Vec<(usize, usize)> = hint(found)
        .split('、')
        .map(|part| {
            let number = |from: &str, to: &str| {
                let rest = part.split_once(from).expect("a number").1;
                rest.split_once(to).expect("a number").0.trim().parse().expect("a number")
            };
            (number("第", "段"), number("删", "字"))
        })
        .collect();
    let file = found["file"].as_str().unwrap();
    project.edit(file, |profile| {
        for (paragraph, characters) in &cuts {
            let chars: Vec<char> = profile["article"][paragraph - 1].as_str().unwrap().chars().collect();
            let kept: String = chars[..chars.len() - 1 - characters].iter().collect();
            let kept = kept.trim_end_matches(['，', '、', '；', '：', '“']).to_owned();
            profile["article"][paragraph - 1] = json!(kept + "。");
        }
    });
}

const CASES: &[Case] = &[
    Case {
        what: "a full-width comma",
        wrong: |p| text(p, ONE, "\"张三\",", "\"张三\"，"),
        told: &["E0101"],
        words: &["全角的“，”"],
        mend: |p, f| put(p, f, "，", ","),
    },
    Case {
        what: "a comma too few",
        wrong: |p| text(p, ONE, "\"张三\",", "\"张三\""),
        told: &["E0101"],
        words: &["少了逗号"],
        mend: |p, _| text(p, ONE, "\"张三\"", "\"张三\","),
    },
    Case {
        what: "the closing quote of a paragraph with curly quotes missing",
        wrong: |p| {
            text(p, ONE, "正文第一段。", "正文“第一段”。");
            text(p, ONE, "就会报错。\",", "就会报错。,");
        },
        told: &["E0101"],
        words: &["不成对"],
        mend: |p, f| put(p, f, ",", "\","),
    },
    Case {
        what: "a curly quote in the closing one's place",
        wrong: |p| text(p, ONE, "\"张三\",", "\"张三”,"),
        told: &["E0101"],
        words: &["全角的“””"],
        mend: |p, f| put(p, f, "”", "\""),
    },
    Case {
        what: "straight quotes in a text",
        wrong: |p| text(p, ONE, "正文第一段。", "正文\"第一段\"。"),
        told: &["E0101"],
        words: &["文字里的引号要写成“ ”"],
        mend: |p, _| text(p, ONE, "正文\"第一段\"。", "正文“第一段”。"),
    },
    Case {
        what: "escaped straight quotes in a text",
        wrong: |p| text(p, ONE, "正文第一段。", "正文\\\"第一段\\\"。"),
        told: &["E0312", "E0312"],
        words: &["直引号"],
        mend: |p, _| text(p, ONE, "正文\\\"第一段\\\"。", "正文“第一段”。"),
    },
    Case {
        what: "a Windows path of a photo",
        wrong: |p| {
            p.write("data/photos/new.png", grey_png(1600, 2200));
            text(p, ONE, "\"quote\"", "\"photo\": { \"file\": \"photos\\new.png\" },\n  \"quote\"");
        },
        told: &["E0401"],
        words: &["路径里用 /"],
        mend: |p, f| text(p, ONE, "photos\\new.png", advised(hint(f), "是不是")),
    },
    Case {
        what: "a photo in other letters",
        wrong: |p| {
            p.write("data/photos/zhang.png", grey_png(1600, 2200));
            text(p, ONE, "\"quote\"", "\"photo\": { \"file\": \"photos/ZHANG.PNG\" },\n  \"quote\"");
        },
        told: &["E0401"],
        words: &["找不到照片"],
        mend: |p, f| text(p, ONE, "photos/ZHANG.PNG", advised(hint(f), "是不是")),
    },
    Case {
        what: "a mistyped key",
        wrong: |p| text(p, ONE, "\"quote\"", "\"quot\""),
        told: &["E0103"],
        words: &["没有“quot”这个字段"],
        mend: |p, f| text(p, ONE, "\"quot\"", &format!("\"{}\"", advised(hint(f), "是不是"))),
    },
    Case {
        what: "a mistyped key that is required",
        wrong: |p| text(p, ONE, "\"headline\"", "\"headlin\""),
        told: &["E0103"],
        words: &["headlin"],
        mend: |p, f| text(p, ONE, "\"headlin\"", &format!("\"{}\"", advised(hint(f), "是不是"))),
    },
    Case {
        what: "no headline",
        wrong: |p| p.edit(ONE, |v| drop(v.as_object_mut().unwrap().remove("headline"))),
        told: &["E0104"],
        words: &["缺少\"headline\"（标题）"],
        mend: |p, f| text(p, ONE, "\"name\"", &format!("{},\n  \"name\"", example(f))),
    },
    Case {
        what: "no role",
        wrong: |p| p.edit(ONE, |v| drop(v["post"].as_object_mut().unwrap().remove("role"))),
        told: &["E0104"],
        words: &["缺少\"role\"（职务）"],
        mend: |p, f| text(p, ONE, "\"district\"", &format!("{}, \"district\"", example(f))),
    },
    Case {
        what: "a headline that is no list",
        wrong: |p| p.edit(ONE, |v| v["headline"] = json!("标题写在这里")),
        told: &["E0105"],
        words: &["方括号"],
        mend: |p, f| text(p, ONE, "\"标题写在这里\"", example(f)),
    },
    Case {
        what: "a number for a name",
        wrong: |p| p.edit(ONE, |v| v["name"] = json!(3)),
        told: &["E0105"],
        words: &["文字"],
        mend: |p, f| {
            text(p, ONE, "\"name\": 3", &format!("\"name\": {}", example(f)));
            text(p, ONE, "这是张三", "这是王凤荣");
        },
    },
    Case {
        what: "four figures",
        wrong: |p| {
            p.edit(ONE, |v| {
                let one = v["figures"][0].clone();
                v["figures"] = json!([one, one, one, one]);
            });
        },
        told: &["E0106"],
        words: &["至多 3 项"],
        mend: |p, _| p.edit(ONE, |v| drop(v["figures"].as_array_mut().unwrap().pop())),
    },
    Case {
        what: "a day that is none",
        wrong: |p| p.edit(BOOKLET, |v| v["date"] = json!("2026-02-30")),
        told: &["E0106"],
        words: &["没有这一天"],
        mend: |p, f| text(p, BOOKLET, "\"2026-02-30\"", example(f)),
    },
    Case {
        what: "a page multiple with a point",
        wrong: |p| text(p, "data/press.json", "{", "{ \"page_multiple\": 4.0,"),
        told: &["E0110"],
        words: &["不合"],
        mend: |p, _| text(p, "data/press.json", "4.0", "4"),
    },
    Case {
        what: "an order off by a letter",
        wrong: |p| text(p, BOOKLET, "\"example-two\"", "\"example-tow\""),
        told: &["E0111"],
        words: &["人物次序里的“example-tow”"],
        mend: |p, f| text(p, BOOKLET, "example-tow", advised(hint(f), "是不是")),
    },
    Case {
        what: "a template off by a letter",
        wrong: |p| p.edit(BOOKLET, |v| v["template"] = json!("spred")),
        told: &["E0114"],
        words: &["版式"],
        mend: |p, f| text(p, BOOKLET, "\"spred\"", &format!("\"{}\"", advised(hint(f), "是不是"))),
    },
    Case {
        what: "a quote with a half-width mark",
        wrong: |p| p.edit(ONE, |v| v["quote"] = json!("文件名和面部的大致位置即可.")),
        told: &["E0201", "E0311"],
        words: &["引语不见于正文"],
        mend: |p, f| {
            text(p, ONE, "\"文件名和面部的大致位置即可.\"", &format!("\"{}\"", advised(hint(f), "写作")))
        },
    },
    Case {
        what: "a quote with a wrong character",
        wrong: |p| p.edit(ONE, |v| v["quote"] = json!("引语要同正文一字不差")),
        told: &["E0201"],
        words: &["引语不见于正文"],
        mend: |p, f| text(p, ONE, "引语要同正文一字不差", advised(hint(f), "写作")),
    },
    Case {
        what: "a quote that holds single quotation marks",
        wrong: |p| {
            text(p, ONE, "引语要与正文一字不差，", "“引语要说‘为什么’”，引语要与正文一字不差，");
            p.edit(ONE, |v| v["quote"] = json!("引语要说‘为什么"));
        },
        told: &["E0313"],
        words: &["没有配对"],
        mend: |p, _| p.edit(ONE, |v| v["quote"] = json!("引语要说‘为什么’")),
    },
    Case {
        what: "an honour that is misspelt",
        wrong: |p| p.edit(ONE, |v| v["honours"]["community"] = json!(["示例文名社区"])),
        told: &["E0203"],
        words: &["荣誉不见于正文"],
        mend: |p, f| text(p, ONE, "示例文名社区", advised(hint(f), "写作")),
    },
    Case {
        what: "a figure without its measure word",
        wrong: |p| p.edit(ONE, |v| v["figures"][0]["value"] = json!("30项")),
        told: &["E0204"],
        words: &["30项"],
        mend: |p, _| p.edit(ONE, |v| v["figures"][0]["value"] = json!("3项")),
    },
    Case {
        what: "a wrong character in the name",
        wrong: |p| {
            text(p, ONE, "这是张三的", "这是张三丰的");
            p.edit(ONE, |v| v["name"] = json!("张二丰"));
        },
        told: &["E0207"],
        words: &["正文里没有出现"],
        mend: |p, f| text(p, ONE, "张二丰", advised(hint(f), "正文里写的是")),
    },
    Case {
        what: "two persons of one name",
        wrong: |p| {
            p.write("data/profiles/again.json", p.read(ONE).replace("示例", "样例"));
            p.edit(BOOKLET, |v| v["order"].as_array_mut().unwrap().push(json!("again")));
            p.edit(BOOKLET, |v| v["checks"] = json!([{ "code": "W0338", "reason": "为了这个测试" }]));
        },
        told: &["W0218"],
        words: &["书里有两位“张三”"],
        mend: settle,
    },
    Case {
        what: "half-width marks",
        wrong: |p| text(p, ONE, "段内不要换行；", "段内不要换行;"),
        told: &["E0311"],
        words: &["半角的“;”"],
        mend: |p, f| put(p, f, ";", advised(hint(f), "改成全角的")),
    },
    Case {
        what: "full-width digits",
        wrong: |p| text(p, ONE, "示例街道", "示例街道９号"),
        told: &["E0318"],
        words: &["全角的“９”"],
        mend: |p, f| put(p, f, "９", advised(hint(f), "改成半角的")),
    },
    Case {
        what: "a space between Han",
        wrong: |p| text(p, ONE, "正文每段", "正文　每段"),
        told: &["E0319"],
        words: &["正文　每段"],
        mend: |p, f| text(p, ONE, "正文　每段", advised(hint(f), "删去，改成")),
    },
    Case {
        what: "an ideographic space in a name",
        wrong: |p| text(p, ONE, "\"张三\"", "\"张　三\""),
        told: &["E0319"],
        words: &["张　三"],
        mend: |p, f| text(p, ONE, "张　三", advised(hint(f), "删去，改成")),
    },
    Case {
        what: "a private character of GBK",
        wrong: |p| {
            text(p, ONE, "\"张三\"", "\"张\u{E863}\"");
            text(p, ONE, "这是张三", "这是张䶮");
        },
        told: &["E0320"],
        words: &["U+E863"],
        mend: |p, f| put(p, f, "\u{E863}", advised(hint(f), "应是")),
    },
    Case {
        what: "a variation selector",
        wrong: |p| {
            text(p, ONE, "\"张三\"", "\"葛\u{E0100}三\"");
            text(p, ONE, "这是张三", "这是葛三");
        },
        told: &["E0320"],
        words: &["U+E0100"],
        mend: |p, f| put(p, f, "\u{E0100}", ""),
    },
    Case {
        what: "a radical",
        wrong: |p| text(p, ONE, "示例街道", "示例街道\u{2F42}"),
        told: &["E0321"],
        words: &["部首"],
        mend: |p, f| put(p, f, "\u{2F42}", advised(hint(f), "改成汉字")),
    },
    Case {
        what: "a character outside the table",
        wrong: |p| text(p, ONE, "正文每段", "正文毎段"),
        told: &["E0323"],
        words: &["通用规范汉字表"],
        mend: settle,
    },
    Case {
        what: "an empty paragraph",
        wrong: |p| p.edit(ONE, |v| v["article"].as_array_mut().unwrap().push(json!(""))),
        told: &["E0106"],
        words: &["文字是空的"],
        mend: |p, _| p.edit(ONE, |v| drop(v["article"].as_array_mut().unwrap().pop())),
    },
    Case {
        what: "a line end in a paragraph",
        wrong: |p| text(p, ONE, "段内不要换行；", "段内不要\\n换行；"),
        told: &["E0108"],
        words: &["控制字符"],
        mend: |p, _| text(p, ONE, "\\n换行", "换行"),
    },
    Case {
        what: "an article too long",
        wrong: |p| {
            p.edit(ONE, |v| {
                let more =
                    "这一段是为了试验版面而添加的文字，长得放不进一页，程序应当说出超了几行。".repeat(9);
                v["article"].as_array_mut().unwrap().push(json!(more));
            });
        },
        told: &["E0501"],
        words: &["正文超出"],
        mend: |p, f| {
            cut(p, f);
            p.edit(ONE, |v| {
                for field in ["quote", "figures", "honours"] {
                    drop(v.as_object_mut().unwrap().remove(field));
                }
            });
        },
    },
    Case {
        what: "a title too long",
        wrong: |p| p.edit(BOOKLET, |v| v["title"] = json!(["一二三四五六七八九十一二三四"])),
        told: &["E0501"],
        words: &["书名超出 1 行"],
        mend: |p, f| {
            let fits: usize =
                hint(f).split_once("放得下 ").unwrap().1.split_once(" 个").unwrap().0.parse().unwrap();
            let title: String = "一二三四五六七八九十".chars().take(fits).collect();
            p.edit(BOOKLET, |v| v["title"] = json!([title]));
        },
    },
    Case {
        what: "a code of checks that cannot be changed",
        wrong: |p| p.edit(BOOKLET, |v| v["checks"] = json!([{ "code": "E0101", "reason": "不想看见" }])),
        told: &["E0121"],
        words: &["不能调整"],
        mend: |p, _| p.edit(BOOKLET, |v| drop(v.as_object_mut().unwrap().remove("checks"))),
    },
    Case {
        what: "an extra font that is not there",
        wrong: |p| {
            p.edit(BOOKLET, |v| v["extra_fonts"] = json!([{ "file": "fonts/none.otf", "characters": "䶮" }]));
        },
        told: &["E0304"],
        words: &["找不到文件"],
        mend: |p, _| p.edit(BOOKLET, |v| v["extra_fonts"] = json!([])),
    },
    Case {
        what: "a name of three long parts",
        wrong: |p| {
            let name = "阿卜杜热合曼·买买提吐尔逊江·阿卜杜克里木";
            text(p, ONE, "\"张三\"", &format!("\"{name}\""));
            text(p, ONE, "这是张三", &format!("这是{name}"));
            text(p, ONE, "段内不要换行；", "段内不要换行;");
        },
        told: &["E0311"],
        words: &["半角"],
        mend: |p, f| put(p, f, ";", "；"),
    },
    Case {
        what: "a bracket that is not closed",
        wrong: |p| text(p, ONE, "\"一行一条至多三行\"\n  ],", "\"一行一条至多三行\"\n  ,"),
        told: &["E0101"],
        words: &["[ 没有关上"],
        mend: |p, _| text(p, ONE, "\"一行一条至多三行\"\n  ,", "\"一行一条至多三行\"\n  ],"),
    },
    Case {
        what: "a bracket that is not opened",
        wrong: |p| text(p, ONE, "\"article\": [", "\"article\": "),
        told: &["E0101"],
        words: &["前面少了一个 ["],
        mend: |p, _| text(p, ONE, "\"article\": ", "\"article\": ["),
    },
    Case {
        what: "a Chinese list mark for a comma",
        wrong: |p| text(p, ONE, "\"张三\",", "\"张三\"、"),
        told: &["E0101"],
        words: &["写成了“、”"],
        mend: |p, f| put(p, f, "、", advised(message(f), "应当是英文的")),
    },
    Case {
        what: "an equals sign",
        wrong: |p| text(p, ONE, "\"name\":", "\"name\" ="),
        told: &["E0101"],
        words: &["写成了“=”"],
        mend: |p, f| put(p, f, "=", advised(message(f), "应当是英文的")),
    },
    Case {
        what: "single quotes",
        wrong: |p| text(p, ONE, "\"张三\"", "'张三'"),
        told: &["E0101"],
        words: &["不用单引号"],
        mend: |p, _| text(p, ONE, "'张三'", "\"张三\""),
    },
    Case {
        what: "a path with a backslash that is no escape",
        wrong: |p| text(p, ONE, "\"quote\"", "\"photo\": { \"file\": \"photos\\张.png\" },\n  \"quote\""),
        told: &["E0101"],
        words: &["路径里写 /"],
        mend: |p, f| {
            p.write("data/photos/张.png", grey_png(1600, 2200));
            put(p, f, "\\", "/");
        },
    },
    Case {
        what: "a number with its unit",
        wrong: |p| text(p, "data/press.json", "{", "{ \"safety\": 5mm,"),
        told: &["E0101"],
        words: &["数字后面不写单位"],
        mend: |p, f| put(p, f, "mm", ""),
    },
    Case {
        what: "a file in GBK",
        wrong: |p| p.write(ONE, encoding_rs::GB18030.encode(&p.read(ONE)).0),
        told: &["E0102"],
        words: &["像是 GBK"],
        mend: |p, _| {
            let bytes = std::fs::read(p.path(ONE)).unwrap();
            p.write(ONE, encoding_rs::GB18030.decode(&bytes).0.as_bytes());
        },
    },
    Case {
        what: "a person's name in the order",
        wrong: |p| text(p, BOOKLET, "\"example-one\"", "\"张三\""),
        told: &["E0111"],
        words: &["没有对应的文件"],
        mend: |p, f| text(p, BOOKLET, "张三", advised(hint(f), "是不是")),
    },
    Case {
        what: "an entry of checks for a name",
        wrong: |p| {
            text(p, ONE, "正文每段", "正文毎段");
            p.edit(BOOKLET, |v| {
                v["checks"] = json!([{ "code": "E0323", "person": "张三", "reason": "客户原文" }])
            });
        },
        told: &["E0123", "E0323"],
        words: &["不在书里"],
        mend: |p, f| text(p, BOOKLET, "\"张三\"", &format!("\"{}\"", advised(hint(f), "是不是"))),
    },
    Case {
        what: "a hint copied without a reason",
        wrong: |p| {
            text(p, ONE, "正文每段", "正文毎段");
            p.edit(BOOKLET, |v| v["checks"] = json!([{ "code": "E0323", "reason": "这里写理由" }]));
        },
        told: &["E0124"],
        words: &["还没有写理由"],
        mend: |p, f| text(p, BOOKLET, "这里写理由", advised(hint(f), "理由，如")),
    },
    Case {
        what: "a setting off by letters",
        wrong: |p| p.edit(BOOKLET, |v| v["setting"] = json!("rommy")),
        told: &["E0106"],
        words: &["roomy"],
        mend: |p, f| text(p, BOOKLET, "rommy", advised(hint(f), "是不是")),
    },
    Case {
        what: "a lost character",
        wrong: |p| text(p, ONE, "正文每段", "正文\u{FFFD}段"),
        told: &["E0320"],
        words: &["这里丢了字"],
        mend: |p, f| put(p, f, "\u{FFFD}", "每"),
    },
    Case {
        what: "two spaces before a paragraph",
        wrong: |p| text(p, ONE, "\"数字至多3项，每", "\"　　数字至多3项，每"),
        told: &["E0319"],
        words: &["多余的空格"],
        mend: |p, f| text(p, ONE, "　　数字", advised(hint(f), "删去，改成")),
    },
];

/// Forty broken projects: what is told is the cause, nothing that follows from
/// it, in an editor's words; the advice, followed to the letter, mends it.
#[test]
fn advice_works() {
    assert!(CASES.len() >= 40, "{}", CASES.len());
    let mut wrong = Vec::new();
    for case in CASES {
        let project = Project::starter();
        (case.wrong)(&project);
        let (found, _) = project.check();
        let told = found.iter().map(|f| format!("{} {} / {}", f["code"], message(f), hint(f)));
        let told: Vec<_> = told.collect();
        if codes(&found) != case.told {
            wrong.push(format!("{}: {told:#?}", case.what));
            continue;
        }
        for word in case.words {
            assert!(
                found.iter().any(|f| message(f).contains(word) || hint(f).contains(word)),
                "{}: {told:#?}",
                case.what
            );
        }
        let human = project.run("check", &["--lang", "zh"]).err;
        for word in ["article[", "figures[", "headline[", "fengcai schema", "points", "{meant}"] {
            assert!(
                !human.contains(&format!("位置: 张三 · {word}")) && !human.contains("fengcai schema"),
                "{human}"
            );
        }
        (case.mend)(&project, &found[0]);
        let (left, _) = project.check();
        if !left.is_empty() {
            let left: Vec<_> = left.iter().map(|f| format!("{} {}", f["code"], message(f))).collect();
            wrong.push(format!("{} is not mended: {left:#?}", case.what));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Overflowing articles of every length: the paragraphs and characters that the
/// advice names are enough.
#[test]
fn what_is_to_be_cut_is_enough() {
    let clause = "社区里的事情一件一件办，办好一件是一件，大家看在眼里记在心上，日子越过越有滋味";
    for length in (700..1_500).step_by(37) {
        let project = Project::starter();
        project.edit(ONE, |v| {
            let text: Vec<char> = clause.chars().cycle().take(length).collect();
            let sizes = [length / 5, length / 3, length / 7];
            let mut rest = text.as_slice();
            let mut article = Vec::new();
            for size in sizes.into_iter().chain([length]) {
                let (here, after) = rest.split_at(size.min(rest.len()));
                let here: String = here.iter().collect();
                article.push(format!("张三说{}。", here.trim_matches(['，', '。'])));
                rest = after;
            }
            v["article"] = json!(article);
            for field in ["quote", "figures", "honours"] {
                drop(v.as_object_mut().unwrap().remove(field));
            }
        });
        let overflow = |found: Vec<Value>| found.into_iter().find(|f| f["code"] == "E0501");
        let Some(found) = overflow(project.check().0) else { continue };
        cut(&project, &found);
        let left = overflow(project.check().0);
        assert!(left.is_none(), "{length}: {} then {left:?}", hint(&found));
    }
}

/// Where the advice names a tighter setting, that one is enough.
#[test]
fn a_tighter_setting_helps_where_it_is_named() {
    let mut named = 0;
    for count in [2, 3, 4, 5, 6, 8, 10, 12] {
        let project = Project::starter();
        project.edit(ONE, |v| {
            let more =
                "这一段是为了试验版面而添加的文字，长得放不进一页，程序应当说出超了几行。".repeat(count);
            v["article"].as_array_mut().unwrap().push(json!(more));
        });
        let found = project.check().0.into_iter().find(|f| f["code"] == "E0501");
        let Some(found) = found.filter(|f| hint(f).contains("\"tight\"")) else { continue };
        named += 1;
        project.edit(BOOKLET, |v| v["setting"] = json!("tight"));
        assert!(!project.check().0.iter().any(|f| f["code"] == "E0501"), "{}", hint(&found));
    }
    assert!(named > 1, "{named}");
}

/// Errors first, what is of the book before what is of a person, the persons as
/// they come in the book, whatever their files are called.
#[test]
fn findings_come_in_the_books_order() {
    let project = Project::first_edition();
    for id in ["bian-hui", "zhao-jinmei", "lin-zeyin"] {
        project.edit(&format!("data/profiles/{id}.json"), |v| v["quote"] = json!("无中生有的一句"));
    }
    project.edit("data/profiles/wang-fengrong.json", |v| v["honours"]["personal"] = json!([]));
    text(&project, BOOKLET, "党旗在基层一线高高飘扬", "党旗在基层一线高高,飘扬");
    let (found, _) = project.check();
    let who: Vec<_> = found.iter().map(|f| f["person"]["id"].as_str().unwrap_or("book")).collect();
    assert_eq!(who, ["book", "book", "zhao-jinmei", "bian-hui", "lin-zeyin"], "{found:#?}");
    let severities: Vec<_> = found.iter().map(|f| f["severity"].as_str().unwrap()).collect();
    assert!(severities.is_sorted_by_key(|severity| *severity != "error"));
}

/// A hundred thousand slips are told as some and a count, and soon.
#[test]
fn a_hundred_thousand_slips_are_counted() {
    let project = Project::starter();
    let quotes = "\\\"".repeat(100_000);
    text(&project, ONE, "正文第一段。", &format!("正文第一段{}。", &quotes[..8_000]));
    let more: Vec<String> =
        quotes.as_bytes().chunks(8_000).map(|c| String::from_utf8_lossy(c).into()).collect();
    let more: Vec<String> = more.iter().map(|quotes| format!("\"一{quotes}。\"")).collect();
    text(&project, ONE, "\"article\": [", &format!("\"article\": [{},", more.join(",")));
    let keys: String = (0..100_000).map(|i| format!("\"k{i}\": 1, ")).collect();
    text(&project, BOOKLET, "{", &format!("{{ {keys}"));
    let same: String = (0..100_000).map(|_| "\"k\": 1, ").collect();
    text(&project, "data/profiles/example-two.json", "{", &format!("{{ {same}"));
    let run = project.run("check", &["--lang", "zh"]);
    assert_eq!(run.code, 1);
    assert!(run.err.len() < 60_000, "{}", run.err.len());
    for count in ["共 103999 处", "共 100000 处"] {
        assert!(run.err.contains(count) || run.err.contains("还有"), "{}", &run.err[..2_000]);
    }
    let (found, _) = project.check();
    assert!(found.len() < 100, "{}", found.len());
    let counted: u64 = found.iter().map(|f| f["more"].as_u64().unwrap()).sum();
    assert!(counted > 290_000, "{counted}");
}

/// A name is told where it is a name, not where it is part of other words.
#[test]
fn names_have_edges() {
    let project = Project::starter();
    let two = "data/profiles/example-two.json";
    let name =
        serde_json::from_str::<Value>(&project.read(two)).unwrap()["name"].as_str().unwrap().to_owned();
    project.write(two, project.read(two).replace(&name, "高明"));
    text(&project, ONE, "正文每段写成一条", "手段高明，主张立即办；正文每段写成一条");
    assert_eq!(codes(&project.check().0), Vec::<&str>::new());
    text(&project, ONE, "正文每段写成一条", "书记高明说，正文每段写成一条");
    assert_eq!(codes(&project.check().0), ["E0208"]);
}

/// A project says which language it is spoken to in, unless the command does.
#[test]
fn a_project_has_a_language() {
    let project = Project::starter();
    project.edit(BOOKLET, |v| v["language"] = json!("zh"));
    text(&project, ONE, "段内不要换行；", "段内不要换行;");
    assert!(project.run("check", &[]).err.contains("半角的"));
    assert!(project.run("check", &["--lang", "en"]).err.contains("half-width"));
    project.edit(BOOKLET, |v| v["language"] = json!("en"));
    assert!(project.run("check", &["--lang", "zh"]).err.contains("半角的"));
    assert!(project.run("check", &[]).err.contains("half-width"));
}

/// Fonts of a project: one that may not be embedded is refused for every
/// target, a face is found by its name, any script may be set.
#[test]
fn fonts_of_a_project_are_judged_once() {
    let file = |path: &str| std::fs::read(crate::support::root().join("fonts").join(path)).expect("a font");
    let sans = renamed(&file("noto-sans-sc/NotoSansSC-Regular.otf"), "Noto", "Xoto");
    let kai = renamed(&file("lxgw-wenkai/LXGWWenKai-Regular.ttf"), "LXGW", "XXGW");
    let project = Project::starter();
    text(&project, ONE, "正文每段", "正文龦段");
    project.edit(BOOKLET, |v| v["checks"] = json!([{ "code": "E0323", "reason": "为了这个测试" }]));
    let with = |bytes: &[u8], entry: Value| -> Vec<Value> {
        project.write("fonts/own.ttc", bytes);
        project.edit(BOOKLET, |v| v["extra_fonts"] = json!([entry]));
        project.check().0
    };
    let entry = |face: &str| json!({ "file": "fonts/own.ttc", "characters": "龦Ωé]", "face": face });
    let both = collection(&[&sans, &kai]);
    assert_eq!(with(&both, entry("XXGW WenKai")), Vec::<Value>::new());
    let run = project.run("build", &[]);
    run.succeeds();
    let report: Value = serde_json::from_str(&project.read("out/report.json")).unwrap();
    assert!(report["preflight"].to_string().contains("XXGWWenKai"), "{}", report["preflight"]);
    let unknown = with(&both, entry("Nothing"));
    assert!(message(&unknown[0]).contains("XXGW"), "{unknown:#?}");
    // OS/2, fsType: the third of its numbers.
    let mut closed = kai.clone();
    let table = (0..16).map(|i| 12 + 16 * i).find(|at| &closed[*at..at + 4] == b"OS/2").expect("OS/2");
    let offset = u32::from_be_bytes(closed[table + 8..table + 12].try_into().unwrap()) as usize;
    closed[offset + 8..offset + 10].copy_from_slice(&[0, 2]);
    let refused = with(&closed, json!({ "file": "fonts/own.ttc", "characters": "龦" }));
    assert!(message(&refused[0]).contains("不许嵌入"), "{refused:#?}");
}

/// A font under another name of the same length.
fn renamed(font: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut font = font.to_vec();
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    for (from, to) in [(wide(from), wide(to)), (from.as_bytes().to_vec(), to.as_bytes().to_vec())] {
        let places: Vec<usize> =
            font.windows(from.len()).enumerate().filter(|(_, w)| *w == from).map(|(at, _)| at).collect();
        for at in places {
            font[at..at + to.len()].copy_from_slice(&to);
        }
    }
    font
}

/// A collection of fonts (OpenType, TTC header 1.0).
fn collection(fonts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = [&b"ttcf"[..], &[0, 1, 0, 0], &(fonts.len() as u32).to_be_bytes()].concat();
    let mut start = bytes.len() + 4 * fonts.len();
    for font in fonts {
        bytes.extend((start as u32).to_be_bytes());
        start += font.len().next_multiple_of(4);
    }
    for font in fonts {
        let base = bytes.len() as u32;
        let mut font = font.to_vec();
        let tables = u16::from_be_bytes([font[4], font[5]]) as usize;
        for at in (0..tables).map(|i| 12 + 16 * i + 8) {
            let offset = u32::from_be_bytes(font[at..at + 4].try_into().unwrap());
            font[at..at + 4].copy_from_slice(&(offset + base).to_be_bytes());
        }
        font.resize(font.len().next_multiple_of(4), 0);
        bytes.extend(font);
    }
    bytes
}

/// The findings as a page to print and as lists to send: every finding is in
/// each, nothing of the data is markup or a formula, the same findings are the
/// same bytes, and a file of another kind is not written over.
#[test]
fn findings_are_kept_as_a_page_and_as_lists() {
    let project = Project::starter();
    text(&project, ONE, "段内不要换行；", "段内不要换行;<b>，");
    project.edit(ONE, |v| v["quote"] = json!("=1+1"));
    let (found, _) = project.check();
    let report = |name: &str, code: i32| -> Vec<u8> {
        let path = project.path(name);
        let run = project.run("check", &["--lang", "zh", "--report", path.to_str().unwrap()]);
        assert_eq!(run.code, code, "{}", run.err);
        std::fs::read(path).unwrap_or_default()
    };
    let html = String::from_utf8(report("found.html", 1)).unwrap();
    assert!(html.contains("&lt;b&gt;") && !html.contains("<b>，"), "{html}");
    let csv = String::from_utf8(report("found.csv", 1)).unwrap();
    assert!(csv.starts_with("\u{FEFF}序号,") && csv.contains("=1+1") && !csv.contains(",=1+1"), "{csv}");
    for finding in &found {
        let code = finding["code"].as_str().unwrap();
        assert!(html.contains(code) && csv.contains(code), "{code}");
    }
    let xlsx = report("found.xlsx", 1);
    assert!(xlsx == report("found.xlsx", 1), "the same findings are the same bytes");
    let script = "import sys, openpyxl\n\
        s = openpyxl.load_workbook(sys.argv[1]).active\n\
        print(s.max_row, s.freeze_panes, s['B2'].value, all(c.data_type != 'f' for r in s.rows for c in r))\n\
        print([r[8].value for r in s.iter_rows(min_row=2)])";
    let path = project.path("found.xlsx");
    if let Some(read) = crate::support::judge("python3", &["-c", script, path.to_str().unwrap()]) {
        let (head, listed) = read.split_once('\n').unwrap();
        assert_eq!(head, format!("{} A2 错误 True", found.len() + 1));
        for finding in &found {
            assert!(listed.contains(finding["code"].as_str().unwrap()), "{listed}");
        }
    }
    project.write("letter.html", "my own");
    report("letter.html", 2);
    assert_eq!(project.read("letter.html"), "my own");
    let run = project.run("check", &["--report", "found.docx"]);
    assert!(run.code == 2 && run.err.contains(".html"), "{}", run.err);
}
