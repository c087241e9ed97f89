//! What people call the fields of the data, with an example of each.

use super::Lang;

/// Path with `[]` for each place in a list, Chinese and English name with `#`
/// for the place, and an example as it stands in the file.
type Row = (&'static str, &'static str, &'static str, &'static str);

const FIELDS: &[Row] = &[
    // A person.
    ("name", "姓名", "name", r#""王凤荣""#),
    ("headline", "标题", "headline", r#"["坚守初心甘奉献", "情系居民勇担当"]"#),
    ("headline[]", "标题第#行", "line # of the headline", r#""坚守初心甘奉献""#),
    (
        "post",
        "任职",
        "post",
        r#"{ "district": "和平区", "street": "小白楼街道", "community": "开封道社区", "role": "党委书记" }"#,
    ),
    ("post.district", "区", "district", r#""和平区""#),
    ("post.street", "街道", "street", r#""小白楼街道""#),
    ("post.community", "社区", "community", r#""开封道社区""#),
    ("post.role", "职务", "role", r#""党委书记""#),
    ("photo", "照片", "photo", r#"{ "file": "photos/王凤荣.jpg", "focus": [0.5, 0.35] }"#),
    ("photo.file", "照片文件", "photo file", r#""photos/王凤荣.jpg""#),
    ("photo.focus", "照片里面部的位置", "place of the face in the photo", "[0.5, 0.35]"),
    ("photo.focus[]", "照片里面部的位置", "place of the face in the photo", "0.5"),
    ("quote", "引语", "quote", r#""把居民当作亲人""#),
    (
        "figures",
        "数字",
        "figures",
        r#"[{ "value": "17个", "label": "安装车棚", "evidence": "推动安装车棚17个" }]"#,
    ),
    (
        "figures[]",
        "数字#",
        "figure #",
        r#"{ "value": "17个", "label": "安装车棚", "evidence": "推动安装车棚17个" }"#,
    ),
    ("figures[].value", "数字#的数值", "value of figure #", r#""17个""#),
    ("figures[].label", "数字#的说明", "label of figure #", r#""安装车棚""#),
    ("figures[].evidence", "数字#的出处", "evidence of figure #", r#""推动安装车棚17个""#),
    ("figures.value", "数字的数值", "values of the figures", r#""17个""#),
    ("figures.label", "数字的说明", "labels of the figures", r#""安装车棚""#),
    ("figures.evidence", "数字的出处", "evidence of the figures", r#""推动安装车棚17个""#),
    ("article", "正文", "article", r#"["第一段。", "第二段。"]"#),
    ("article[]", "正文第#段", "paragraph # of the article", r#""从教师行到社区工作已有21年的王凤荣……""#),
    ("honours", "荣誉", "honours", r#"{ "community": ["全国文明社区"], "personal": ["全国劳动模范"] }"#),
    ("honours.community", "社区荣誉", "the community's honours", r#"["全国文明社区"]"#),
    ("honours.community[]", "社区荣誉第#项", "honour # of the community", r#""全国文明社区""#),
    ("honours.personal", "个人荣誉", "the person's honours", r#"["全国劳动模范"]"#),
    ("honours.personal[]", "个人荣誉第#项", "honour # of the person", r#""全国劳动模范""#),
    // The edition.
    ("series", "总题", "series line", r#""党旗在基层一线高高飘扬""#),
    ("title", "书名", "title", r#"["身边的榜样", "奋进的力量"]"#),
    ("title[]", "书名第#行", "line # of the title", r#""身边的榜样""#),
    ("subtitle", "副题", "subtitle", r#"["——第二届“天津市十佳社区党组织书记”", "风采录"]"#),
    ("subtitle[]", "副题第#行", "line # of the subtitle", r#""风采录""#),
    ("order", "人物次序", "order of the persons", r#"["wang-fengrong", "zhao-jinmei"]"#),
    ("order[]", "人物次序第#位", "place # of the order", r#""wang-fengrong""#),
    ("template", "版式", "template", r#""spread""#),
    ("setting", "正文大小", "setting", r#""standard""#),
    ("language", "提示的语言", "language of messages", r#""zh""#),
    ("date", "日期", "date", r#""2026-07-01""#),
    ("source", "客户原稿", "delivered text", r#""data/source.txt""#),
    ("source[]", "客户原稿第#份", "delivered text #", r#""data/source.txt""#),
    (
        "extra_fonts",
        "项目自带的字体",
        "fonts of the project",
        r#"[{ "file": "fonts/rare.otf", "characters": "䶮" }]"#,
    ),
    (
        "extra_fonts[]",
        "自带字体第#项",
        "font # of the project",
        r#"{ "file": "fonts/rare.otf", "characters": "䶮" }"#,
    ),
    ("extra_fonts[].file", "自带字体#的文件", "file of font #", r#""fonts/rare.otf""#),
    ("extra_fonts[].characters", "自带字体#排的字", "characters of font #", r#""䶮""#),
    ("extra_fonts[].face", "自带字体#的字面名", "face of font #", r#""Songti SC Bold""#),
    ("districts", "可用的区名", "districts", r#"["和平区", "河东区"]"#),
    ("districts[]", "区名第#项", "district #", r#""和平区""#),
    ("exact", "必须一字不差的名称", "exact names", r#"["习近平总书记"]"#),
    ("exact[]", "一字不差的名称第#项", "exact name #", r#""习近平总书记""#),
    ("keep_together", "不拆行的词语", "phrases kept together", r#"["三会一课"]"#),
    ("keep_together[]", "不拆行的词语第#项", "phrase # kept together", r#""三会一课""#),
    ("checks", "对检查结果的处理", "checks", r#"[{ "code": "W0332", "reason": "客户原文" }]"#),
    ("checks[]", "checks 第#条", "entry # of checks", r#"{ "code": "W0332", "reason": "客户原文" }"#),
    ("checks[].code", "checks 第#条的代码", "code of entry # of checks", r#""W0332""#),
    ("checks[].severity", "checks 第#条的处理", "severity of entry # of checks", r#""off""#),
    ("checks[].person", "checks 第#条的人物", "person of entry # of checks", r#""wang-qi""#),
    ("checks[].text", "checks 第#条的文字", "text of entry # of checks", r#""十六个""#),
    ("checks[].reason", "checks 第#条的理由", "reason of entry # of checks", r#""客户原文""#),
    ("facts", "版权页事项", "facts of the colophon", r#"[{ "label": "编印", "value": "示例单位" }]"#),
    ("facts[]", "版权页第#项", "row # of the colophon", r#"{ "label": "编印", "value": "示例单位" }"#),
    ("facts[].label", "版权页第#项的名称", "label of row # of the colophon", r#""编印""#),
    ("facts[].value", "版权页第#项的内容", "value of row # of the colophon", r#""示例单位""#),
    ("photo.scale", "照片放大倍数", "enlargement of the photo", "1.2"),
    ("photo.caption", "照片说明", "caption of the photo", r#""在社区走访""#),
    ("photo.credit", "摄影者", "credit of the photo", r#""张三摄""#),
    ("photo.role", "照片种类", "kind of the photo", r#""portrait""#),
    ("photos", "其他照片", "other photos", r#"[{ "file": "photos/王凤荣-走访.jpg", "role": "working" }]"#),
    (
        "photos[]",
        "其他照片第#张",
        "other photo #",
        r#"{ "file": "photos/王凤荣-走访.jpg", "role": "working" }"#,
    ),
    ("photos[].file", "其他照片第#张的文件", "file of other photo #", r#""photos/王凤荣-走访.jpg""#),
    ("photos[].focus", "其他照片第#张里面部的位置", "place of the face in other photo #", "[0.5, 0.35]"),
    ("photos[].focus[]", "其他照片第#张里面部的位置", "place of the face in other photo #", "0.5"),
    ("photos[].scale", "其他照片第#张的放大倍数", "enlargement of other photo #", "1.2"),
    ("photos[].caption", "其他照片第#张的说明", "caption of other photo #", r#""在社区走访""#),
    ("photos[].credit", "其他照片第#张的摄影者", "credit of other photo #", r#""张三摄""#),
    ("photos[].role", "其他照片第#张的种类", "kind of other photo #", r#""working""#),
    ("extra", "版式另外要的内容", "fields of the template's own", r#"{ "number": "第001号" }"#),
    ("extra.number", "编号", "number", r#""第001号""#),
    ("sections", "前言后记", "foreword and the like", r#"[{ "title": "前言", "paragraphs": ["第一段。"] }]"#),
    (
        "sections[]",
        "前言后记第#篇",
        "text # of the edition",
        r#"{ "title": "前言", "paragraphs": ["第一段。"] }"#,
    ),
    ("sections[].title", "前言后记第#篇的题目", "title of text # of the edition", r#""前言""#),
    (
        "sections[].paragraphs",
        "前言后记第#篇的正文",
        "paragraphs of text # of the edition",
        r#"["第一段。"]"#,
    ),
    (
        "sections[].paragraphs[]",
        "前言后记第#篇的一段",
        "a paragraph of text # of the edition",
        r#""第一段。""#,
    ),
    ("sections[].signature", "前言后记第#篇的落款", "signature of text # of the edition", r#"["编者"]"#),
    ("sections[].signature[]", "前言后记第#篇的落款", "signature of text # of the edition", r#""编者""#),
    ("sections[].place", "前言后记第#篇的位置", "place of text # of the edition", r#""before""#),
    ("groups", "分章", "chapters", r#"[{ "title": "和平区", "first": "zhao-jinmei" }]"#),
    ("groups[]", "第#章", "chapter #", r#"{ "title": "和平区", "first": "zhao-jinmei" }"#),
    ("groups[].title", "第#章的题目", "title of chapter #", r#""和平区""#),
    ("groups[].first", "第#章的第一位", "first person of chapter #", r#""zhao-jinmei""#),
    ("past", "历届名单", "earlier winners", r#"[{ "title": "第一届", "persons": [{ "name": "张三" }] }]"#),
    (
        "past[]",
        "历届名单第#届",
        "round # of earlier winners",
        r#"{ "title": "第一届", "persons": [{ "name": "张三" }] }"#,
    ),
    ("past[].title", "历届名单第#届的题目", "title of round # of earlier winners", r#""第一届""#),
    (
        "past[].persons",
        "历届名单第#届的人",
        "persons of round # of earlier winners",
        r#"[{ "name": "张三" }]"#,
    ),
    (
        "past[].persons[]",
        "历届名单第#届的一位",
        "a person of round # of earlier winners",
        r#"{ "name": "张三" }"#,
    ),
    ("past[].persons[].name", "历届名单第#届一位的姓名", "a name of round # of earlier winners", r#""张三""#),
    (
        "past[].persons[].post",
        "历届名单第#届一位的任职",
        "a post of round # of earlier winners",
        r#""某社区党委书记""#,
    ),
    ("back", "封底的话", "words on the back cover", r#"["把居民的小事", "当作自己的大事"]"#),
    ("back[]", "封底的话第#行", "line # of the words on the back cover", r#""把居民的小事""#),
    ("emblem", "徽标文件", "file of the emblem", r#""emblem.svg""#),
    ("labels", "荣誉栏的名称", "names of the kinds of honours", r#"{ "community": "单位荣誉" }"#),
    ("labels.community", "单位荣誉栏的名称", "name of the community's honours", r#""单位荣誉""#),
    ("labels.personal", "个人荣誉栏的名称", "name of the person's honours", r#""个人荣誉""#),
    // The print job.
    ("preset", "预设", "preset", r#""offset-coated-fogra39""#),
    ("trim", "成品尺寸", "trim", r#"{ "width": 210, "height": 285 }"#),
    ("trim.width", "成品宽", "width of the trim", "210"),
    ("trim.height", "成品高", "height of the trim", "285"),
    ("bleed", "出血", "bleed", r#"{ "top": 3, "bottom": 3, "inside": 3, "outside": 3 }"#),
    ("bleed.top", "上边出血", "bleed at the top", "3"),
    ("bleed.bottom", "下边出血", "bleed at the bottom", "3"),
    ("bleed.inside", "订口出血", "bleed at the spine", "3"),
    ("bleed.outside", "切口出血", "bleed at the fore edge", "3"),
    ("overprint", "黑字叠印", "overprinting black", r#"{ "text": 24, "rule": 1 }"#),
    ("cover", "封面纸", "paper of the cover", r#"{ "gsm": 250 }"#),
    ("marks", "标记", "marks", r#"{ "trim": true }"#),
    ("spine_allowance", "书脊余量", "spine allowance", "0.5"),
    ("ink.limit", "总墨量目标", "target of total ink", "300"),
    ("ink.error", "总墨量上限", "limit of total ink", "320"),
    ("ppi.warn", "照片分辨率的目标", "target of resolution", "250"),
    ("ppi.error", "照片分辨率的下限", "lowest resolution", "150"),
    ("condition", "印刷条件", "printing condition", r#"{ "id": "FOGRA39" }"#),
    ("condition.id", "印刷条件的名称", "name of the printing condition", r#""FOGRA39""#),
    ("condition.icc", "ICC 文件", "ICC profile", r#""data/shop.icc""#),
    ("ink", "总墨量", "total ink", r#"{ "limit": 300, "error": 320 }"#),
    ("ppi", "照片分辨率", "resolution of pictures", r#"{ "error": 150, "warn": 250 }"#),
    ("safety", "安全距离", "safety margin", "5"),
    ("page_multiple", "页数的倍数", "page multiple", "4"),
    ("blanks", "空白页的位置", "place of blank pages", r#""end""#),
    ("binding", "装订", "binding", r#""saddle""#),
    ("paper", "内文纸", "paper of the interior", r#"{ "gsm": 157, "caliper": 0.13 }"#),
    ("paper.gsm", "内文纸克重", "weight of the paper", "157"),
    ("paper.caliper", "内文纸厚度", "thickness of the paper", "0.13"),
    ("spots", "专色", "spot colours", r#"["PANTONE 871 C"]"#),
    ("$comment", "备注", "note", r#""给同事的话，不印出""#),
];

/// A path without its places, and its first place from 1.
fn pattern(field: &str) -> (String, Option<usize>) {
    let mut pattern = String::new();
    let mut place = None;
    let mut rest = field;
    while let Some((before, after)) = rest.split_once('[') {
        pattern += before;
        pattern += "[]";
        let (number, after) = after.split_once(']').unwrap_or((after, ""));
        place = place.or(number.parse::<usize>().ok().map(|number| number.saturating_add(1)));
        rest = after;
    }
    (pattern + rest, place)
}

fn row(field: &str) -> Option<(&'static Row, Option<usize>)> {
    let (pattern, place) = pattern(field);
    FIELDS.iter().find(|(known, ..)| *known == pattern).map(|row| (row, place))
}

/// What people call a field; its path where it has no other name.
pub fn field_name(field: &str, lang: Lang) -> String {
    let Some(((_, zh, en, _), place)) = row(field) else { return field.to_owned() };
    let place = place.map(|place| place.to_string()).unwrap_or_default();
    lang.pick(zh, en).replace('#', &place)
}

/// What people call every field, in Chinese and English, by its path; `#`
/// stands for a place in a list.
pub fn field_labels() -> std::collections::BTreeMap<&'static str, [&'static str; 2]> {
    FIELDS.iter().map(|(path, zh, en, _)| (*path, [*zh, *en])).collect()
}

/// A value as it may stand in the field.
pub fn field_example(field: &str) -> Option<&'static str> {
    row(field).map(|((.., example), _)| *example)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_json() {
        for (field, .., example) in FIELDS {
            assert!(serde_json::from_str::<serde_json::Value>(example).is_ok(), "{field}: {example}");
        }
    }

    #[test]
    fn places_are_counted_from_one() {
        assert_eq!(field_name("article[0]", Lang::Zh), "正文第1段");
        assert_eq!(field_name("figures[1].evidence", Lang::En), "evidence of figure 2");
        assert_eq!(field_name("nothing[3]", Lang::Zh), "nothing[3]");
    }
}
