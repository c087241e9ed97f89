//! What else an editor does on the page: persons come and go and are dragged
//! about, a field goes back to what it was, a photo is changed, proofs and
//! sheets are made, leaders are let in.

use serde_json::{Value, json};

use super::editor::{page, person, press, until, written};
use super::{Studio, WANG_QI};
use crate::support::Project;
use crate::support::browser::Browser;

#[test]
fn persons_come_go_and_are_dragged() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    press(&browser, "#beside", "新人物");
    browser.wait("document.querySelector('dialog[open] input')");
    browser.keys("示例人物");
    browser.press("\u{E007}");
    browser.wait("document.querySelector('#people [data-id=\"示例人物\"]')");
    browser.wait("document.querySelector('#form .form-head small').textContent.includes('示例人物')");
    browser.wait("document.querySelectorAll('#form .under-field').length > 0");

    person(&browser, "wang-qi");
    press(&browser, "#form .form-foot", "撤下");
    press(&browser, "dialog", "确定");
    browser.wait("!document.querySelector('#people [data-id=\"wang-qi\"]')");
    assert!(!project.path(WANG_QI).exists());
    browser.run("document.querySelector('.withdrawn').open = true");
    press(&browser, ".withdrawn", "恢复");
    browser.wait("document.querySelector('#people [data-id=\"wang-qi\"]')");
    assert!(project.path(WANG_QI).exists());

    let drag = "const at = id => document.querySelector(`#people [data-id='${id}']`); \
        const data = new DataTransfer(); \
        at('wang-qi').dispatchEvent(new DragEvent('dragstart', { dataTransfer: data, bubbles: true })); \
        const to = document.querySelector('#people li'); \
        to.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true })); \
        to.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))";
    browser.run(drag);
    until(&project, "data/booklet.json", |booklet| booklet["order"][0] == "wang-qi");
    for _ in 0..4 {
        press(&browser, "#desk", "撤销");
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    let order = until(&project, "data/booklet.json", |booklet| booklet["order"][4] == "wang-qi");
    assert_eq!(order["order"].as_array().unwrap().len(), 10);
    browser.wait("document.querySelectorAll('#people button').length === 10");
}

#[test]
fn a_field_goes_back_and_a_photo_is_changed() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    person(&browser, "wang-qi");
    browser.run("const t = document.querySelector('[data-path=quote] textarea'); t.focus(); t.select()");
    browser.keys("民有所呼，我有所应");
    until(&project, WANG_QI, |profile| profile["quote"] == "民有所呼，我有所应");
    press(&browser, "#desk", "历史");
    browser.wait("document.querySelector('dialog .change')");
    browser.shot("history");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    press(&browser, "dialog", "恢复成原来的");
    until(&project, WANG_QI, |profile| profile["quote"] == "民有所呼，我有所应；民有所求，我有所为");
    browser.press("\u{E00C}");
    browser.wait("document.querySelector('[data-path=quote] textarea').value.endsWith('我有所为')");

    let photos = Project::empty();
    for (name, size) in [("one.png", (1500, 2000)), ("two.png", (2400, 1500))] {
        photos.write(name, crate::photos::quadrants(size.0, size.1, [200, 60, 20]));
        browser.upload("#form .photo input[type=file]", &[photos.path(name)]);
        browser.wait(&format!(
            "document.querySelector('.facts')?.textContent.includes('{} × {}')",
            size.0, size.1
        ));
    }
    browser.wait("document.querySelector('.facts').textContent.includes('横幅')");
    // No photo is written over: the one before is undone to.
    press(&browser, "#desk", "撤销");
    browser.wait("document.querySelector('.facts')?.textContent.includes('1500 × 2000')");
    // What is none is refused with a sentence.
    photos.write("three.jpg", "no picture");
    browser.upload("#form .photo input[type=file]", &[photos.path("three.jpg")]);
    browser.wait("document.querySelector('#told').textContent.includes('JPEG')");
}

#[test]
fn proofs_and_sheets_are_made() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    press(&browser, "#modes", "交付");
    browser.wait("document.querySelector('[data-make=proof]')");
    browser.click("[data-make=proof]");
    browser.wait("document.querySelector('.result')?.textContent.includes('booklet-proof.pdf')");
    assert!(project.path("out/booklet-proof.pdf").is_file());
    browser.wait("document.querySelectorAll('#sheet option').length > 3");
    browser.run("document.querySelector('#sheet').value = '大对开'");
    browser.click("[data-make=sheets]");
    browser.wait("document.querySelector('.result')?.textContent.includes('大张')");
    assert!(project.path("sheets").read_dir().unwrap().next().is_some());
    // What changed since a signature is said where it is signed again.
    browser.run("document.querySelector('#signer').focus()");
    browser.keys("张编辑");
    browser.press("\u{E004}");
    browser.run("[...document.querySelectorAll('.sign-table button')].find(b => b.getAttribute('aria-label').includes('王琦')).click()");
    browser.wait("document.querySelector('.sign-table td.good')");
    project.edit(WANG_QI, |profile| profile["quote"] = json!("民有所呼，我有所应"));
    browser.wait("document.querySelector('.sign-table td.warn')?.textContent.includes('引语') || document.querySelector('.sign-table td.warn')?.textContent.includes('quote')");
    browser.shot("changed-since");
}

#[test]
fn leaders_are_let_in_and_their_words_come_back() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let Some(browser) = page(&studio) else { return };
    press(&browser, "#desk", "请领导看");
    browser.wait("document.querySelector('dialog select option')");
    browser.run("document.querySelector('dialog select').value = '127.0.0.1'");
    press(&browser, "dialog", "开始");
    browser.wait("document.querySelector('dialog .qr')");
    browser.shot("invite");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    let address = browser.run("return document.querySelector('dialog .address').value");
    let phone = Browser::open(address.as_str().unwrap()).unwrap();
    phone.wait("document.querySelector('.page img')?.complete");
    phone.run("for (let i = 0; i < 12; i++) document.querySelector('#next').click()");
    phone.run("document.querySelector('#by').value = '李局长'; document.querySelector('#text').focus()");
    phone.keys("照片换一张");
    phone.click("#send");
    phone.wait("document.querySelectorAll('#comments li').length === 1");
    browser.press("\u{E00C}");
    browser
        .wait("[...document.querySelectorAll('#modes button')].some(b => b.textContent.includes('审读 1'))");
    press(&browser, "#modes", "审读");
    browser.wait("document.querySelector('.comment')?.textContent.includes('照片换一张')");
    press(&browser, ".comment", "处理好了");
    browser.wait("document.querySelector('.comment.done')");
    let comments = written(&project, "data/comments.json");
    assert_eq!((&comments[0]["by"], &comments[0]["done"]), (&json!("李局长"), &Value::Bool(true)));
}
