//! What programs of others say, in Chinese: the sentences of Typst and of the
//! JSON reader that designers meet.

/// A sentence with `{}` for what varies, and the same in Chinese.
const SENTENCES: &[(&str, &str)] = &[
    ("unknown variable: {}", "没有名为“{}”的变量"),
    ("unclosed delimiter", "括号没有闭合"),
    ("unclosed string", "引号没有闭合"),
    ("unclosed raw text", "反引号没有闭合"),
    ("unexpected closing {}", "多了一个右括号（{}）"),
    ("unexpected end of file", "文件没有写完"),
    ("unexpected argument: {}", "多了参数 {}"),
    ("unexpected argument", "多了一个参数"),
    ("unexpected {}", "这里不该有{}"),
    ("missing argument: {}", "缺少参数 {}"),
    ("expected {}, found {}", "这里要{}，写的却是{}"),
    ("expected {}", "这里缺少{}"),
    ("file not found (searched at {})", "找不到文件 {}"),
    ("failed to load file (is a directory)", "这是文件夹，不是文件"),
    ("failed to parse {} ({})", "{}读不懂（{}）"),
    ("failed to decode image ({})", "图片打不开（{}）"),
    ("unknown image format", "认不出图片的格式"),
    ("unresolved import", "引用的文件里没有这个名字"),
    ("module `{}` does not contain `{}`", "{} 里没有 {}"),
    ("module does not contain `{}`", "那个文件里没有 {}"),
    ("cyclic import", "文件互相引用，成了一圈"),
    ("dictionary does not contain key \"{}\"", "没有“{}”这一项"),
    ("dictionary does not contain key \"{}\" and no default value was specified", "没有“{}”这一项"),
    ("array index out of bounds (index: {}, len: {})", "列表没有第 {} 项（从 0 数起），一共 {} 项"),
    (
        "array index out of bounds (index: {}, len: {}) and no default value was specified",
        "列表没有第 {} 项（从 0 数起），一共 {} 项",
    ),
    ("array is empty", "列表是空的"),
    ("type {} has no method `{}`", "{}没有 {} 这个用法"),
    ("cannot access fields on type {}", "{}没有下一级的内容"),
    ("{} does not have field \"{}\"", "{}没有“{}”这一项"),
    ("cannot add {} and {}", "{}和{}不能相加"),
    ("cannot subtract {} from {}", "不能用{1}减{0}"),
    ("cannot multiply {} with {}", "{}和{}不能相乘"),
    ("cannot divide {} by {}", "{}不能除以{}"),
    ("cannot join {} with {}", "{}和{}不能接在一起"),
    ("cannot compare {} and {}", "{}和{}不能比较"),
    ("cannot divide by zero", "除数是 0"),
    ("cannot mutate a constant: {}", "{} 不能改"),
    ("label `{}` does not exist in the document", "书里没有标签 {}"),
    ("label `{}` occurs multiple times in the document", "标签 {} 在书里不止一处"),
    ("maximum function call depth exceeded", "函数一层套一层，没有尽头"),
    ("maximum layout depth exceeded", "版面一层套一层，没有尽头"),
    ("maximum show rule depth exceeded", "show 规则一层套一层，没有尽头"),
    ("loop seems to be infinite", "循环没有尽头"),
    ("panicked with: {}", "版式自己停下了：{}"),
    ("panicked", "版式自己停下了"),
    ("assertion failed: {}", "版式里的断言不成立：{}"),
    ("assertion failed", "版式里的断言不成立"),
    ("number must be at least {}", "数字至少要 {}"),
    ("pagebreaks are not allowed inside of containers", "分页不能写在方框里面"),
    ("page configuration is not allowed inside of containers", "页面设置不能写在方框里面"),
    ("only element functions can be used in set rules", "set 后面只能用版面元素"),
    ("layout did not converge within {} attempts", "排了 {} 遍页码还定不下来"),
    ("can only be used when context is known", "只能写在 context 里面"),
    ("the character `{}` is not valid in code", "这里不能用“{}”这个字"),
    ("keyword `{}` is not allowed in this place", "这里不能用 {}"),
    ("unknown field `{}`, expected one of {}", "没有 {} 这一项，可用的有 {}"),
    ("unknown field `{}`, expected {}", "没有 {} 这一项，可用的有 {}"),
    ("name is not that of the folder: {}", "name 与文件夹的名字不同：{}"),
    ("a size is not between 0 and 10000", "有一个尺寸不在 0 与 10000 之间"),
    ("settings names no setting", "settings 里一种正文大小也没有"),
    ("sizes names no trim", "sizes 里一种尺寸也没有"),
    ("sizes are from the smaller to the larger", "sizes 里先写小的，再写大的"),
    ("a person has one page at least", "一人至少一页"),
    ("entries names no main", "entries 里没有 main"),
    ("missing field `{}`", "缺少 {} 这一项"),
    ("duplicate field `{}`", "{} 写了两次"),
    ("unknown variant `{}`, expected one of {}", "没有 {} 这种写法，可用的有 {}"),
    ("unknown variant `{}`, expected {}", "没有 {} 这种写法，可用的有 {}"),
    ("invalid type: {}, expected {}", "这里要{1}，写的却是{0}"),
    ("a number or the word any is expected", "这里要一个数字或 any"),
    ("`{}` is deprecated, use `{}` instead", "{} 已经停用，请用 {}"),
];

