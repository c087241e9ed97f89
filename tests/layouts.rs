//! The template under all kinds of persons: it fits, or it says what does not.

use serde_json::{Value, json};

use crate::support::{Project, grey_png};

const ID: &str = "data/profiles/example-one.json";

/// A starter project with a changed first person, in the standard setting.
fn person(change: impl FnOnce(&mut Value)) -> Project {
    let project = Project::starter();
    project.edit("data/booklet.json", |b| b["setting"] = json!("standard"));
    project.edit(ID, change);
    project
}

/// What the schemas say that fits does fit, and one character more does not.
#[test]
fn limits_are_those_that_the_schemas_state() {
    use fengcai::starter::schemas;
    let [(_, booklet), (_, profile), _] = schemas();
    let project = Project::starter();
    let booklet_before = project.read("data/booklet.json");
    let profile_before = project.read(ID);
    type Put = fn(&mut Value, &mut Value, &str);
    let limits: [(&str, &str, usize, Put); 7] = [
        (&booklet, "排得下 29 字", 29, |b, _, t| b["series"] = json!(t)),
        (&booklet, "每行排得下 12 字", 12, |b, _, t| b["title"] = json!([t, t])),
        (&booklet, "合起来排得下 54 字", 54, |b, _, t| b["subtitle"] = json!([t])),
        (&profile, "排得下 9 字", 9, |_, p, t| p["name"] = json!(t)),
        (&profile, "合起来排得下 46 字", 46, |_, p, t| {
            p["post"] = json!({ "district": t, "role": "书记" })
        }),
        (&profile, "排得下 57 字", 57, |_, p, t| p["quote"] = json!(t)),
        (&profile, "合起来排得下 32 字", 32, |_, p, t| {
            let chars: Vec<char> = t.chars().collect();
            p["headline"] =
                json!(chars.chunks(chars.len().div_ceil(3)).map(String::from_iter).collect::<Vec<_>>());
        }),
    ];
    // With three figures, beside which the name has least room.
    let mut three: Value = serde_json::from_str(&profile_before).unwrap();
    let figure = three["figures"][0].clone();
    three["figures"].as_array_mut().unwrap().push(figure);
    let profile_before = three.to_string();
    for (schema, said, limit, put) in limits {
        assert!(schema.contains(said), "{said}");
        for (length, right) in [(limit, true), (limit + 1, false)] {
            let text = "国".repeat(length);
            let mut booklet = serde_json::from_str(&booklet_before).unwrap();
            let mut profile = serde_json::from_str(&profile_before).unwrap();
            put(&mut booklet, &mut profile, &text);
            project.write("data/booklet.json", booklet.to_string());
            project.write(ID, profile.to_string());
            let (found, _) = project.check();
            let fits =
                !found.iter().any(|f| ["E0501", "E0502", "E0506"].contains(&f["code"].as_str().unwrap()));
            assert_eq!(fits, right, "{said}: {length}");
        }
    }
}

fn fits(what: &str, change: impl FnOnce(&mut Value)) {
    let (found, _) = person(change).check();
    assert!(found.is_empty(), "{what}: {found:#?}");
}

/// An article of `count` characters in three paragraphs, with the starter's
/// evidence left out.
fn article(value: &mut Value, count: usize) {
    let text: Vec<char> =
        "张三说，社区里的事情一件一件办，办好一件是一件，大家看在眼里，记在心上，日子越过越有滋味。"
            .chars()
            .cycle()
            .take(count)
            .collect();
    let paragraphs: Vec<String> = text
        .chunks(count.div_ceil(3))
        .map(|c| format!("{}。", String::from_iter(&c[..c.len() - 1]).trim_matches(['，', '。'])))
        .collect();
    value["article"] = json!(paragraphs);
    let object = value.as_object_mut().unwrap();
    for field in ["quote", "figures", "honours"] {
        object.remove(field);
    }
}

#[test]
fn names_of_all_lengths() {
    for name in [
        "边晖",
        "王凤荣",
        "欧阳修文",
        "司马相如",
        "买买提江",
        "阿卜杜热西提·买买提",
        "古丽·艾力",
        "买买提·艾力·阿卜杜拉",
    ] {
        fits(name, |v| {
            v["name"] = json!(name);
            let first = v["article"][0].as_str().unwrap().replace("张三", name);
            v["article"][0] = json!(first);
        });
    }
}

