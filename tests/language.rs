//! Language as a project settles it: its own tables beside those that are here.

use serde_json::json;

use crate::support::Project;

/// A project adds wrong words, names and districts, and is told of by them.
#[test]
fn a_project_adds_tables_of_its_own() {
    let project = Project::starter();
    project.edit("data/profiles/example-one.json", |p| {
        let article = p["article"].as_array_mut().unwrap();
        article.push(json!(
            "他在石家庄市裕华区建北街道的示范窗口，讲示范大讲坛的故事，参加示例市模范志愿者评选。"
        ));
    });
    let told = |project: &Project| -> Vec<String> {
        let (found, _) = project.check();
        let codes = found.iter().filter_map(|f| f["code"].as_str()).map(str::to_owned);
        let mut codes: Vec<_> = codes.filter(|code| code.starts_with("W034")).collect();
        codes.sort();
        codes
    };
    assert_eq!(told(&project), [""; 0]);
    project.write("data/tables/words.txt", "# 我们的\n大讲坛\t大讲堂\n");
    project.write("data/tables/names.txt", "示例市模范志愿者\n示例市最美志愿者\n示例市摸范志愿人\n");
    // With or without what a street is, in one line or in two.
    let places = "石家庄市\t长安区\t建北街道、青园街道\n石家庄市\t长安区\t河东\n石家庄市\t裕华区\t裕兴\n";
    project.write("data/tables/districts.txt", places);
    // What systems leave beside files.
    project.write("data/tables/Thumbs.db", [0, 1, 2]);
    project.write("data/tables/~$words.txt", [0, 1, 2]);
    assert_eq!(told(&project), ["W0341", "W0345"]);
    project.write("data/tables/words.txt", "大讲坛\t大讲堂\t示范大讲坛\n");
    project.write("data/tables/names.txt", "示例市楷范志愿者\n");
    assert_eq!(told(&project), ["W0344", "W0345"]);
    // Ten thousand lines that are no entries are counted, not told one by one.
    project.write("data/tables/names.txt", "两栏\t一栏\n".repeat(10_000));
    let (found, _) = project.check();
    let wrong: Vec<_> = found.iter().filter(|f| f["code"] == "E0135").collect();
    let more: u64 = wrong.iter().filter_map(|f| f["more"].as_u64()).sum();
    assert_eq!(wrong.len() as u64 + more, 10_000);
}
