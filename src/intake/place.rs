//! District, street and community, told apart in the name of a place.

/// Before 区 these make another kind of place.
const OTHER_AREAS: &str = "社小园校景厂库片辖牧林矿街院地";

/// A place in its parts; what a text does not have is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) district: String,
    pub(super) street: String,
    pub(super) community: String,
    pub(super) role: String,
}

/// District, street and community of a place.
pub(super) fn place_of(text: &str, districts: &[String]) -> Parts {
    let text: String =
        text.trim().chars().filter(|c| !c.is_whitespace() && !"|｜/／·\\".contains(*c)).collect();
    let (district, rest) = district(&text, districts);
    let (street, community) = street(rest);
    Parts {
        district: district.into(),
        street: street.into(),
        community: community.into(),
        role: String::new(),
    }
}

/// The district at the start, with the city before it.
fn district<'a>(text: &'a str, districts: &[String]) -> (&'a str, &'a str) {
    let city = text
        .char_indices()
        .take(8)
        .find(|(at, c)| *c == '市' && *at > 3)
        .map_or(0, |(at, c)| at + c.len_utf8());
    let city = if city > 0 && !text[city..].is_empty() { city } else { 0 };
    let rest = &text[city..];
    if let Some(known) =
        districts.iter().filter(|known| rest.starts_with(known.as_str())).max_by_key(|known| known.len())
    {
        return text.split_at(city + known.len());
    }
    for area in [
        "经济技术开发区",
        "高新技术产业开发区",
        "高新区",
        "开发区",
        "保税区",
        "示范区",
        "自治县",
        "自治旗",
        "自治州",
    ] {
        if let Some(at) = rest.find(area).filter(|at| rest[..*at].chars().count() <= 6) {
            return text.split_at(city + at + area.len());
        }
    }
    let mut before = None;
    for (n, (at, c)) in rest.char_indices().take(6).enumerate() {
        let end = at + c.len_utf8();
        let area = match c {
            '区' => !before.is_some_and(|b: char| OTHER_AREAS.contains(b)),
            '县' | '旗' => !rest[end..].starts_with(['城', '委', '政', '直', '级']),
            _ => false,
        };
        if area && n > 0 {
            return text.split_at(city + end);
        }
        before = Some(c);
    }
    // A city right before a street is of the rank of a district; before a
    // unit's name it is part of the name.
    if city > 0 && !street(rest).0.is_empty() {
        return text.split_at(city);
    }
    ("", text)
}

/// The street or town at the start.
fn street(text: &str) -> (&str, &str) {
    let within = |end: usize| (2..=9).contains(&text[..end].chars().count());
    for word in ["街道办事处", "街道", "苏木", "地区办事处"] {
        if let Some(end) = text.find(word).map(|at| at + word.len()).filter(|end| within(*end)) {
            return text.split_at(end);
        }
    }
    for (at, c) in text.char_indices().skip(1).take(6) {
        let end = at + c.len_utf8();
        let rest = &text[end..];
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let is = match c {
            '镇' | '乡' => {
                !rest.starts_with(['政', '中', '小', '人', '卫', '敬', '派', '文', '司']) && !rest.is_empty()
                    || rest.is_empty() && at > 3
            }
            '街' => {
                before != '大'
                    && before != '小'
                    && !["社区", "道", "里社区", "区"].iter().any(|word| rest.starts_with(word))
                    && !rest.is_empty()
            }
            _ => false,
        };
        if is {
            return text.split_at(end);
        }
    }
    ("", text)
}
