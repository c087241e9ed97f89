//! `fengcai` alone: the shelf of books among somebody's documents.

use std::fs;

use serde_json::json;

use super::Studio;
use crate::support::{Project, command, root};

fn alone(home: &Project, here: &Project) -> Studio {
    let mut command = command();
    command.args(["--lang", "zh"]).current_dir(here.path("")).env("HOME", home.path("")).env("PATH", "");
    Studio::spawn(command)
}

#[test]
fn without_arguments_it_makes_and_opens_books() {
    let (home, here) = (Project::empty(), Project::empty());
    fs::create_dir(home.path("Documents")).unwrap();
    let studio = alone(&home, &here);
    let book = studio.json("/book.json");
    assert_eq!((&book["start"], &book["several"], &book["books"]), (&json!(true), &json!(true), &json!([])));
    let from = root().join("tests/intake/excel-roster-and-word/in");
    for name in ["名单.xlsx", "事迹.docx"] {
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let bytes = fs::read(from.join(name)).unwrap();
        assert_eq!(studio.post(&format!("/incoming?name={encoded}"), &bytes).0, 200);
    }
    for odd in ["", "..", "a/b", ".x"] {
        assert_ne!(studio.order(json!({ "do": "place", "name": odd })).0, 200, "{odd}");
    }
    studio.done(json!({ "do": "place", "name": "第三届" }));
    let made = studio.done(json!({ "do": "import", "all": true, "write": true }));
    assert_eq!(made["written"], true);
    studio.until(|book| book["persons"].as_array().is_some_and(|persons| persons.len() == 10));
    assert!(home.path("Documents/风采录/第三届/data/booklet.json").is_file());
    assert!(fs::read_dir(here.path("")).unwrap().next().is_none(), "nothing is written where it was started");
    drop(studio);

    // The next time it is there to be opened.
    let studio = alone(&home, &here);
    let book = studio.json("/book.json");
    assert_eq!(book["books"][0]["name"], "第三届");
    assert_ne!(studio.order(json!({ "do": "place", "name": "第三届" })).0, 200, "it is not written over");
    studio.done(json!({ "do": "book", "name": "第三届" }));
    studio.until(|book| book["start"] == false && book["persons"].as_array().is_some_and(|p| p.len() == 10));
    // Started in a book's own folder it is that book.
    let own = Project::without_source();
    let studio = alone(&home, &own);
    assert_eq!(studio.json("/book.json")["start"], false);
}
