//! Lines that say whose text follows: a name, a post, or both.

use std::collections::HashSet;

use super::line::{Line, Look, of_contents, without_number};
use super::{names, post};

/// Longest line that may name a person, in characters.
const LONGEST: usize = 70;

/// What a line says of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) name: Option<String>,
    pub(super) post: Option<String>,
}

/// Recognises heads.
pub(super) struct Heads {
    /// Names of the roster and of the project.
    known: HashSet<String>,
}

impl Heads {
    pub(super) fn new<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        Self { known: known.into_iter().map(names::plain).filter(|name| !name.is_empty()).collect() }
    }

    fn is_name(&self, text: &str) -> bool {
        self.known.contains(&names::plain(text)) || names::is(text)
    }

    /// What the first sentence of a text says, if it is of the kind 王凤荣，女，
    /// 汉族，现任……党委书记。 The sentence is a part of the text all the same.
    pub(super) fn opening(&self, line: &Line) -> Option<Head> {
        let (name, rest) = line.text.split_once(['，', ',', '：', ':', '（', '('])?;
        let rest = rest.trim_start();
        let said = rest.starts_with(['男', '女']) || rest.starts_with("现任");
        let next =
            rest.chars().nth(1).is_some_and(|c| "，,、。；（）() ".contains(c)) || rest.starts_with("现任");
        if !self.is_name(name) || !said || !next || line.look != Look::Body {
            return None;
        }
        let sentence = line.text.split('。').next().unwrap_or_default();
        let said = sentence.split_once("现任").map(|(_, post)| post.trim_start_matches(['：', ':', '为']));
        let clauses = said.unwrap_or(sentence).split(['，', ',', '；']).map(str::trim);
        let mut posts = clauses.filter(|post| post::ends_as_role(post) && post::has_place(post));
        let post = posts.next();
        Some(Head { name: Some(names::plain(name)), post: post.map(ToOwned::to_owned) })
    }

    /// What a line says of a person, if it is a head.
    pub(super) fn of(&self, line: &Line) -> Option<Head> {
        let text = line.text.trim();
        if line.look != Look::Title && !(line.look == Look::Body && is_byline(text))
            || of_contents(text).is_some()
        {
            return None;
        }
        if text.chars().count() > LONGEST {
            return None;
        }
        let byline = is_byline(text);
        // A post may stand in brackets of its own.
        let inner =
            text.strip_prefix(['（', '(', '【']).and_then(|rest| rest.strip_suffix(['）', ')', '】']));
        let text = inner.filter(|inner| !inner.contains(['（', '('])).unwrap_or(text);
        let bare =
            without_number(text).trim_start_matches(['—', '-', '－', '–', '─', ' ', '\u{3000}']).trim_start();
        let bare = if byline { bare.strip_prefix('记').unwrap_or(bare).trim_start() } else { bare };
        let bare = without_deeds(bare);
        self.parts(bare)
    }

    fn parts(&self, text: &str) -> Option<Head> {
        let both = |name: &str, post: &str| {
            let post = post.trim_matches(|c: char| c.is_whitespace() || "：:，,、—-|｜/()（）".contains(c));
            Head { name: Some(names::plain(name)), post: (!post.is_empty()).then(|| post.to_owned()) }
        };
        // Alone: 王凤荣, 王  琦, 王凤荣同志.
        let alone = text.strip_suffix("同志").unwrap_or(text);
        if self.known.contains(&names::plain(alone)) || names::is(alone) {
            return Some(both(alone, ""));
        }
        // In brackets: 党委书记（王凤荣）, 王凤荣（……党委书记）.
        if let Some((before, inner)) = text.trim_end_matches(['）', ')']).split_once(['（', '('])
            && text.ends_with(['）', ')'])
        {
            if self.is_name(inner) && post::ends_as_role(before) {
                return Some(both(inner, before));
            }
            if self.is_name(before) && post::ends_as_role(inner) {
                return Some(both(before, inner));
            }
        }
        // With spaces or marks between: 书记 王凤荣, 书记：王凤荣, 王凤荣，书记.
        let tokens: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || "：:，,|｜/—".contains(c))
            .filter(|token| !token.is_empty())
            .collect();
        if let Some(found) = self.of_tokens(text, &tokens) {
            return Some(both(found.0, found.1));
        }
        // Without: 书记王凤荣, 书记王凤荣同志.
        let alone = text.strip_suffix("同志").unwrap_or(text).trim_end();
        if let Some(end) = post::end_of_role(alone).filter(|end| *end < alone.len())
            && self.is_name(&alone[end..])
            && post::has_place(&alone[..end])
        {
            return Some(both(&alone[end..], &alone[..end]));
        }
        if let Some(at) = names::at_end(alone).filter(|at| *at > 0)
            && post::ends_as_role(&alone[..at])
            && post::has_place(&alone[..at])
        {
            return Some(both(&alone[at..], &alone[..at]));
        }
        // A post alone.
        let book =
            ["优秀", "先进", "十佳", "最美", "模范", "争做", "风采"].iter().any(|word| text.contains(word));
        let is_post = post::ends_as_role(text)
            && post::has_place(text)
            && !text.contains(['“', '，', '。', '！'])
            && !book;
        let parts = post::split(text, &[]).filter(|_| is_post)?;
        let placed =
            !parts.district.is_empty() || !parts.street.is_empty() || parts.community.chars().count() > 2;
        placed.then(|| Head { name: None, post: Some(text.to_owned()) })
    }

    /// Name and post among the words of a line.
    fn of_tokens<'t>(&self, text: &'t str, tokens: &[&'t str]) -> Option<(&'t str, &'t str)> {
        let range = |from: &str, to: &str| {
            let start = from.as_ptr() as usize - text.as_ptr() as usize;
            let end = to.as_ptr() as usize - text.as_ptr() as usize + to.len();
            &text[start..end]
        };
        if tokens.len() < 2 {
            return None;
        }
        let single = |token: &&str| token.chars().count() == 1;
        let role = |post: &str| {
            // A sentence that begins with a name is none.
            let plain = !post.contains(['。', '，', ',', '！', '？', '“']);
            plain && post::has_place(post) && post.chars().count() > 5
                || post::ends_as_role(post) && post.chars().count() <= 14
        };
        // A name of two characters may have a space in it.
        for letters in [1, 2, 3] {
            let Some(cut) = tokens.len().checked_sub(letters).filter(|cut| *cut > 0) else { continue };
            let (front, back) = tokens.split_at(cut);
            if letters > 1 && !back.iter().all(single) {
                continue;
            }
            let (name, post) = (range(back[0], back[letters - 1]), range(front[0], front[front.len() - 1]));
            if self.is_name(name) && role(post) {
                return Some((name, post));
            }
        }
        for letters in [1, 2, 3] {
            let Some(rest) = tokens.get(letters..).filter(|rest| !rest.is_empty()) else { continue };
            let front = &tokens[..letters];
            if letters > 1 && !front.iter().all(single) {
                continue;
            }
            let (name, post) = (range(front[0], front[letters - 1]), range(rest[0], rest[rest.len() - 1]));
            if self.is_name(name) && role(post) {
                return Some((name, post));
            }
        }
        None
    }
}

