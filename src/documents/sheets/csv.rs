//! Values with commas, semicolons or tabs between them (RFC 4180), in any
//! encoding that an office program writes.

use csv::ReaderBuilder;

use super::super::text::decode;
use super::super::{Block, Document, DocumentProblem, budget, is_formula};
use super::grid::{Grid, Left};

/// Lines by which values are told from text.
const LOOKED_AT: usize = 20;

/// Reads a list.
pub(in crate::documents) fn read(bytes: &[u8]) -> Result<Document, DocumentProblem> {
    let text = decode(bytes)?;
    let text = text.trim_start_matches('\u{FEFF}');
    // Excel lets a first line name the mark.
    let (named, text) = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().to_lowercase().starts_with("sep=") => {
            (first.trim_end().as_bytes().get(4).copied(), rest)
        }
        _ => (None, text),
    };
    let mark = named.unwrap_or_else(|| delimiter(text));
    let crowded = |line: &str| line.bytes().filter(|byte| *byte == mark).count() > 8 * budget::COLUMNS;
    if text.len() > budget::TEXT || text.lines().any(crowded) {
        return Err(DocumentProblem::TooManyCells);
    }
    let mut reader =
        ReaderBuilder::new().delimiter(mark).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut grid, mut left) = (Grid::new(""), Left::default());
    for (row, record) in (1..).zip(reader.records()) {
        let record = record.map_err(|_| DocumentProblem::Broken)?;
        for (column, value) in (1..).zip(&record) {
            let value = value.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(value);
            grid.put(row, column, value.replace("\r\n", "\n").replace('\r', "\n"), &mut left)?;
        }
    }
    Ok(Document { blocks: vec![Block::Table(grid.table()?)], ..Document::default() })
}

/// The mark that parts the values: the one that the first lines, which hold no
/// texts of their own, have most often.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
    let most = |mark: char| lines.iter().take(3).map(|line| line.matches(mark).count()).max().unwrap_or(0);
    let marks = [('|', b'|'), (';', b';'), ('\t', b'\t'), (',', b',')];
    let first = |mark: char| lines.first().map_or(0, |line| line.matches(mark).count());
    // Of two that are as frequent the later one of this list.
    marks.into_iter().max_by_key(|(mark, _)| (first(*mark), most(*mark))).map_or(b',', |(_, byte)| byte)
}

/// Whether a text is really a table: every line has as many tabs as the first,
/// and some.
pub(in crate::documents) fn is_table(text: &str) -> bool {
    let lines: Vec<usize> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT)
        .map(|line| line.matches('\t').count())
        .collect();
    lines.len() > 1 && lines[0] > 1 && lines.iter().all(|tabs| *tabs == lines[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_each_other() {
        assert_eq!(delimiter("姓名,区\n王洋,河西区"), b',');
        assert_eq!(delimiter("姓名\t区\n王,洋\t河西区"), b'\t');
        assert_eq!(delimiter("姓名;区\n王洋;河西区"), b';');
        assert!(is_table("a\tb\tc\nd\te\tf") && !is_table("一段\t话\n第二段"));
    }

    #[test]
    fn cells_may_have_line_ends() {
        let document = read("sep=;\n姓名;正文\n王洋;\"一\r\n二\"\n".as_bytes()).expect("reads");
        let [Block::Table(table)] = document.blocks.as_slice() else { panic!("a table") };
        assert_eq!(table.rows[1][1].text, "一\n二");
    }
}
