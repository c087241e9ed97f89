//! Honours behind 荣获, 获得, 被评为: the community's and the person's told
//! apart by who stands before the verb.

use super::{Taken, clauses};

const VERBS: &[&str] = &[
    "被评选为",
    "被评定为",
    "被命名为",
    "被授予",
    "被评为",
    "荣获",
    "荣膺",
    "获评为",
    "获评",
    "获得",
    "曾获",
    "评为",
    "当选为",
    "当选",
    "入选",
    "获",
];
const PERSONAL: &[&str] = &["本人", "个人", "自己", "她", "他", "其"];
const COMMUNITY: &[&str] = &[
    "社区",
    "小区",
    "党委",
    "党总支",
    "党支部",
    "集体",
    "单位",
    "学校",
    "村",
    "医院",
    "居委会",
    "支部",
    "公司",
    "团队",
    "队伍",
    "中心",
];
/// Words that end the list.
const ENDS: &[&str] = &[
    "等多项",
    "等荣誉",
    "等称号",
    "等国家",
    "等市级",
    "等区级",
    "等奖",
    "等",
    "荣誉称号",
    "称号",
    "的荣誉",
    "荣誉",
];
/// Words in which the name of an honour ends.
const HONOURS: &[&str] = &[
    "社区",
    "单位",
    "集体",
    "个人",
    "党员",
    "工作者",
    "书记",
    "模范",
    "标兵",
    "奖章",
    "奖",
    "旗手",
    "先锋",
    "示范区",
    "实验区",
    "示范点",
    "组织",
    "典型",
    "岗",
    "家庭",
    "能手",
    "之星",
    "楷模",
    "好人",
    "人物",
    "代表",
    "志愿者",
    "调解员",
    "支书",
    "总理",
    "基地",
    "站",
    "团队",
    "队",
    "村",
    "校",
    "榜样",
    "干部",
    "教师",
    "医生",
    "标杆",
    "十佳",
    "卫士",
    "园丁",
    "窗口",
    "班组",
    "支部",
    "党委",
    "党总支",
    "学校",
    "医院",
    "企业",
    "项目",
    "案例",
    "网格员",
    "劳动者",
    "巾帼",
    "青年",
    "女性",
    "母亲",
    "公民",
    "贡献者",
];

/// Honours with the paragraphs in which they stand.
pub(super) fn of(article: &[&str], name: &str) -> Vec<(usize, Taken, bool)> {
    let mut found: Vec<(usize, Taken, bool)> = Vec::new();
    for (paragraph, text) in article.iter().enumerate() {
        let mut personal = true;
        for clause in clauses(text) {
            let said = &text[clause];
            let Some((at, verb)) = VERBS
                .iter()
                .filter_map(|verb| said.find(verb).map(|at| (at, *verb)))
                .min_by_key(|(at, verb)| (*at, std::cmp::Reverse(verb.len())))
            else {
                personal = subject(said, name).unwrap_or(personal);
                continue;
            };
            personal = subject(&said[..at], name).unwrap_or(personal);
            for honour in list(&said[at + verb.len()..]) {
                let taken = if personal {
                    Taken::Personal(honour.to_owned())
                } else {
                    Taken::Community(honour.to_owned())
                };
                if !found.iter().any(|(_, known, _)| *known == taken) {
                    found.push((paragraph, taken, true));
                }
            }
        }
    }
    found
}

/// Whether a clause is about the person: by who is named last; nothing where
/// nobody is.
fn subject(text: &str, name: &str) -> Option<bool> {
    let last = |words: &[&str]| words.iter().filter_map(|word| text.rfind(word)).max();
    let person = last(PERSONAL).into_iter().chain(text.rfind(name).filter(|_| !name.is_empty())).max();
    match (person, last(COMMUNITY)) {
        (Some(person), Some(community)) => Some(person > community),
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        (None, None) => None,
    }
}

/// The honours of a list.
fn list(text: &str) -> Vec<&str> {
    let text = text.trim_start_matches(['了', '过', '：', ':']);
    let end = ENDS.iter().filter_map(|end| outside(text, end)).min().unwrap_or(text.len());
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_i32, 0);
    for (at, c) in text[..end].char_indices() {
        match c {
            '“' | '《' | '（' => depth += 1,
            '”' | '》' | '）' => depth -= 1,
            // 社区治理和服务创新实验区 is one honour.
            '和' if depth == 0 && !is_honour(text[from..at].trim()) => {}
            '、' | '和' if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..end]);
    parts.into_iter().map(str::trim).filter(|part| is_honour(part)).collect()
}

/// Where a word stands outside of quotation marks.
fn outside(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word)
        .map(|(at, _)| at)
        .find(|at| text[..*at].matches('“').count() == text[..*at].matches('”').count())
}

fn is_honour(text: &str) -> bool {
    let count = text.chars().count();
    let bare = text.trim_end_matches(['”', '》', '）']);
    (4..=40).contains(&count) && HONOURS.iter().any(|end| bare.ends_with(end)) && !text.contains(['，', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honours_are_told_apart() {
        let text = "社区先后获得全国社区治理和服务创新实验区、全国文明社区、天津市“枫桥经验”示范社区等荣誉，本人获得全国劳动模范、全国模范“小巷总理”等荣誉。获得居民一致好评。";
        let found: Vec<Taken> = of(&[text], "张三").into_iter().map(|(_, taken, _)| taken).collect();
        assert_eq!(
            found,
            [
                Taken::Community("全国社区治理和服务创新实验区".into()),
                Taken::Community("全国文明社区".into()),
                Taken::Community("天津市“枫桥经验”示范社区".into()),
                Taken::Personal("全国劳动模范".into()),
                Taken::Personal("全国模范“小巷总理”".into()),
            ]
        );
    }
}
