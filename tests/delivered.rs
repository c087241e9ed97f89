//! The delivered text against the data: whatever is dropped, swapped, cut,
//! copied twice or given to another person is found and named.

use serde_json::{Value, json};

use crate::support::{Project, profiles, strings};

/// Codes of the comparison.
const CODES: [&str; 6] = ["E0211", "E0213", "E0214", "E0215", "E0216", "W0217"];

/// Findings of the comparison, after a change of the profiles.
fn compared(project: &Project) -> Vec<Value> {
    let (found, _) = project.check();
    found.into_iter().filter(|f| CODES.contains(&f["code"].as_str().unwrap())).collect()
}

fn article(project: &Project, id: &str) -> Vec<String> {
    let profile: Value = serde_json::from_str(&project.read(&format!("data/profiles/{id}.json"))).unwrap();
    strings(&profile["article"]).into_iter().map(ToOwned::to_owned).collect()
}

/// The first and last characters of a text.
fn ends(text: &str) -> (String, String) {
    let count = text.chars().count();
    (text.chars().take(6).collect(), text.chars().skip(count.saturating_sub(6)).collect())
}

/// Whether a finding about a person shows the ends of a piece.
fn names(found: &[Value], id: &str, piece: &str) -> bool {
    // Delivered texts are shown as they are, in half-width marks.
    let wide = |text: &str| text.replace(',', "，").replace(';', "；").replace(':', "：");
    let (start, end) = ends(&wide(piece));
    found.iter().any(|f| {
        let message = wide(f["message"]["zh"].as_str().unwrap());
        f["person"]["id"] == id && message.contains(&start) && message.contains(&end)
    })
}

/// A change of somebody's paragraphs, and the pieces that must be named.
struct Mutation {
    what: String,
    articles: Vec<(String, Vec<String>)>,
    named: Vec<(String, String)>,
}

/// Every paragraph of every person dropped, copied twice, cut, changed, put
/// before the one ahead of it, given to the next person.
fn mutations(project: &Project) -> Vec<Mutation> {
    let ids: Vec<String> = profiles().into_iter().map(|(id, _)| id).collect();
    let mut all = Vec::new();
    for (n, id) in ids.iter().enumerate() {
        let own = article(project, id);
        let next = &ids[(n + 1) % ids.len()];
        let theirs = article(project, next);
        for (i, paragraph) in own.iter().enumerate() {
            let mut add = |what: &str, article: Vec<String>, named: &str| {
                all.push(Mutation {
                    what: format!("{id} {i} {what}"),
                    articles: vec![(id.clone(), article)],
                    named: vec![(id.clone(), named.to_owned())],
                });
            };
            let without: Vec<_> = own.iter().filter(|p| *p != paragraph).cloned().collect();
            add("dropped", without.clone(), paragraph);
            let mut twice = own.clone();
            twice.insert(i, paragraph.clone());
            add("twice", twice, paragraph);
            let (first, rest) = paragraph.split_once('。').unwrap();
            let mut cut = own.clone();
            cut[i] = format!("{first}。");
            if !rest.is_empty() {
                add("cut after its first sentence", cut.clone(), rest);
                cut[i] = rest.to_owned();
                add("without its first sentence", cut, &format!("{first}。"));
            }
            let mut other = own.clone();
            let middle = paragraph.chars().nth(paragraph.chars().count() / 2).unwrap();
            let at = paragraph.char_indices().nth(paragraph.chars().count() / 2).unwrap().0;
            other[i].replace_range(at..at + middle.len_utf8(), "鼎");
            add("another character", other, "鼎");
            let mut fewer = own.clone();
            fewer[i].replace_range(at..at + middle.len_utf8(), "");
            add("a character less", fewer, &middle.to_string());
            if i > 0 {
                let mut swapped = own.clone();
                swapped.swap(i, i - 1);
                let shorter = if own[i].len() < own[i - 1].len() { i } else { i - 1 };
                add("swapped", swapped, &own[shorter]);
            }
            let mut longer = theirs.clone();
            longer.insert(i.min(longer.len()), paragraph.clone());
            all.push(Mutation {
                what: format!("{id} {i} given to {next}"),
                articles: vec![(id.clone(), without), (next.clone(), longer)],
                named: vec![(id.clone(), paragraph.clone()), (next.clone(), paragraph.clone())],
            });
        }
    }
    all
}