/// A line of the kind ——记……书记张三.
fn is_byline(text: &str) -> bool {
    let bare = text.trim_start_matches(['—', '-', '－', '–', '─', '一', ' ', '\u{3000}']);
    let dashed = text.starts_with(['—', '-', '－', '–', '─']);
    (dashed && bare.starts_with('记') || bare.starts_with('记') && post::end_of_role(bare).is_some())
        && text.chars().count() <= LONGEST
}

/// A line without 先进事迹 and its like at its end.
fn without_deeds(text: &str) -> &str {
    let mut text = text.trim();
    for end in [
        "事迹材料",
        "先进事迹简介",
        "先进事迹",
        "个人事迹",
        "事迹简介",
        "主要事迹",
        "的事迹",
        "事迹",
        "的故事",
        "同志的",
        "的",
    ] {
        text = text.strip_suffix(end).unwrap_or(text).trim_end();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{Spot, Style};
    use crate::intake::Place;

    fn head(text: &str) -> Option<(Option<String>, Option<String>)> {
        let line = Line {
            look: Look::of(text, &Style::Body),
            text: text.to_owned(),
            place: Place { file: "a".into(), spot: Spot::Whole },
            style: Style::Body,
            indented: false,
            boxed: false,
            block: 0,
        };
        Heads::new(["高兴"]).of(&line).map(|head| (head.name, head.post))
    }

    #[test]
    fn heads_are_told_from_titles() {
        let post = "滨海新区古林街道福汇园社区党委书记";
        for text in [
            "滨海新区古林街道福汇园社区党委书记 王凤荣",
            "滨海新区古林街道福汇园社区党委书记王凤荣",
            "滨海新区古林街道福汇园社区党委书记：王凤荣",
            "——记滨海新区古林街道福汇园社区党委书记王凤荣",
            "——记滨海新区古林街道福汇园社区党委书记王凤荣同志先进事迹",
            "王凤荣 滨海新区古林街道福汇园社区党委书记",
            "一、王凤荣，滨海新区古林街道福汇园社区党委书记",
            "滨海新区古林街道福汇园社区党委书记（王凤荣）",
            "滨海新区古林街道福汇园社区党委书记 王 凤 荣",
        ] {
            assert_eq!(head(text), Some((Some("王凤荣".into()), Some(post.into()))), "{text}");
        }
        assert_eq!(head("1. 王  琦"), Some((Some("王琦".into()), None)));
        assert_eq!(head("高兴"), Some((Some("高兴".into()), None)));
        assert_eq!(
            head("河东区向阳楼街道翠韵里社区党委书记"),
            Some((None, Some("河东区向阳楼街道翠韵里社区党委书记".into())))
        );
        for text in [
            "坚守初心甘奉献 情系居民勇担当",
            "以实干为犁深耕社区",
            "当好“小巷总理”",
            "王凤荣……3",
            "争做群众的贴心书记",
        ] {
            assert_eq!(head(text), None, "{text}");
        }
    }
}
