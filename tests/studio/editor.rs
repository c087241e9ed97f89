//! The page, as an editor uses it: with the pointer, with the keyboard alone,
//! with an input method, beside other programs.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Studio, WANG_QI};
use crate::support::browser::Browser;
use crate::support::{Project, root};

/// A page of a studio, once it shows a book.
pub(super) fn page(studio: &Studio) -> Option<Browser> {
    let browser = Browser::open(&studio.address)?;
    browser.wait("document.querySelector('#form .paragraph textarea')");
    Some(browser)
}

pub(super) fn person(browser: &Browser, id: &str) {
    browser.click(&format!("#people [data-id='{id}']"));
    browser.wait(&format!("document.querySelector('#form .form-head small')?.textContent.includes('{id}')"));
}

pub(super) fn written(project: &Project, file: &str) -> Value {
    serde_json::from_str(&project.read(file)).unwrap_or(Value::Null)
}

/// Waits until a file says something.
pub(super) fn until(project: &Project, file: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..1500 {
        let value = written(project, file);
        if wanted(&value) {
            return value;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{:#}", written(project, file));
}

/// Clicks the button that says something.
pub(super) fn press(browser: &Browser, inside: &str, says: &str) {
    let find = format!(
        "[...document.querySelectorAll('{inside} button')].find(b => b.textContent.includes('{says}') && !b.disabled)"
    );
    browser.wait(&find);
    browser.run(&format!("{find}.click()"));
}

/// From an empty folder to a delivery that is signed, without a terminal:
/// dropped files, what was understood, titles, words, evidence, a photo, the
/// order, signatures, files for the print shop.
#[test]
fn from_an_empty_folder_to_a_signed_delivery() {
    let project = Project::empty();
    let studio = Studio::start(&project);
    let Some(browser) = Browser::open(&studio.address) else { return };
    browser.wait("document.querySelector('.drop')");
    browser.shot("start");
    let from = root().join("tests/intake/excel-roster-and-word/in");
    let mut files: Vec<PathBuf> = ["名单.xlsx", "事迹.docx"].iter().map(|name| from.join(name)).collect();
    let photos = Project::empty();
    for name in ["王凤荣", "赵金梅", "晏萍", "王洋", "王琦", "边晖", "刘伟", "王芳", "陈莹", "林则银"]
    {
        let file = format!("{name}.png");
        photos.write(&file, crate::photos::quadrants(1500, 2000, [200, 60, 20]));
        files.push(photos.path(&file));
    }
    browser.upload("#bring", &files);
    browser.wait("document.querySelector('.understood')?.textContent.includes('10')");
    browser.shot("understood");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    // Nothing is written before it was seen.
    assert!(!project.path("data/booklet.json").exists());
    press(&browser, ".people-found", "建议");
    browser.wait("document.querySelectorAll('.people-found input:checked').length > 5");
    browser.click("#write-import");
    browser.wait("document.querySelectorAll('#people button').length === 10");
    browser.wait(
        "document.querySelector('.paragraph textarea') || document.querySelector('#form [data-path=title]')",
    );

    // The title, which no document had.
    press(&browser, "#beside", "书名");
    browser.wait("document.querySelector('#form [data-path=\"title[0]\"] input, #form [data-path=\"title[0]\"] textarea')");
    for (field, text) in [("title[0]", "身边的榜样"), ("series", "党旗在基层一线高高飘扬")] {
        let input = format!("#form [data-path=\"{field}\"] input, #form [data-path=\"{field}\"] textarea");
        browser.run(&format!("const i = document.querySelector('{input}'); i.focus(); i.select()"));
        browser.keys(text);
    }
    until(&project, "data/booklet.json", |booklet| {
        booklet["title"][0] == "身边的榜样" && booklet["series"] == "党旗在基层一线高高飘扬"
    });

    // A slip, told of under its field, mended by its button.
    let id = written(&project, "data/booklet.json")["order"][4].as_str().unwrap().to_owned();
    let file = format!("data/profiles/{id}.json");
    person(&browser, &id);
    browser
        .run("const t = document.querySelector('.paragraph textarea'); t.focus(); t.setSelectionRange(0, 0)");
    browser.keys("她说,");
    browser.wait("document.querySelector('[data-path=\"article[0]\"] .under-field li.error')");
    press(&browser, "[data-path=\"article[0]\"] .under-field", "改成“，”");
    until(&project, &file, |profile| {
        profile["article"][0].as_str().is_some_and(|text| text.starts_with("她说，"))
    });
    browser.wait("!document.querySelector('[data-path=\"article[0]\"] .under-field li.error')");
    browser.wait("document.querySelector('.room').textContent.includes('行')");

    // Words that are selected become the quote.
    browser.run("const t = document.querySelectorAll('.paragraph textarea')[1]; t.focus(); t.setSelectionRange(0, 9); t.dispatchEvent(new Event('select'))");
    browser.wait("!document.querySelector('.taking').hidden");
    press(&browser, ".taking", "引语");
    let quote = written(&project, &file)["article"][1].as_str().unwrap().chars().take(9).collect::<String>();
    until(&project, &file, |profile| profile["quote"] == json!(quote.trim()));
    browser.wait("document.querySelector('.under mark.quote')");
    // A figure with its evidence, from a clause.
    let clause = "document.querySelectorAll('.paragraph textarea')";
    browser.run(&format!("const t = [...{clause}].find(t => t.value.includes('56件')); const at = t.value.indexOf('累计解决问题56件'); t.focus(); t.setSelectionRange(at, at + 10); t.dispatchEvent(new Event('select'))"));
    browser.wait("!document.querySelector('.taking').hidden");
    let figures = written(&project, &file)["figures"].as_array().map_or(0, Vec::len);
    press(&browser, ".taking", "社区荣誉");
    until(&project, &file, |profile| {
        profile["honours"]["community"].to_string().contains("累计解决问题56件")
    });
    assert!(figures <= 3);
    press(&browser, "#desk", "撤销");
    until(&project, &file, |profile| !profile["honours"].to_string().contains("累计解决问题56件"));
    press(&browser, "#desk", "撤销");

    // The face.
    browser.wait("document.querySelector('.photo .whole img')?.complete");
    let at = "const i = document.querySelector('.photo .whole img').getBoundingClientRect(); document.querySelector('.photo .whole').dispatchEvent(new MouseEvent('click', { clientX: i.left + i.width * .25, clientY: i.top + i.height * .3, bubbles: true }))";
    browser.run(at);
    until(&project, &file, |profile| {
        profile["photo"]["focus"][0].as_f64().is_some_and(|x| (x - 0.25).abs() < 0.02)
    });
    browser.wait("document.querySelector('.printed img') && document.querySelector('.facts').textContent.includes('ppi')");
    browser.shot("edit-photo");

    // The order, by keys.
    browser.run(&format!("document.querySelector('#people [data-id=\"{id}\"]').focus()"));
    browser.chord(&["\u{E00A}"], "\u{E013}");
    until(&project, "data/booklet.json", |booklet| booklet["order"][3] == json!(id));

    // Signed as it lies there, and delivered.
    press(&browser, "#modes", "交付");
    browser.wait("document.querySelectorAll('.sign-table tbody tr').length === 14");
    browser.click("#signer");
    browser.keys("张编辑");
    // A word that was not delivered is allowed, with the reason.
    press(&browser, "#modes", "编辑");
    person(&browser, &id);
    press(&browser, "[data-path=\"article[0]\"] .under-field", "准许");
    browser.wait("document.querySelector('dialog[open] input')");
    browser.keys("定稿增补");
    browser.press("\u{E007}");
    until(&project, "data/booklet.json", |booklet| booklet["checks"].to_string().contains("定稿增补"));
    studio.until(|book| !book["findings"].to_string().contains("E0214"));
    press(&browser, "#modes", "交付");
    browser.wait("document.querySelector('#signer')?.value === '张编辑'");
    let errors = studio.json("/book.json")["findings"].clone();
    let errors: Vec<&Value> =
        errors.as_array().unwrap().iter().filter(|found| found["severity"] == "error").collect();
    assert!(errors.is_empty(), "{errors:?}");
    press(&browser, ".signing", "全部签字");
    browser.wait("document.querySelectorAll('.sign-table td.good').length === 14");
    browser.shot("signed");
    browser.click("[data-make=delivery]");
    browser.wait("document.querySelector('.result')?.textContent.includes('做好了')");
    browser.shot("delivered");
    assert!(project.path("out/delivery").is_dir());
    project.run("verify", &[]).succeeds();
    let status = project.run("status", &[]).out;
    assert_eq!(status.matches("张编辑").count(), 14, "{status}");
}

/// An input method composes: nothing is sent and nothing is drawn in between,
/// and what is composed arrives whole, whatever happens meanwhile.
#[test]
fn a_composition_is_never_disturbed() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    person(&browser, "wang-qi");
    browser.run("const t = document.querySelector('.paragraph textarea'); t.focus(); t.setSelectionRange(0, 0); window.sent = 0; const f = window.fetch; window.fetch = (...a) => { if (String(a[0]).includes('/do')) window.sent++; return f(...a); }");
    let text = project.read(WANG_QI);
    let compose = |text: &str| {
        let length = text.encode_utf16().count();
        browser.command(
            "Input.imeSetComposition",
            &json!({ "text": text, "selectionStart": length, "selectionEnd": length }),
        );
    };
    for step in ["t", "ta", "ta s", "ta sh", "ta shuo"] {
        compose(step);
        std::thread::sleep(Duration::from_millis(40));
    }
    // Somebody else saves meanwhile, and the page is told of it.
    project.edit("data/profiles/yan-ping.json", |profile| profile["name"] = json!("晏平"));
    browser
        .wait("[...document.querySelectorAll('#people button')].some(b => b.textContent.includes('晏平'))");
    assert_eq!(browser.run("return window.sent"), 0, "nothing is written in the middle of a word");
    assert_eq!(project.read(WANG_QI), text);
    // And changes another paragraph of the same article: neither is lost.
    project.edit(WANG_QI, |profile| profile["article"][2] = json!("别处改的第三段。"));
    studio.until(|book| book["findings"].to_string().contains("E0202"));
    browser.wait("document.body.dataset.revision > 2");
    compose("她说");
    browser.command("Input.insertText", &json!({ "text": "她说" }));
    let begins = |profile: &Value| profile["article"][0].as_str().unwrap().starts_with("她说“民有所呼");
    let both = until(&project, WANG_QI, begins);
    assert_eq!(both["article"][2], "别处改的第三段。");
    browser.wait("document.querySelectorAll('.paragraph textarea')[2].value === '别处改的第三段。'");
    assert!(
        browser
            .run("return document.querySelector('.paragraph textarea').value")
            .as_str()
            .unwrap()
            .starts_with("她说“民")
    );
    // Fifty compositions in a row: every character is there.
    for i in 0..50 {
        compose("w");
        compose("wo");
        browser
            .command("Input.insertText", &json!({ "text": char::from_u32(0x4E00 + i).unwrap().to_string() }));
    }
    let all: String = (0..50).map(|i| char::from_u32(0x4E00 + i).unwrap()).collect();
    until(&project, WANG_QI, |profile| {
        profile["article"][0].as_str().unwrap().contains(&format!("她说{all}“民"))
    });
}

/// The keyboard alone, from the first tab to the signature.
#[test]
fn the_keyboard_is_enough() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    let tab = |wanted: &str| {
        for _ in 0..400 {
            browser.press("\u{E004}");
            if browser.run(&format!("return Boolean(document.activeElement.matches({wanted:?}))")) == true {
                return;
            }
        }
        panic!("{wanted} is not reached by the keyboard");
    };
    tab("#people [data-id=\"wang-qi\"]");
    browser.press("\u{E007}");
    browser.wait("document.querySelector('#form .form-head small').textContent.includes('wang-qi')");
    tab("#form [data-path=name] input");
    browser.press("\u{E010}");
    browser.keys("甲");
    until(&project, WANG_QI, |profile| profile["name"] == "王琦甲");
    browser.press("\u{E003}");
    until(&project, WANG_QI, |profile| profile["name"] == "王琦");
    // Selected words, taken by a key.
    tab("#form .paragraph textarea");
    browser.chord(&["\u{E009}"], "\u{E011}");
    for _ in 0..12 {
        browser.chord(&["\u{E008}"], "\u{E014}");
    }
    browser.wait("!document.querySelector('.taking').hidden");
    browser.chord(&["\u{E00A}"], "1");
    until(&project, WANG_QI, |profile| {
        profile["quote"].as_str().is_some_and(|quote| quote.starts_with("“民有所呼"))
    });
    browser.run("document.activeElement.blur()");
    browser.chord(&["\u{E009}"], "z");
    until(&project, WANG_QI, |profile| profile["quote"] == "民有所呼，我有所应；民有所求，我有所为");
    // Modes and a signature.
    browser.run("document.querySelector('#stage').focus(); document.body.focus()");
    browser.run("document.querySelector('#modes button:last-child').focus()");
    browser.press("\u{E007}");
    browser.wait("document.querySelector('#signer')");
    tab("#signer");
    browser.keys("李校对");
    tab(".sign-table button[aria-label*=\"王琦\"]");
    browser.press("\u{E007}");
    browser.wait("document.querySelector('.sign-table td.good')");
    // Every dialog closes by its key, and gives the focus back.
    browser.run("document.querySelector('#desk button').focus()");
    tab("#desk button");
    press(&browser, "#desk", "?");
    browser.wait("document.querySelector('dialog[open]')");
    browser.press("\u{E00C}");
    browser.wait("!document.querySelector('dialog')");
}

/// Two tabs, and another program, at the same file: merged, told of, or
/// read-only with the place.
#[test]
fn others_at_the_same_file() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    person(&browser, "wang-qi");
    let other = Browser::open(&studio.address).unwrap();
    other.wait("document.querySelector('#form .paragraph textarea')");
    person(&other, "wang-qi");
    let type_at = |browser: &Browser, selector: &str, text: &str| {
        browser.run(&format!(
            "const t = document.querySelector('{selector}'); t.focus(); t.setSelectionRange(0, 0)"
        ));
        browser.keys(text);
    };
    type_at(&browser, "[data-path=name] input", "甲");
    type_at(&other, "[data-path=headline] textarea", "乙");
    until(&project, WANG_QI, |profile| {
        profile["name"] == "甲王琦" && profile["headline"][0] == "乙扎根基层不负韶华"
    });
    // Each sees what the other wrote.
    browser.wait("document.querySelector('[data-path=headline] textarea').value.startsWith('乙')");
    other.wait("document.querySelector('[data-path=name] input').value === '甲王琦'");

    // Another program: its paragraph is kept.
    project.edit(WANG_QI, |profile| profile["article"][2] = json!("别处改的第三段。"));
    browser.wait("document.querySelectorAll('.paragraph textarea')[2].value === '别处改的第三段。'");
    type_at(&browser, ".paragraph textarea", "丙");
    let now = until(&project, WANG_QI, |profile| profile["article"][0].as_str().unwrap().starts_with("丙“"));
    assert_eq!(now["article"][2], "别处改的第三段。");

    // The same field at the same time: both are shown, one is chosen.
    browser.run("window.holding = window.fetch; window.fetch = (...a) => String(a[0]).includes('data.json') ? new Promise(() => {}) : window.holding(...a)");
    project.edit(WANG_QI, |profile| profile["quote"] = json!("那边的引语"));
    browser.wait("[...document.querySelectorAll('.area')].length > 0");
    std::thread::sleep(Duration::from_millis(600));
    browser.run("window.fetch = window.holding");
    browser.run("const t = document.querySelector('[data-path=quote] textarea'); t.focus(); t.select()");
    browser.keys("这边的");
    browser.wait("document.querySelector('.conflict')");
    browser.shot("conflict");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    assert_eq!(written(&project, WANG_QI)["quote"], "那边的引语");
    press(&browser, ".conflict", "用我的");
    until(&project, WANG_QI, |profile| profile["quote"] == "这边的");

    // Broken: read-only, with the place, and what was written stays there.
    let text = project.read(WANG_QI);
    project.write(WANG_QI, text.replacen("\",", "\"", 1));
    browser.wait("document.querySelector('.broken-file')?.textContent.includes('第 2 行') && document.querySelector('#form .body').disabled");
    assert_eq!(browser.run("return document.querySelector('[data-path=quote] textarea').value"), "这边的");
    person(&browser, "yan-ping");
    type_at(&browser, "[data-path=name] input", "丁");
    until(&project, "data/profiles/yan-ping.json", |profile| profile["name"] == "丁晏萍");
    project.write(WANG_QI, &text);
    person(&browser, "wang-qi");
    browser
        .wait("!document.querySelector('.broken-file') && !document.querySelector('#form .body').disabled");
}

