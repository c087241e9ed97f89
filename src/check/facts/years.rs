//! Years, spans of years and ages that do not fit one another.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::{Entry, finding_in};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::Draft;
use crate::model::Booklet;

type Pattern = LazyLock<Option<Regex>>;

static YEAR: Pattern = LazyLock::new(|| Regex::new(r"(?:^|[^0-9])((?:19|20)[0-9]{2})年").ok());
/// From a year on at a post, or in the work of one.
static SINCE: Pattern = LazyLock::new(|| {
    let pattern = concat!(
        "(?:从|自|自从|打)((?:19|20)[0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[^。；！？，]{0,10}?",
        "(?:起|开始|以来|至今|到现在)，?(?:她|他)?(?:就|便|一直)?(?:担任|任|当|来到|到|在|从事|投身|扎根|负责|接任|服务)"
    );
    Regex::new(pattern).ok()
});
/// From one year to another, so many years.
static FROM_TO: Pattern = LazyLock::new(|| {
    let pattern = concat!(
        "((?:19|20)[0-9]{2})年?(?:[0-9]{1,2}月)?(?:到|至|—|～)((?:19|20)[0-9]{2})年(?:[0-9]{1,2}月)?",
        "，?(?:的|这|整整|一干就是|一晃|已有|她|他|扎根社区|在社区工作了?|工作了?)?([0-9]{1,2})个?年"
    );
    Regex::new(pattern).ok()
});
/// So many years, in the words of who has worked so long.
static SPAN: Pattern = LazyLock::new(|| {
    let pattern = concat!(
        "(?:扎根|从事|投身|坚守|深耕|奋战)(?:在)?(?:社区|基层|一线|岗位|群众)[^，。；！？0-9]{0,10}?([0-9]{1,2})个?(?:多|余)?年",
        "|([0-9]{1,2})(?:多|余)?年(?:如一日|的坚守|扎根社区|坚守社区)"
    );
    Regex::new(pattern).ok()
});
static BORN: Pattern = LazyLock::new(|| {
    Regex::new(r"((?:19|20)[0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:出?生)|(?:出生于|生于)((?:19|20)[0-9]{2})年")
        .ok()
});
/// An age of who the article is about: 今年58岁的她.
static AGE: Pattern = LazyLock::new(|| {
    Regex::new("(?:她|他)，?(?:今年|现年|已)([0-9]{1,3})岁|(?:今年|现年)([0-9]{1,3})岁的(?:她|他)").ok()
});

/// Years that a span may be out by: it counts the first year, or does not.
const ROUNDING: i32 = 1;

/// The first year that a text names.
pub(super) fn year_in(text: &str) -> Option<i32> {
    numbers(&YEAR, text).into_iter().next().map(|(_, years)| years[0])
}

/// Every match of a pattern: where, and its numbers.
fn numbers(pattern: &Pattern, text: &str) -> Vec<(Range<usize>, Vec<i32>)> {
    let captures = pattern.iter().flat_map(|pattern| pattern.captures_iter(text));
    let read = captures.filter_map(|found| {
        let groups = found.iter().skip(1).flatten();
        let numbers: Vec<i32> = groups.filter_map(|group| group.as_str().parse().ok()).collect();
        (!numbers.is_empty()).then(|| Some((found.get(0)?.range(), numbers)))?
    });
    read.collect()
}

/// The year in which the book is made: told, or at least this one, which is
/// named in the article.
#[derive(Clone, Copy)]
enum Now {
    Told(i32),
    AtLeast(i32),
}