#[test]
fn headlines_of_one_to_three_lines() {
    for lines in [
        &["以实干为犁深耕社区"][..],
        &["吸引“合伙人”扩大“朋友圈”", "变“众口难调”为“众人拾柴”"],
        &["心中有责", "眼里有活", "手上有招"],
    ] {
        fits(lines[0], |v| v["headline"] = json!(lines));
    }
    // One line too long for the measure is broken between words.
    fits("long", |v| v["headline"] = json!(["坚守初心甘奉献情系居民勇担当久久为功办实事"]));
    let (found, _) = person(|v| {
        v["headline"] = json!(vec!["一二三四五六七八九十一二三四五六七八九十"; 3])
    })
    .check();
    assert!(found.iter().any(|f| f["code"] == "E0501" && f["field"] == "headline"), "{found:#?}");
}

#[test]
fn articles_of_300_to_650_characters() {
    for count in [300, 450, 650] {
        fits("article", |v| {
            article(v, count);
            let honour = v["article"][0].as_str().unwrap().chars().take(9).collect::<String>();
            v["honours"] = json!({ "community": [honour], "personal": [honour] });
        });
    }
    let (found, exit) = person(|v| article(v, 900)).check();
    assert_eq!((found.len(), exit), (1, 1), "{found:#?}");
    assert_eq!((&found[0]["code"], &found[0]["field"]), (&json!("E0501"), &json!("article")));
    assert_eq!(found[0]["page"], 5);
}

#[test]
fn without_quote_figures_or_honours() {
    fits("bare", |v| {
        for field in ["quote", "figures", "honours"] {
            v.as_object_mut().unwrap().remove(field);
        }
    });
    fits("one figure", |v| drop(v["figures"].as_array_mut().unwrap().pop()));
}

#[test]
fn every_setting_holds_the_same_book() {
    for setting in ["standard", "roomy", "tight"] {
        let project = Project::first_edition();
        project.edit("data/booklet.json", |b| b["setting"] = json!(setting));
        assert_eq!(project.check(), (vec![], 0), "{setting}");
    }
}

#[test]
fn books_of_other_sizes() {
    for (count, pages) in [(1, 8), (9, 24), (12, 28), (40, 88)] {
        let project = crate::support::many::project(count);
        project.run("build", &[]).succeeds();
        let report: Value = serde_json::from_str(&project.read("out/report.json")).unwrap();
        assert_eq!(report["page_count"], pages, "{count} persons");
        for spread in report["page_map"]["persons"].as_object().unwrap().values() {
            let pages = spread.as_array().unwrap();
            assert_eq!(pages.len(), 2);
            assert_eq!(pages[0].as_u64().unwrap() % 2, 0, "a verso is even");
        }
    }
}

#[test]
fn blank_pages_stand_where_the_project_says() {
    for (blanks, pages) in [("before-colophon", [24, 25]), ("after-title", [2, 3]), ("end", [25, 26])] {
        // Ten persons take 24 pages.
        let project = crate::support::many::project(10);
        project.write("data/press.json", json!({ "page_multiple": 26, "blanks": blanks }).to_string());
        project.run("build", &["--target", "screen"]).succeeds();
        let report: Value = serde_json::from_str(&project.read("out/report.json")).unwrap();
        assert_eq!(report["blank_pages"], json!(pages), "{blanks}");
    }
}

#[test]
fn portraits_fill_their_panel() {
    let project = Project::first_edition();
    for (i, (width, height)) in [(1600, 2100), (2100, 1600), (1600, 6000), (6000, 1600)].iter().enumerate() {
        project.write(&format!("data/photos/{i}.png"), grey_png(*width, *height));
    }
    for (i, id) in ["wang-fengrong", "yan-ping", "liu-wei", "chen-ying"].iter().enumerate() {
        let photo = json!({ "file": format!("photos/{i}.png"), "focus": [0.5, 0.24 + 0.1 * i as f64] });
        project.edit(&format!("data/profiles/{id}.json"), |v| v["photo"] = photo);
    }
    assert_eq!(project.check(), (vec![], 0));
    project.run("build", &["--target", "preview"]).succeeds();
    // The panel's corners are the picture's grey, with no red left bare.
    for page in [4, 8, 16, 20] {
        let png = std::fs::read(project.path(&format!("out/preview/page-{page:02}.png"))).unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_rgb8();
        for (x, y) in [(1, 1), (570, 1), (1, 490), (570, 490)] {
            let [r, g, b] = picture.get_pixel(x, y).0;
            assert!(r == g && g == b && r < 250, "page {page} at {x},{y}: {r} {g} {b}");
        }
    }
}