/// The server is gone while somebody types: what was typed stays on the page,
/// and on the disk is all but the last moment.
#[test]
fn a_server_that_dies_loses_no_more_than_a_moment() {
    let project = Project::without_source();
    let mut studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    person(&browser, "wang-qi");
    browser
        .run("const t = document.querySelector('.paragraph textarea'); t.focus(); t.setSelectionRange(0, 0)");
    browser.keys("一二三四五六七八九十");
    // However long that takes on this machine; the benchmark says how long.
    until(&project, WANG_QI, |profile| {
        profile["article"][0].as_str().unwrap().starts_with("一二三四五六七八九十“民")
    });
    studio.kill();
    browser.keys("甲乙");
    browser.wait("document.querySelector('#told').textContent.includes('还在页面上')");
    let value = browser.run("return document.querySelector('.paragraph textarea').value");
    assert!(value.as_str().unwrap().starts_with("一二三四五六七八九十甲乙“"), "{value}");
}

/// Script in every field is text.
#[test]
fn script_is_text() {
    let project = Project::without_source();
    let script = "<img src=x onerror=\"window.broken=1\"><script>window.broken=1</script>'\"&";
    project.edit(WANG_QI, |profile| {
        for field in ["name", "quote"] {
            profile[field] = json!(script);
        }
        profile["headline"] = json!([script]);
        profile["article"] = json!([script, script]);
        profile["post"]["role"] = json!(script);
        profile["figures"] = json!([{ "value": script, "label": script, "evidence": script }]);
        profile["honours"] = json!({ "community": [script], "personal": [script] });
        profile["unknown"] = json!(script);
    });
    project.edit("data/booklet.json", |booklet| booklet["title"] = json!([script]));
    project.write(
        "data/comments.json",
        json!([{ "id": 1, "person": "wang-qi", "text": script, "by": script, "words": script, "at": 0 }])
            .to_string(),
    );
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    person(&browser, "wang-qi");
    for mode in ["总览", "审读", "导入", "交付", "编辑"] {
        press(&browser, "#modes", mode);
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(browser.run("return [window.broken ?? null, document.querySelectorAll('script').length, document.querySelectorAll('img[src=x]').length]"), json!([null, 1, 0]), "{mode}");
    }
    press(&browser, "#desk", "历史");
    browser.wait("document.querySelector('dialog[open]')");
    assert_eq!(browser.run("return window.broken ?? null"), Value::Null);
}

