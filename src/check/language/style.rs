//! Slips that a reader stumbles over.

use super::super::words;
use super::{Hit, Text, is_han};
use crate::diag::Code;

/// Characters that are hardly ever rightly said twice in a row. 了了 (为了了解),
/// 在在, 和和 and their like stand across words too often.
const FUNCTION: &str = "的们她他就很也";
/// Pairs that are said twice rightly.
const TWICE: &str = "慢慢 很多 商量 讨论 研究 活动 锻炼 学习 交流 休息 打扫 介绍 了解 收拾 整理 考虑 尝试 体验 放松 \
    热闹 高兴 照顾 沟通 认识 商议 琢磨 走动 溜达 切磋 指点 参观 见识 感受 关心 非常 特别 打扮 辛苦 暖和 凉快 舒服 开心 快乐 \
    轻松 明白 清楚 干净 安静 热乎 痛快 比划 唠叨 念叨 合计 盘算 修理 打听 打量 张罗 帮助 教育 鼓励 安慰 调整 调节 改善 适应 \
    配合 协调 练习 复习 检查 核实 核对 观察 观摩 品尝 回忆 反思 总结 请教 关照 支持 拜访 走访 咨询 疏通 活络 提高 普及 宣传 \
    解释 劝说 开导 松快 踏实 表现 表扬 慰问 庆祝 纪念 规范 整治 装饰 美化 布置 拾掇 归置 打理 捯饬 显摆 嘱咐 叮嘱";

/// 的的, three of one character, or a pair said twice.
pub(super) fn repeated(text: &Text) -> Vec<Hit> {
    let chars: Vec<(usize, char)> = text.text.char_indices().filter(|(_, c)| is_han(*c)).collect();
    let adjacent = |i: usize, n: usize| {
        chars.get(i..i + n).filter(|w| w.windows(2).all(|p| p[0].0 + p[0].1.len_utf8() == p[1].0))
    };
    let end = |(at, c): (usize, char)| at + c.len_utf8();
    let mut hits = Vec::new();
    let mut past = 0;
    for (i, (start, _)) in chars.iter().enumerate() {
        if *start < past {
            continue;
        }
        let twice = adjacent(i, 2).filter(|w| {
            // 目的的 and 的的确确 are right.
            let word = text.text[..w[0].0].ends_with('目') || text.text[end(w[1])..].starts_with('确');
            w[0].1 == w[1].1 && FUNCTION.contains(w[0].1) && !word
        });
        let thrice = adjacent(i, 3).filter(|w| {
            w[0].1 == w[1].1
                && w[1].1 == w[2].1
                && !"三好哈呵嘿嘻啦哇咚叮当砰啪哗轰嗡叽喳汪喵嘀嗒".contains(w[0].1)
        });
        let pair = adjacent(i, 4).filter(|w| {
            let word: String = w[..2].iter().map(|(_, c)| *c).collect();
            w[0].1 == w[2].1
                && w[1].1 == w[3].1
                && w[0].1 != w[1].1
                && w[0].1 != '一'
                && !TWICE.contains(&word)
                // 聊着聊着 goes on, and 手把手把技术教给他 is no repeat.
                && w[1].1 != '着'
                && word != "手把"
                && is_word_twice(text.text, w[0].0..end(w[3]), w[2].0)
        });
        if let Some(window) = pair.or(thrice).or(twice) {
            past = end(window[window.len() - 1]);
            hits.push(Hit::new(Code::Repeated, text.text, window[0].0..past));
        }
    }
    hits
}

/// Whether a piece is one word or phrase said twice, not parts of others as in
/// 俄罗斯罗斯托夫 and 手把手把技术教给他.
fn is_word_twice(text: &str, piece: std::ops::Range<usize>, middle: usize) -> bool {
    let edges = words::edges(text);
    [piece.start, middle, piece.end].iter().all(|at| edges.contains(at))
}

/// A headline line that ends in a stop.
pub(super) fn headline_mark(text: &Text) -> Vec<Hit> {
    let line = text.text.trim_end_matches(['”', '’', '》', '）']);
    let last = line
        .char_indices()
        .next_back()
        .filter(|_| text.field.starts_with("headline") || text.field.starts_with("title"));
    let stop = last.filter(|(_, c)| "。，；、：,.;:".contains(*c));
    stop.map(|(at, c)| Hit::new(Code::HeadlineMark, text.text, at..at + c.len_utf8())).into_iter().collect()
}

/// ……等 or 等……
pub(super) fn ellipsis_and_etc(text: &Text) -> Vec<Hit> {
    let found = ["……等", "等……"].iter().flat_map(|both| text.text.match_indices(both));
    // 三天……等到 and 请稍等…… wait; they do not list.
    let waits = |at: usize, both: &str| {
        text.text[at + both.len()..].starts_with(['到', '待', '着', '我', '你', '了'])
            || text.text[..at].ends_with(['稍', '在'])
    };
    let found = found.filter(|(at, both)| !waits(*at, both));
    found.map(|(at, both)| Hit::new(Code::EllipsisAndEtc, text.text, at..at + both.len())).collect()
}

/// Most characters of a heading.
const HEADING: usize = 32;

/// Whether a paragraph is a heading, or a line of its own without any stop.
fn is_heading(text: &str) -> bool {
    text.chars().count() <= HEADING && !text.contains(['，', '。', '；', '！', '？'])
}

/// A paragraph of the article that does not end a sentence.
pub(super) fn no_full_stop(text: &Text) -> Vec<Hit> {
    let whole = text.text.trim_end_matches(['”', '’', '）', '》']);
    // What introduces what follows, or is one of several, ends in its own mark;
    // a heading within the article has none.
    let ends = whole.ends_with(['。', '！', '？', '…', '：', '；']);
    let open = text.field.starts_with("article[") && !ends && !is_heading(text.text);
    let start = text.text.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    let hit = || Hit::new(Code::NoFullStop, text.text, start..text.text.len());
    if open { vec![hit()] } else { vec![] }
}
