//! The texts in reading order, the way the first edition's were delivered.

use super::{Book, MARK};

pub(super) fn write(book: &Book) -> Vec<u8> {
    let mut text = MARK.to_owned();
    let mut line = |line: &str| {
        text += line;
        text += "\r\n";
    };
    for (_, lines) in &book.titles {
        lines.iter().for_each(|title| line(title));
    }
    for person in &book.persons {
        line("");
        line("");
        line(&person.list("headline").join(" "));
        let post = ["district", "street", "community", "role"].map(|key| person.text(&format!("post.{key}")));
        line(&format!("{} {}", post.concat(), person.text("name")));
        person.list("article").iter().for_each(|paragraph| line(paragraph));
    }
    text.into_bytes()
}