/// More than two hundred mutilations of the customer's text, each found, each
/// piece named to the person it is about.
#[test]
fn every_mutilation_is_found() {
    let project = Project::first_edition();
    assert_eq!(compared(&project), Vec::<Value>::new());
    let all = mutations(&project);
    assert!(all.len() >= 200, "{}", all.len());
    let mut wrong = Vec::new();
    for Mutation { what, articles, named } in &all {
        let before: Vec<_> = articles
            .iter()
            .map(|(id, article)| {
                let path = format!("data/profiles/{id}.json");
                let text = project.read(&path);
                project.edit(&path, |profile| profile["article"] = json!(article));
                (path, text)
            })
            .collect();
        let found = compared(&project);
        let missing: Vec<_> = named.iter().filter(|(id, piece)| !names(&found, id, piece)).collect();
        // What did not change is not told of.
        let strangers = found.iter().any(|f| !articles.iter().any(|(id, _)| f["person"]["id"] == **id));
        if !missing.is_empty() || strangers || found.len() > 3 {
            let told: Vec<_> =
                found.iter().map(|f| format!("{} {}", f["code"], f["message"]["zh"])).collect();
            wrong.push(format!("{what}: {missing:?}\n{}", told.join("\n")));
        }
        for (path, text) in before {
            project.write(&path, text);
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n\n"));
}

/// A short book whose source is given.
fn with_source(source: impl AsRef<[u8]>) -> Project {
    let project = Project::starter();
    project.edit("data/booklet.json", |booklet| {
        booklet["source"] = json!("data/source.txt");
        booklet["order"] = json!(["example-one"]);
    });
    project.write("data/source.txt", source.as_ref());
    project
}

const STARTER: &str = "标题写在这里 一行一条至多三行

示例区示例街道示例社区党委书记 张三
这是张三的正文第一段。正文每段写成一条，段内不要换行；标点用全角，数字和字母用半角。引语要与正文一字不差，程序会逐字核对，找不到出处就会报错。
数字至多3项，每一项都要写明出处，出处也要与正文一字不差。一般来说，正文在650字以内就能放下；放不下时，程序会说超出几行、大约要删多少字，不会悄悄缩小字号。
荣誉分社区荣誉和个人荣誉两类，比如示例文明社区和示例优秀共产党员，也要见于正文。照片可有可无：没有照片，左页用名字里的大字；有了照片，写上文件名和面部的大致位置即可。
";

/// The encodings that programs save text in, and characters that show nothing.
#[test]
fn texts_are_read_as_programs_save_them() {
    let gb18030 = encoding_rs::GB18030.encode(STARTER).0.into_owned();
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(STARTER.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let odd = STARTER
        .replace("正文第一段", "正\u{AD}文\u{200B}第一\u{2F42}段")
        .replace("第一\u{2F42}段", "第一段")
        .replace("示例文明", "示例\u{2F42}明")
        .replace("650", "６５０")
        .replace('\n', "\r\n")
        .replace("。数字至多", "。\u{B}数字至多");
    for bytes in [STARTER.as_bytes().to_vec(), gb18030, utf16, odd.into_bytes()] {
        assert_eq!(compared(&with_source(bytes)), Vec::<Value>::new());
    }
    let word = with_source("PK\u{3}\u{4}");
    let (found, _) = word.check();
    let unread = found.iter().find(|f| f["code"] == "E0212").expect("a finding");
    assert!(unread["message"]["zh"].as_str().unwrap().contains("用 Word、Excel 修复后另存"), "{unread}");
}

/// The post in a line of its own shape, after the headline, with no street.
#[test]
fn posts_are_looked_for_where_they_stand() {
    let source = STARTER.replace("示例区示例街道示例社区党委书记 张三", "——记示例区示例社区党委书记张三");
    let project = with_source(&source);
    project.edit("data/profiles/example-one.json", |profile| {
        drop(profile["post"].as_object_mut().unwrap().remove("street"));
    });
    assert_eq!(compared(&project), Vec::<Value>::new());
    // A part that is wrong is told of, and only that.
    project.edit("data/profiles/example-one.json", |profile| profile["post"]["role"] = json!("党委副书记"));
    let found = compared(&project);
    assert_eq!((found.len(), found[0]["field"].as_str()), (1, Some("post.role")), "{found:#?}");
}

/// What the hint of every difference says, done to the letter, settles it; the
/// next change of the same place is told of again.
#[test]
fn every_difference_can_be_settled() {
    let project = with_source(STARTER);
    project.edit("data/profiles/example-one.json", |profile| {
        let article = profile["article"].as_array_mut().unwrap();
        article[0] = json!(article[0].as_str().unwrap().replace("一字不差", "完全相同"));
        article[1] = json!(article[1].as_str().unwrap().replace("也要与正文一字不差", "也要查"));
        let last = article.pop().unwrap();
        article.insert(0, last);
        article.push(json!("新添的一段话，原稿里没有，说的是别的事。"));
        profile["headline"] = json!(["标题写在那里", "一行一条至多三行"]);
    });
    let found = compared(&project);
    assert!(found.len() >= 4, "{found:#?}");
    settle(&project, &found);
    assert_eq!(compared(&project), Vec::<Value>::new());
    let path = "data/profiles/example-one.json";
    project.write(path, project.read(path).replace("说的是别的事", "说的是另外的事"));
    assert_eq!(compared(&project).len(), 1);
}

/// Puts the entries that the hints give into `checks`.
fn settle(project: &Project, found: &[Value]) {
    for finding in found {
        let hint = finding["hint"]["zh"].as_str().unwrap();
        let entry = &hint[hint.find('{').expect("an entry")..=hint.rfind('}').expect("an entry")];
        let entry = entry.replace("这里写理由", "局里定稿时改的");
        let entry: Value = serde_json::from_str(&entry).unwrap_or_else(|e| panic!("{entry}: {e}"));
        project.edit("data/booklet.json", |booklet| match booklet["checks"].as_array_mut() {
            Some(checks) => checks.push(entry.clone()),
            None => booklet["checks"] = json!([entry]),
        });
    }
}

/// Two texts, one for each person, and one who is in neither.
#[test]
fn several_texts_and_a_person_in_none() {
    let project = Project::first_edition();
    let text = project.read("tests/fixtures/fengcailu.txt");
    let half = text.find("以实干为犁").expect("the third person");
    project.write("data/a.txt", &text[..half]);
    project.write("data/b.txt", &text[half..]);
    project.edit("data/booklet.json", |booklet| booklet["source"] = json!(["data/a.txt", "data/b.txt"]));
    assert_eq!(compared(&project), Vec::<Value>::new());
    project.edit("data/booklet.json", |booklet| booklet["source"] = json!(["data/a.txt"]));
    let found = compared(&project);
    assert!(found.len() == 8 && found.iter().all(|f| f["code"] == "E0216"), "{found:#?}");
}

/// The first edition's text in another shape, and nothing else changed.
fn reshaped(change: impl Fn(&str) -> String) -> Vec<Value> {
    let project = Project::first_edition();
    let text = project.read("tests/fixtures/fengcailu.txt");
    project.write("data/source.txt", change(&text));
    project.edit("data/booklet.json", |booklet| booklet["source"] = json!("data/source.txt"));
    compared(&project)
}

/// A text of one person after the other: headline, post, name, article.
fn persons(write: impl Fn(usize, &[&str], [&str; 2], &[&str]) -> String) -> String {
    let all: Vec<String> = profiles()
        .iter()
        .enumerate()
        .map(|(i, (_, profile))| {
            let post: String = ["district", "street", "community", "role"]
                .iter()
                .map(|part| profile["post"][*part].as_str().unwrap())
                .collect();
            let name = profile["name"].as_str().unwrap();
            write(i, &strings(&profile["headline"]), [&post, name], &strings(&profile["article"]))
        })
        .collect();
    all.join("\n")
}

/// Lines of so many characters.
fn wrapped(text: &str, width: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(width).map(|line| line.iter().collect::<String>() + "\n").collect()
}

/// However the words stand in the delivered text, as long as they are the same
/// and in order, nothing differs.
#[test]
fn shapes_without_other_words_are_no_differences() {
    type Shape = (&'static str, fn(usize, &[&str], [&str; 2], &[&str]) -> String);
    let shapes: &[Shape] = &[
        ("post first", |_, h, [p, n], a| format!("{p} {n}\n{}\n{}", h.join(" "), a.join("\n"))),
        ("——记", |_, h, [p, n], a| format!("{}\n——记{p}{n}\n{}", h.join("　"), a.join("\n"))),
        ("同志", |_, h, [p, n], a| format!("{}\n——记{p} {n}同志\n\n{}", h.join(""), a.join("\n\n"))),
        ("name alone", |_, h, [p, n], a| format!("{}\n{p}\n{n}\n{}", h.join("\n"), a.join("\n"))),
        ("name before the post", |_, h, [p, n], a| format!("{}\n{n}\n{p}\n{}", h.join("\n"), a.join("\n"))),
        ("brackets", |_, h, [p, n], a| format!("{}\n{n}（{p}）\n{}", h.join(" "), a.join("\n"))),
        ("numbers", |i, h, [p, n], a| format!("{}、{}\n{p} {n}\n{}", i + 1, h.join(" "), a.join("\n"))),
        ("labels", |_, h, [p, n], a| {
            format!("标题：{}\n姓名：{n}\n职务：{p}\n事迹：\n{}", h.join(" "), a.join("\n"))
        }),
        ("a space in the name", |_, h, [p, n], a| {
            let name: String = n.chars().map(|c| format!("{c}　")).collect();
            format!("{}\n{p} {name}\n{}", h.join(" "), a.join("\n"))
        }),
        ("one paragraph", |_, h, [p, n], a| format!("{}\n{p} {n}\n{}", h.join(" "), a.concat())),
        ("indented", |_, h, [p, n], a| format!("{}\n{p} {n}\n　　{}", h.join(" "), a.join("\n　　"))),
        ("lines of 12", |_, h, [p, n], a| format!("{}\n{p} {n}\n{}", h.join(" "), wrapped(&a.concat(), 12))),
        ("lines of 35", |_, h, [p, n], a| format!("{}\n{p} {n}\n{}", h.join(" "), wrapped(&a.concat(), 35))),
        ("page numbers", |i, h, [p, n], a| {
            format!("{}\n{p} {n}\n{}\n— {} —\n{}", h.join(" "), a[0], i + 1, a[1..].join("\n"))
        }),
        ("a full stop behind the name", |_, h, [p, n], a| {
            format!("{}\n{p} {n}。\n{}", h.join(" "), a.join("\n"))
        }),
    ];
    for (what, write) in shapes {
        let found = reshaped(|_| persons(write));
        assert!(found.is_empty(), "{what}: {found:#?}");
    }
    type Put = fn(&str) -> String;
    let text: &[(&str, Put)] = &[
        ("CRLF", |t| t.replace('\n', "\r\n")),
        ("CR", |t| t.replace('\n', "\r")),
        ("NEL", |t| t.replace('\n', "\u{85}")),
        ("vertical tabs", |t| t.replace('\n', "\u{B}")),
        ("form feeds", |t| t.replace("\n\n\n", "\u{C}")),
        ("soft hyphens", |t| t.replace('的', "\u{AD}的\u{200B}")),
        ("parted dashes", |t| t.replace("——", "—\u{200B}—")),
        ("corner brackets", |t| t.replace('“', "「").replace('”', "」")),
    ];
    for (what, change) in text {
        let found = reshaped(change);
        assert!(found.is_empty(), "{what}: {found:#?}");
    }
}

/// What looks like nothing and is something: a character lost at the end of a
/// post, a mark of a headline, a line that begins with a name, a character that
/// no other machine knows, letters added to the book's own title.
#[test]
fn nothing_is_swallowed() {
    type Put = fn(&str) -> String;
    let told: &[(&str, Put, &str)] = &[
        ("a post", |t| t.replace("党委书记兼居委会主任 王凤荣", "党委书记兼居委会主任记 王凤荣"), "记"),
        ("a mark", |t| t.replace("以实干为犁深耕社区", "以实干为犁深耕社区！"), "！"),
        ("a list", |t| format!("王琦荣获全国三八红旗手称号\n{t}"), "红旗手"),
        ("a private character", |t| t.replace("福汇园社区党委", "福\u{E123}汇园社区党委"), "U+E123"),
        ("another paragraph", |t| t.replace("居民满意度大幅提升。", "居民满意度大幅提升。不。"), "不"),
    ];
    for (what, change, word) in told {
        let found = reshaped(change);
        let messages: Vec<_> = found.iter().map(|f| f["message"]["zh"].as_str().unwrap()).collect();
        assert!(messages.iter().any(|message| message.contains(word)), "{what}: {messages:#?}");
    }
    let project = Project::first_edition();
    project.edit("data/booklet.json", |booklet| booklet["title"][0] = json!("身边的榜样们"));
    let found = compared(&project);
    assert_eq!((found.len(), found[0]["field"].as_str()), (1, Some("title[0]")), "{found:#?}");
}

/// One mistake is one finding: a wrong name, two headlines exchanged, another's
/// article.
#[test]
fn one_mistake_is_told_once() {
    let project = Project::first_edition();
    let wang = project.read("data/profiles/wang-qi.json");
    project.edit("data/profiles/wang-qi.json", |profile| profile["name"] = json!("王绮"));
    let (found, _) = project.check();
    let told: Vec<_> =
        found.iter().map(|f| (f["code"].as_str().unwrap(), f["field"].as_str().unwrap())).collect();
    assert_eq!(told, [("E0211", "name")], "{found:#?}");
    let yan: Value = serde_json::from_str(&project.read("data/profiles/yan-ping.json")).unwrap();
    let own: Value = serde_json::from_str(&wang).unwrap();
    project.write("data/profiles/wang-qi.json", &wang);
    project.edit("data/profiles/wang-qi.json", |profile| profile["headline"] = yan["headline"].clone());
    project.edit("data/profiles/yan-ping.json", |profile| profile["headline"] = own["headline"].clone());
    let found = compared(&project);
    let ids: Vec<_> = found.iter().map(|f| f["person"]["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"wang-qi") && ids.contains(&"yan-ping") && ids.len() <= 4, "{found:#?}");
    project.write("data/profiles/yan-ping.json", yan.to_string());
    project.write("data/profiles/wang-qi.json", &wang);
    project.edit("data/profiles/wang-qi.json", |profile| profile["article"] = yan["article"].clone());
    assert_eq!(compared(&project).len(), 1);
}
