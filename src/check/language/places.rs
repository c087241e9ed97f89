//! Districts and their streets: which there are, and which belong together.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hit, Text};
use crate::assets;
use crate::diag::{Code, Phrase};

/// The city whose table is here.
const CITY: &str = "天津市";
/// What ends in 区 and is no district.
const OTHERS: [&str; 18] = [
    "社区",
    "小区",
    "园区",
    "地区",
    "校区",
    "景区",
    "库区",
    "辖区",
    "城区",
    "郊区",
    "市区",
    "片区",
    "厂区",
    "街区",
    "开发区",
    "保税区",
    "新区",
    "示范区",
];
/// Districts of earlier years.
const FORMER: [&str; 6] = ["塘沽区", "汉沽区", "大港区", "蓟县", "宁河县", "静海县"];

static DISTRICTS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lines = assets::DISTRICTS.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(district, streets)| (district, streets.split(' ').collect()))
        .collect()
});
static PLACE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"天津市?([\p{Han}]{1,3}?[区县])(?:([\p{Han}]{2,5}?)(?:街道|街|镇))?").ok());

/// A district that the city does not have, or that another has the street of.
pub(super) fn districts(text: &Text) -> Vec<Hit> {
    if !text.text.contains("天津") {
        return vec![];
    }
    let places = PLACE.iter().flat_map(|pattern| pattern.captures_iter(text.text));
    let hit = |place: regex::Captures| {
        let (district, street) = (place.get(1)?, place.get(2).map(|street| street.as_str()));
        let name = district.as_str();
        let known = DISTRICTS.iter().find(|(known, _)| *known == name);
        let Some((_, streets)) = known else {
            let other = OTHERS.iter().any(|other| name.ends_with(other))
                || FORMER.iter().any(|former| name.ends_with(former));
            let right = (!other).then(|| nearest(name)).flatten()?;
            let why = Phrase::NoSuchDistrict(CITY.into());
            return Some(
                Hit::new(Code::WrongPlace, text.text, district.range())
                    .phrase("why", why)
                    .arg("right", right),
            );
        };
        let street = street?;
        let has = |streets: &Vec<&str>| streets.contains(&street);
        if has(streets) {
            return None;
        }
        let (right, _) = DISTRICTS.iter().find(|(_, streets)| has(streets))?;
        let why = Phrase::StreetOf(street.to_owned(), (*right).to_owned());
        Some(Hit::new(Code::WrongPlace, text.text, district.range()).phrase("why", why).arg("right", *right))
    };
    places.filter_map(hit).collect()
}

/// The district that is meant by a name with one wrong character, or one too
/// many.
fn nearest(name: &str) -> Option<&'static str> {
    let near = DISTRICTS.iter().map(|(district, _)| (strsim::levenshtein(name, district), *district));
    let (distance, district) = near.min()?;
    let same = name.chars().filter(|c| *c != '区' && district.contains(*c)).count();
    (distance <= 2 && same > 0).then_some(district)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        districts(&Text { field: "", text, quoted: false, next: None })
            .into_iter()
            .map(|hit| text[hit.range].to_owned())
            .collect()
    }

    #[test]
    fn streets_belong_to_their_districts() {
        assert_eq!(told("天津市河西区小白楼街道的老人"), ["河西区"]);
        assert_eq!(told("来到天津市南井区。"), ["南井区"]);
        for text in
            ["天津市和平区小白楼街道", "天津市滨海新区", "天津市区的老人", "天津社区治理", "天津市蓟县人"]
        {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(DISTRICTS.is_sorted_by_key(|(district, _)| *district) && DISTRICTS.len() == 16);
    }
}
