//! A person as rows and paragraphs have it.

use serde_json::Value as Json;

use crate::intake::{FIELDS_OF_PERSONS, print};
use crate::load::Node;

/// Figures that a roster has columns for, at least.
const FIGURES: usize = 3;
/// Longest text of a cell (ISO/IEC 29500-1 leaves it open; Excel has 32,767
/// characters), with room to write.
const CELL: usize = 30_000;

/// A person.
pub(super) struct Person {
    pub(super) id: String,
    value: Json,
}

/// Heads of the columns up to the figures, and the paths of their fields.
const COLUMNS: [(&str, &str); 8] = [
    ("编号", ""),
    ("姓名", "name"),
    ("区", "post.district"),
    ("街道", "post.street"),
    ("社区", "post.community"),
    ("职务", "post.role"),
    ("标题", "headline"),
    ("引语", "quote"),
];

impl Person {
    pub(super) fn new(id: &str, root: &Node) -> Self {
        Self { id: id.to_owned(), value: root.to_json() }
    }

    fn at(&self, path: &str) -> Option<&Json> {
        path.split('.').try_fold(&self.value, |value, key| value.get(key))
    }

    /// The text of a field.
    pub(super) fn text(&self, path: &str) -> &str {
        self.at(path).and_then(Json::as_str).unwrap_or_default()
    }

    /// The texts of a list.
    pub(super) fn list(&self, path: &str) -> Vec<&str> {
        let list = self.at(path).and_then(Json::as_array);
        list.into_iter().flatten().filter_map(Json::as_str).collect()
    }

    /// Value, label and evidence of each figure.
    pub(super) fn figures(&self) -> Vec<[&str; 3]> {
        let list = self.at("figures").and_then(Json::as_array);
        fn text<'v>(figure: &'v Json, key: &str) -> &'v str {
            figure.get(key).and_then(Json::as_str).unwrap_or_default()
        }
        list.into_iter()
            .flatten()
            .map(|figure| ["value", "label", "evidence"].map(|key| text(figure, key)))
            .collect()
    }

    /// What each field is, by a fingerprint: `name=…;headline=…`.
    pub(super) fn prints(&self) -> String {
        let print = |path: &&str| {
            let empty = |value: &&Json| {
                !matches!(value, Json::Null) && **value != Json::Array(vec![]) && value.as_str() != Some("")
            };
            let value = if *path == "photo" { None } else { self.at(path) };
            value.filter(empty).map(|value| format!("{path}={}", print(value)))
        };
        FIELDS_OF_PERSONS.iter().filter_map(print).collect::<Vec<_>>().join(";")
    }

    /// The article in pieces that cells have room for.
    fn article(&self) -> Vec<String> {
        let mut cells: Vec<String> = vec![String::new()];
        for paragraph in self.list("article") {
            let full =
                |cell: &String| !cell.is_empty() && cell.chars().count() + paragraph.chars().count() > CELL;
            if cells.last().is_some_and(full) {
                cells.push(String::new());
            }
            if let Some(cell) = cells.last_mut() {
                if !cell.is_empty() {
                    cell.push('\n');
                }
                *cell += paragraph;
            }
        }
        cells
    }

    /// The cells of a row, as wide as the heads are.
    pub(super) fn row(&self, shape: &Shape) -> Vec<String> {
        let lines = |path: &str| self.list(path).join("\n");
        let mut row: Vec<String> = COLUMNS
            .iter()
            .map(|(_, path)| match *path {
                "" => self.id.clone(),
                "headline" => lines(path),
                path => self.text(path).to_owned(),
            })
            .collect();
        let figures = self.figures();
        for i in 0..shape.figures {
            let figure = figures.get(i).copied().unwrap_or_default();
            row.extend(figure.map(ToOwned::to_owned));
        }
        row.extend([
            lines("honours.community"),
            lines("honours.personal"),
            self.text("photo.file").to_owned(),
        ]);
        let article = self.article();
        row.extend((0..shape.articles).map(|i| article.get(i).cloned().unwrap_or_default()));
        row
    }
}

/// How many columns the fields with several entries have.
pub(super) struct Shape {
    figures: usize,
    articles: usize,
}

impl Shape {
    pub(super) fn of(persons: &[Person]) -> Self {
        let figures = persons.iter().map(|person| person.figures().len()).max().unwrap_or(0).max(FIGURES);
        let articles = persons.iter().map(|person| person.article().len()).max().unwrap_or(1);
        Self { figures, articles }
    }

    /// The heads, with widths in characters.
    pub(super) fn heads(&self) -> Vec<(String, f64)> {
        let widths = [14.0, 10.0, 11.0, 13.0, 15.0, 22.0, 26.0, 26.0];
        let mut heads: Vec<(String, f64)> =
            COLUMNS.iter().zip(widths).map(|((head, _), width)| ((*head).to_owned(), width)).collect();
        for i in 1..=self.figures {
            heads.extend(
                [("数字", 12.0), ("说明", 16.0), ("出处", 24.0)]
                    .map(|(head, width)| (format!("{head}{i}"), width)),
            );
        }
        heads.extend(
            [("社区荣誉", 26.0), ("个人荣誉", 26.0), ("照片", 18.0)]
                .map(|(head, width)| (head.to_owned(), width)),
        );
        let article = |i: usize| if i == 0 { "正文".to_owned() } else { format!("正文{}", i + 1) };
        heads.extend((0..self.articles).map(|i| (article(i), 90.0)));
        heads
    }
}