/// What `/pages.json` says is what came of the pages, whatever it was first.
#[test]
fn a_template_reads_its_page_numbers() {
    use fengcai::session::Session;
    use fengcai::typeset::typeset;
    use fengcai::world::{Portraits, files};
    let project = Project::without_source();
    let examination = Session::open(&project.path("")).expect("a project").examine().expect("readable");
    let manuscript = &examination.layout.as_ref().expect("sound").manuscript;
    let main = r#"
        #let pages = json("/pages.json")
        #let leaf(mark) = page[#metadata(mark)#label("page:" + mark)]
        #leaf("title")
        #leaf("verso:a") #leaf("verso:a")
        #page[#metadata("filling")<filling>]
        // Another page once the sketch is done: the first guess is wrong.
        #if "sketch" not in pages { leaf("late") }
        #leaf("end")
        #if "marks" in pages and pages.marks.end == (6,) {
          assert.eq(pages.marks, (end: (6,), late: (5,), title: (1,), "verso:a": (2, 3)))
          assert.eq((pages.count, pages.blanks), (6, 1))
          page[#metadata("")<page:seen>]
          page[#metadata("")<page:seen>]
        }
    "#;
    let laid_out = |main: &str| {
        let mut files = files(manuscript, Portraits::StandIns, None);
        files.insert("main.typ".into(), typst::foundations::Bytes::from_string(main.to_owned()));
        let (book, found) = typeset(files, "main.typ");
        assert!(found.is_empty(), "{found:?}");
        book.expect("lays out")
    };
    // What never comes out as it was told is left to Typst, which tells nothing.
    assert_eq!(laid_out(main).len(), 6);
    let steady = main.replace("page[#metadata(\"\")<page:seen>]", "");
    assert_eq!(laid_out(&steady).len(), 6);
}

/// A layout that begins with the pages of the one before comes out as one that
/// begins from nothing, whatever moved.
#[test]
fn edits_are_laid_out_as_from_nothing() {
    use fengcai::session::{Session, Target, Wishes};
    let project = Project::without_source();
    let wishes = Wishes::new([Target::Screen, Target::Cover]);
    let made = |session: &Session| {
        let mut examination = session.examine().expect("readable");
        let built = session.build(&mut examination, &wishes);
        built.map(|built| ["booklet.pdf", "cover-press.pdf"].map(|file| built.file(file).map(<[u8]>::to_vec)))
    };
    let again = Session::open(&project.path("")).expect("a project");
    let booklet = "data/booklet.json";
    type Edit = (&'static str, fn(&mut Value));
    let edits: [Edit; 6] = [
        ("as it is", |_| {}),
        ("a foreword of two pages", |b| {
            let text: Vec<_> =
                (0..30).map(|i| json!(format!("第{i}段，{}。", "写给读者".repeat(20)))).collect();
            b["sections"] = json!([{ "title": "前言", "paragraphs": text, "place": "before" }]);
        }),
        ("persons the other way round", |b| b["order"].as_array_mut().expect("an array").reverse()),
        ("three of ten", |b| b["order"].as_array_mut().expect("an array").truncate(3)),
        ("without the foreword", |b| drop(b.as_object_mut().expect("an object").remove("sections"))),
        ("another title", |b| b["title"] = json!(["另一个总题"])),
    ];
    for (edit, change) in edits {
        project.edit(booklet, change);
        let anew = Session::open(&project.path("")).expect("a project");
        assert!(made(&again) == made(&anew), "{edit}");
        assert!(made(&anew).is_some(), "{edit}: {:?}", anew.examine().expect("readable").found);
    }
}
