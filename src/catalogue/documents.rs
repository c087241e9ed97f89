//! Places in delivered documents as people call them, and why a document
//! cannot be read.

use serde::{Deserialize, Serialize};

use super::Lang;

/// A place in a delivered document, counted from 1 as people count.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Spot {
    /// The document as a whole.
    Whole,
    /// Line of a plain text.
    Line(usize),
    /// Paragraph of a document, tables and empty ones not counted.
    Paragraph(usize),
    /// Paragraph in a text box.
    Box(usize),
    /// Footnote or endnote.
    Note(usize),
    /// Cell of a table: table, row, column.
    Table(usize, usize, usize),
    /// Cell of a sheet: name, row, column.
    Sheet(String, usize, usize),
}

impl Spot {
    /// The place in a language: 第3段, 表2 第5行, 工作表“名单” B5.
    pub fn text(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Whole => ("全文".into(), "the whole".into()),
            Self::Line(n) => (format!("第{n}行"), format!("line {n}")),
            Self::Paragraph(n) => (format!("第{n}段"), format!("paragraph {n}")),
            Self::Box(n) => (format!("文本框第{n}段"), format!("text box paragraph {n}")),
            Self::Note(n) => (format!("脚注{n}"), format!("note {n}")),
            Self::Table(t, r, c) => {
                (format!("表{t} 第{r}行第{c}格"), format!("table {t}, row {r}, cell {c}"))
            }
            Self::Sheet(sheet, row, column) => {
                let cell = format!("{}{row}", letters(*column));
                // A list of values has no sheets.
                if sheet.is_empty() {
                    return cell;
                }
                (format!("工作表“{sheet}” {cell}"), format!("sheet “{sheet}”, {cell}"))
            }
        };
        lang.pick(zh, en)
    }
}

/// The letters of a column of a sheet: A, B, … Z, AA.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        letters.push(b'A' + ((column - 1) % 26) as u8);
        column = (column - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// Why a delivered document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the texts below document them")]
pub enum DocumentProblem {
    Empty,
    OldText,
    OldSheet,
    BinarySheet,
    OtherOffice,
    OpenText,
    Slides,
    RichText,
    Pdf,
    Web,
    Encrypted,
    Archive,
    Picture,
    PhonePicture,
    Broken,
    TooLarge,
    TooManyCells,
    Entities,
    UnknownEncoding,
}

impl DocumentProblem {
    /// The reason and the way out, in a language.
    pub fn text(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Empty => ("是空的，重新拷贝一次", "it is empty; copy it again"),
            Self::OldText => (
                "是旧式的 Word 或 WPS 文件（.doc、.wps）：用 Word 或 WPS 打开，另存为 .docx 再导入",
                "it is an old Word or WPS document (.doc, .wps): open it in Word or WPS, save it as .docx and import that",
            ),
            Self::OldSheet => (
                "是读不了的旧式表格：用 Excel 或 WPS 打开，另存为 .xlsx 再导入",
                "it is an old workbook that cannot be read: open it in Excel or WPS, save it as .xlsx and import that",
            ),
            Self::BinarySheet => (
                "是 .xlsb 表格：用 Excel 打开，另存为 .xlsx 再导入",
                "it is an .xlsb workbook: open it in Excel, save it as .xlsx and import that",
            ),
            Self::OtherOffice => (
                "是别的程序的旧式文件：用原来的程序打开，文章另存为 .docx，表格另存为 .xlsx 再导入",
                "it is an old file of another program: open it there, save texts as .docx, tables as .xlsx, and import that",
            ),
            Self::OpenText => (
                "是 OpenDocument 文字文件：用 WPS 或 LibreOffice 打开，另存为 .docx 再导入",
                "it is an OpenDocument text: open it in LibreOffice or WPS, save it as .docx and import that",
            ),
            Self::Slides => (
                "是演示文稿：把文字复制到 Word 里，存成 .docx 再导入",
                "it is a presentation: copy the texts into Word, save them as .docx and import that",
            ),
            Self::RichText => (
                "是 RTF 文件：用 Word 或 WPS 打开，另存为 .docx 再导入",
                "it is RTF: open it in Word or WPS, save it as .docx and import that",
            ),
            Self::Pdf => (
                "是 PDF，里面的文字没有可靠的次序：请要原来的 Word 文件",
                "it is a PDF, whose text has no reliable order: ask for the Word document it was made from",
            ),
            Self::Web => (
                "其实是网页（有的系统把网页导出成 .xls、.doc）：用 Excel 或 Word 打开，另存为 .xlsx 或 .docx 再导入",
                "it is really a web page (some systems export them as .xls or .doc): open it in Excel or Word, save it as .xlsx or .docx and import that",
            ),
            Self::Encrypted => (
                "有密码：在 Word、Excel 或 WPS 里打开，去掉密码另存再导入",
                "it has a password: open it in Word, Excel or WPS, save it without one and import that",
            ),
            Self::Archive => {
                ("是压缩包：先解压，再导入里面的文件", "it is an archive: unpack it and import what is in it")
            }
            Self::Picture => (
                "是图片，不是文字：照片请连同所在的文件夹一起给",
                "it is a picture, no text: name the folder of photos instead",
            ),
            Self::PhonePicture => (
                "是苹果手机的 HEIC 照片：在手机或电脑上另存为 JPEG",
                "it is HEIC, as phones write it: export it as JPEG",
            ),
            Self::Broken => (
                "打不开，文件坏了或没有拷贝完整：重新要一份，或用 Word、Excel 修复后另存",
                "it cannot be opened: it is damaged or cut short; ask for it again, or repair it in Word or Excel",
            ),
            Self::TooLarge => (
                "太大，超出了能安全读入的范围：把要用的文字或表格复制到一个新文件里再导入",
                "it is larger than can safely be read: copy the texts or tables you need into a new file and import that",
            ),
            Self::TooManyCells => (
                "表格太大：把要用的行和列复制到一个新文件里再导入",
                "its tables are too large: copy the rows and columns you need into a new file and import that",
            ),
            Self::Entities => (
                "里面有不该有的定义（DTD），可能有害，没有读：请要一份用 Word 或 Excel 存的文件",
                "it holds definitions (a DTD) that no office program writes and that may do harm, so it was not read; ask for a file saved by Word or Excel",
            ),
            Self::UnknownEncoding => (
                "认不出文字编码：用记事本或 WPS 打开，另存为 UTF-8",
                "its encoding is not known: open it in an editor and save it as UTF-8",
            ),
        };
        lang.pick(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_excel() {
        let columns: Vec<_> = [1, 26, 27, 52, 703].map(letters).into();
        assert_eq!(columns, ["A", "Z", "AA", "AZ", "AAA"]);
        assert_eq!(Spot::Table(2, 5, 1).text(Lang::Zh), "表2 第5行第1格");
    }
}