pub(super) fn check(draft: &Draft, booklet: &Booklet, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let told = booklet.date.as_deref().and_then(|date| date.get(..4)?.parse().ok());
    for entry in entries {
        let article = &entry.profile.article;
        let named = article.iter().flat_map(|text| numbers(&YEAR, text)).map(|(_, years)| years[0]).max();
        let Some(now) = told.map(Now::Told).or(named.map(Now::AtLeast)) else { continue };
        for (i, range, why) in misfits(article, now) {
            let text = &article[i][range.clone()];
            let field = format!("article[{i}]");
            let found = finding_in(Code::YearsDoNotFit, &draft.profiles[&entry.id], &field, range.clone());
            sink.push(found.arg("text", text).arg("why", why));
        }
    }
}

/// Paragraph, piece of it, and what does not fit.
fn misfits(article: &[String], now: Now) -> Vec<(usize, Range<usize>, Phrase)> {
    let mut found = Vec::new();
    let all = |pattern: &'static Pattern| {
        article.iter().enumerate().flat_map(move |(i, text)| {
            numbers(pattern, text).into_iter().map(move |(range, numbers)| (i, range, numbers))
        })
    };
    for (i, range, numbers) in all(&FROM_TO) {
        let [from, to, span] = numbers[..] else { continue };
        if (to - from - span).abs() > ROUNDING {
            found.push((i, range, Phrase::SpanOfYears(from, to, to - from)));
        }
    }
    let first = all(&SINCE).map(|(.., years)| years[0]).min();
    for (i, range, numbers) in all(&SPAN) {
        let Some(since) = first else { continue };
        if let Some(most) = beyond(now, since, numbers[0]) {
            found.push((i, range, Phrase::SinceYear(since, most)));
        }
    }
    let ages: Vec<_> = all(&AGE).collect();
    if let [(.., one), (i, range, other), ..] = &ages[..]
        && one != other
    {
        found.push((*i, range.clone(), Phrase::OtherAge(one[0])));
    }
    if let (Some((.., born)), Some((i, range, age))) = (all(&BORN).next(), ages.first())
        && let Some(most) = beyond(now, born[0], age[0])
    {
        found.push((*i, range.clone(), Phrase::BornIn(born[0], most)));
    }
    found
}

/// How many years can have passed since one, where so many cannot. An article
/// may well be written a year after the last one that it names.
fn beyond(now: Now, since: i32, years: i32) -> Option<i32> {
    let now = match now {
        Now::Told(now) => now,
        // The article names no later year.
        Now::AtLeast(now) if now <= since => return None,
        Now::AtLeast(now) => now + 1,
    };
    (since + years > now + ROUNDING).then_some((now - since).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(article: &[&str]) -> usize {
        let article: Vec<String> = article.iter().map(|text| (*text).to_owned()).collect();
        misfits(&article, Now::Told(2024)).len()
    }

    #[test]
    fn years_that_do_not_fit_are_told() {
        for article in [
            &["从2010年起，她在社区工作。", "扎根社区21年，她没有休过一个长假。"][..],
            &["从2003年到2024年，整整31年。"],
            &["她生于1970年。", "今年58岁的她还在楼道里走。"],
            &["她今年58岁。", "今年56岁的她说。"],
        ] {
            assert_eq!(told(article), 1, "{article:?}");
        }
    }

    #[test]
    fn what_is_of_others_is_not() {
        for article in [
            &["从2003年起，她在社区工作。", "扎根社区21年，她没有休过一个长假。"][..],
            &["1970年出生的她当上书记。", "张大爷今年83岁。"],
            &["从2015年起任书记。", "李大爷在棉纺厂工作38年。"],
            &["自2020年疫情发生以来，她没有回过家。", "她扎根社区22年。"],
            &["从2019年7月开始，社区启动改造。", "这里建成30多年来第一次大修。"],
            &["自2018年起，为老党员过政治生日。", "入党50年来，王大爷第一次吹蜡烛。"],
            &["2016年至2021年，她先后3年获评优秀。"],
            &["2010年至2020年，前5年打基础。"],
            &["2019年至2023年，用了30年的老管网换完了。"],
        ] {
            assert_eq!(told(article), 0, "{article:?}");
        }
    }
}
