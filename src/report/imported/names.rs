//! Kinds of mends and notices, as people call them.

use crate::catalogue::Lang;
use crate::documents::NoticeKind;
use crate::intake::Mend;

pub(super) fn mend_name(mend: Mend, lang: Lang) -> &'static str {
    let (zh, en) = match mend {
        Mend::Space => ("删去多余的空格和段首空格", "spaces and indents taken out"),
        Mend::HalfWidth => ("半角标点改成全角", "half-width marks made full-width"),
        Mend::FullWidth => {
            ("全角的数字、字母、符号改成半角", "full-width digits, letters and signs made half-width")
        }
        Mend::Quote => ("直引号改成“ ”", "straight quotes made “ ”"),
        Mend::Dot => ("间隔号改成“·”", "separator dots made ·"),
        Mend::Variant => {
            ("部首、兼容字形换成通用字", "radicals and compatibility forms made ordinary characters")
        }
        Mend::Private => {
            ("旧程序的编码换成应有的字", "an old program's codes made the characters they stand for")
        }
        Mend::Invisible => ("删去看不见的字符", "characters that show nothing taken out"),
    };
    lang.pick(zh, en)
}

pub(super) fn notice_name(kind: NoticeKind, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        NoticeKind::Inserted => ("修订：加上的字（已算接受）", "tracked: put in (taken as accepted)"),
        NoticeKind::Deleted => ("修订：删去的字（已算接受）", "tracked: taken out (taken as accepted)"),
        NoticeKind::Comment => ("批注", "comment"),
        NoticeKind::Hidden => ("隐藏的文字，没有用", "hidden words, left out"),
        NoticeKind::Note => ("脚注，没有用", "footnote, left out"),
        NoticeKind::HiddenSheet => ("隐藏的工作表，没有用", "hidden sheet, left out"),
        NoticeKind::HiddenRows => ("有隐藏的行，照样用了", "hidden rows, read all the same"),
        NoticeKind::Symbol => ("符号字体里的字，认不出", "a sign of a symbol font, not known"),
    };
    lang.pick(zh, en)
}