/// At every width, in every mode and both languages: nothing is cut off, and
/// axe-core finds nothing.
#[test]
fn it_is_usable_by_everybody() {
    let project = Project::without_source();
    project.edit(WANG_QI, |profile| profile["quote"] = json!("无中生有的一句"));
    project.write("data/photos/wang-qi.png", crate::photos::quadrants(900, 1200, [200, 60, 20]));
    project.edit(WANG_QI, |profile| profile["photo"] = json!({ "file": "photos/wang-qi.png" }));
    project.write("data/comments.json", json!([{ "id": 1, "person": "wang-qi", "field": "article", "text": "请核对", "by": "李局长", "words": "十六个字", "at": 1_700_000_000 }]).to_string());
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    person(&browser, "wang-qi");
    let sizes = [(1440, 900, 1.0), (1280, 800, 1.0), (800, 600, 1.0), (720, 450, 2.0), (390, 844, 3.0)];
    for language in ["zh", "en"] {
        if language == "en" {
            browser.resize(1440, 900, 1.0);
            browser.run("document.querySelector('#lang').click()");
            browser.wait("document.documentElement.lang === 'en'");
        }
        for (width, height, density) in sizes {
            browser.resize(width, height, density);
            for mode in 0..5 {
                browser.run(&format!("document.querySelectorAll('#modes button')[{mode}].click()"));
                std::thread::sleep(Duration::from_millis(250));
                let wide = browser.run("return document.documentElement.scrollWidth - innerWidth");
                assert!(wide.as_i64().unwrap() <= 0, "{language} {width} {mode}: {wide} px too wide");
                let found = browser.violations();
                assert!(found.is_empty(), "{language} {width} {mode}: {found:#?}");
                browser.shot(&format!("studio-{language}-{width}-{mode}"));
            }
        }
    }
    browser.resize(1440, 900, 1.0);
    browser.command(
        "Emulation.setEmulatedMedia",
        &json!({ "features": [{ "name": "forced-colors", "value": "active" }] }),
    );
    browser.run("document.querySelectorAll('#modes button')[0].click()");
    browser.shot("studio-forced-colors");
}

