//! Posts: where the person serves, and as what.

use std::sync::LazyLock;

pub(super) use super::place::{Parts, place_of};
use crate::assets;

/// The lines of a part of the table.
fn table(part: &str) -> Vec<&'static str> {
    let (_, rest) = assets::ROLES.split_once(part).unwrap_or_default();
    let lines = rest.lines().skip(1).take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.starts_with('#')).collect()
}

static ROLES: LazyLock<Vec<&str>> = LazyLock::new(|| table("[begin]"));
static ENDS: LazyLock<Vec<&str>> = LazyLock::new(|| table("[end]"));

/// Whether a text ends as a post does.
pub(super) fn ends_as_role(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "：:，,、）)".contains(c));
    ENDS.iter().any(|end| text.ends_with(end))
}

/// Where the last role of a text ends.
pub(super) fn end_of_role(text: &str) -> Option<usize> {
    ENDS.iter().filter_map(|end| text.rfind(end).map(|at| at + end.len())).max()
}

/// Whether a text names a place or a unit as posts do.
pub(super) fn has_place(text: &str) -> bool {
    [
        "区",
        "街道",
        "镇",
        "乡",
        "村",
        "社区",
        "学校",
        "医院",
        "公司",
        "中学",
        "小学",
        "集团",
        "中心",
        "县",
        "市",
        "厂",
        "局",
        "幼儿园",
        "大学",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// A post in its parts; nothing where no role is told of.
pub(super) fn split(text: &str, districts: &[String]) -> Option<Parts> {
    let brackets = |c: char| c.is_whitespace() || "（）()【】[]".contains(c);
    let text: String = text.trim_matches(brackets).chars().filter(|c| !c.is_whitespace()).collect();
    let start = start_of_role(&text)?;
    let (place, role) = text.split_at(start);
    Some(Parts { role: role.to_owned(), ..place_of(place, districts) })
}

/// Where the role begins: at the first word of one that no unit's name holds.
fn start_of_role(text: &str) -> Option<usize> {
    // 西渠区长桥街道 has no 区长.
    for head in ["区长", "镇长", "乡长", "村长"] {
        if let Some(place) = text.strip_suffix(head) {
            return Some(if place.ends_with('副') { place.len() - '副'.len_utf8() } else { place.len() });
        }
    }
    if !ENDS.iter().any(|end| text.contains(end)) {
        return None;
    }
    let found = ROLES.iter().flat_map(|role| text.match_indices(role).map(move |(at, _)| (at, role)));
    let fits = found.filter(|(at, role)| {
        let rest = &text[at + role.len()..];
        // 党群服务中心 and 社区干部学院 are places.
        let unit = rest.starts_with('委')
            || ["服务中心", "学院", "学校", "之家", "广场", "活动中心", "公寓", "大厦"]
                .iter()
                .any(|word| rest.starts_with(word));
        !unit && (**role != "党员" || rest.is_empty())
    });
    fits.map(|(at, _)| at).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_come_apart() {
        for (text, parts) in [
            (
                "滨海新区古林街道福汇园社区党委书记兼居委会主任",
                ["滨海新区", "古林街道", "福汇园社区", "党委书记兼居委会主任"],
            ),
            (
                "西青区张家窝镇四季花城社区党总支书记兼居委会主任",
                ["西青区", "张家窝镇", "四季花城社区", "党总支书记兼居委会主任"],
            ),
            ("河西区友谊路街道谊景村社区党委书记", ["河西区", "友谊路街道", "谊景村社区", "党委书记"]),
            ("南开区嘉陵道街道泊江里社区书记", ["南开区", "嘉陵道街道", "泊江里社区", "书记"]),
            ("河北区望海楼街道望海楼社区党委书记", ["河北区", "望海楼街道", "望海楼社区", "党委书记"]),
            (
                "天津市河东区大直沽街汇贤里社区居委会主任",
                ["天津市河东区", "大直沽街", "汇贤里社区", "居委会主任"],
            ),
            (
                "蓟州区下营镇常州村党支部书记、村委会主任",
                ["蓟州区", "下营镇", "常州村", "党支部书记、村委会主任"],
            ),
            ("和平区实验小学校长", ["和平区", "", "实验小学", "校长"]),
            ("天津市环湖医院神经外科主任", ["", "", "天津市环湖医院神经外科", "主任"]),
            ("福汇园社区党群服务中心主任", ["", "", "福汇园社区党群服务中心", "主任"]),
            ("西单北大街社区网格员", ["", "", "西单北大街社区", "网格员"]),
            ("宁河县芦台镇第一社区党支部书记", ["宁河县", "芦台镇", "第一社区", "党支部书记"]),
        ] {
            let found = split(text, &[]).unwrap_or_default();
            assert_eq!([found.district, found.street, found.community, found.role], parts, "{text}");
        }
        assert_eq!(split("福汇园社区", &[]), None);
    }
}