/// What they call kinds of values and pieces of code.
const WORDS: &[(&str, &str)] = &[
    ("integer", "整数"),
    ("float", "小数"),
    ("string", "文字"),
    ("content", "版面内容"),
    ("length", "长度"),
    ("relative length", "长度"),
    ("fraction", "份数"),
    ("ratio", "百分数"),
    ("color", "颜色"),
    ("array", "列表"),
    ("dictionary", "字典"),
    ("function", "函数"),
    ("boolean", "真假值"),
    ("label", "标签"),
    ("none", "空值"),
    ("auto", "auto"),
    ("expression", "式子"),
    ("identifier", "名字"),
    ("pattern", "名字"),
    ("block", "花括号或方括号"),
    ("comma", "逗号"),
    ("colon", "冒号"),
    ("semicolon or line break", "换行"),
    ("equals sign", "等号"),
    ("body", "内容"),
    ("path", "路径"),
    ("path or bytes", "路径"),
    ("paren", "圆括号"),
    ("bracket", "方括号"),
    ("brace", "花括号"),
    ("delimiter", "括号"),
    ("JSON", "JSON 文件"),
    ("SVG", "SVG 图"),
];

/// A sentence in Chinese, if it is one of those known.
pub(super) fn in_chinese(said: &str) -> Option<String> {
    let (holes, zh) = SENTENCES.iter().find_map(|(en, zh)| Some((holes(said, en)?, zh)))?;
    let mut text = String::new();
    let mut next = 0;
    let mut rest = *zh;
    while let Some((before, after)) = rest.split_once('{') {
        let (number, after) = after.split_once('}').unwrap_or(("", after));
        let at = number.parse().unwrap_or(next);
        next += 1;
        text += before;
        text += &holes.get(at).map_or(String::new(), |hole| word(hole));
        rest = after;
    }
    Some(text + rest)
}

/// What stands in the holes of a sentence.
fn holes<'a>(said: &'a str, pattern: &str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = said.strip_prefix(pieces.next()?)?;
    let mut holes = Vec::new();
    let pieces: Vec<&str> = pieces.collect();
    for (i, piece) in pieces.iter().enumerate() {
        let end = if i + 1 == pieces.len() {
            rest.len().checked_sub(piece.len()).filter(|_| rest.ends_with(piece))?
        } else {
            rest.find(piece)?
        };
        holes.push(&rest[..end]);
        rest = &rest[end + piece.len()..];
    }
    rest.is_empty().then_some(holes)
}

fn word(said: &str) -> String {
    let one = |said: &str| {
        let known = WORDS.iter().find(|(en, _)| *en == said);
        known.map_or_else(|| said.to_owned(), |(_, zh)| (*zh).to_owned())
    };
    let alternatives = said.replace(", or ", ", ").replace(" or ", ", ");
    let known = alternatives.split(", ").all(|part| WORDS.iter().any(|(en, _)| *en == part));
    if known { alternatives.split(", ").map(one).collect::<Vec<_>>().join("或") } else { one(said) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_known() {
        for (said, zh) in [
            ("unknown variable: rde", "没有名为“rde”的变量"),
            ("expected function, found integer", "这里要函数，写的却是整数"),
            ("expected length, found array", "这里要长度，写的却是列表"),
            ("expected integer or auto, found string", "这里要整数或auto，写的却是文字"),
            ("dictionary does not contain key \"nam\"", "没有“nam”这一项"),
            ("cannot subtract length from integer", "不能用整数减长度"),
            ("file not found (searched at lib/x.typ)", "找不到文件 lib/x.typ"),
        ] {
            assert_eq!(in_chinese(said).as_deref(), Some(zh));
        }
        assert_eq!(in_chinese("something else"), None);
    }
}