/// Two hundred persons with photos are one list and one form like ten.
#[test]
fn two_hundred_persons_with_photos() {
    let project = crate::support::many::project(200);
    for file in fs::read_dir(project.path("data/profiles")).unwrap() {
        let path = file.unwrap().path();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let seed = id.bytes().map(u32::from).sum::<u32>() as u8;
        project.write(&format!("data/photos/{id}.png"), crate::photos::quadrants(600, 800, [seed, 60, 20]));
        project.edit(&format!("data/profiles/{id}.json"), |profile| {
            profile["photo"] = json!({ "file": format!("photos/{id}.png") });
        });
    }
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    browser.wait("document.querySelectorAll('#people button').length === 200");
    browser.run("document.querySelectorAll('#people button')[150].click()");
    browser.wait("document.querySelector('#form .form-head')");
    let file = browser.run("return document.querySelector('#form .form-head small').textContent");
    browser
        .run("const t = document.querySelector('.paragraph textarea'); t.focus(); t.setSelectionRange(0, 0)");
    browser.keys("她说,");
    let file = file.as_str().unwrap();
    until(&project, file, |profile| profile["article"][0].as_str().unwrap().starts_with("她说,"));
    browser.wait("document.querySelector('[data-path=\"article[0]\"] .under-field')");
    browser.shot("two-hundred");
}
