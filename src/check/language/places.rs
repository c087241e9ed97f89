//! Districts and their streets: which there are, and which belong together.

use regex::Regex;

use super::{Hit, Text};
use crate::diag::{Code, Phrase};

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

/// Districts and their streets, by city.
pub(super) struct Places {
    rows: Vec<Row>,
    /// A city, one of its districts, and perhaps a street.
    pattern: Option<Regex>,
}

struct Row {
    city: Box<str>,
    district: Box<str>,
    streets: Vec<Box<str>>,
}

impl Places {
    pub(super) fn new<'a>(entries: impl Iterator<Item = &'a str>) -> Self {
        let row = |entry: &str| {
            let mut columns = entry.split('\t');
            let [city, district, streets] = std::array::from_fn(|_| columns.next().unwrap_or_default());
            Row {
                city: city.into(),
                district: district.into(),
                streets: streets.split([' ', '、', '\u{3000}']).map(|street| bare(street).into()).collect(),
            }
        };
        let rows: Vec<Row> = entries.map(row).collect();
        let mut cities: Vec<String> = rows.iter().map(|row| regex::escape(stem(&row.city))).collect();
        cities.dedup();
        let cities = cities.join("|");
        let pattern = format!(r"({cities})市?([㐀-鿿]{{1,3}}?[区县])(?:([㐀-鿿]{{2,5}}?)(?:街道|街|镇))?");
        Self { rows, pattern: Regex::new(&pattern).ok() }
    }
}

/// A street or a town without what it is.
fn bare(street: &str) -> &str {
    ["街道", "镇", "街"].into_iter().find_map(|kind| street.strip_suffix(kind)).unwrap_or(street)
}

/// A city without its 市.
fn stem(city: &str) -> &str {
    city.strip_suffix('市').unwrap_or(city)
}

/// A district that the city does not have, or that another has the street of.
pub(super) fn districts(text: &Text) -> Vec<Hit> {
    let places = &text.tables.places;
    let found = places.pattern.iter().flat_map(|pattern| pattern.captures_iter(text.text));
    let hit = |place: regex::Captures| {
        let (city, district) = (place.get(1)?.as_str(), place.get(2)?);
        let rows: Vec<&Row> = places.rows.iter().filter(|row| stem(&row.city) == city).collect();
        let name = district.as_str();
        let wrong = |why, right: &str| {
            Hit::new(Code::WrongPlace, text.text, district.range()).phrase("why", why).arg("right", right)
        };
        let known: Vec<_> = rows.iter().filter(|row| &*row.district == name).collect();
        if known.is_empty() {
            let other = OTHERS.iter().chain(&FORMER).any(|other| name.ends_with(other));
            let right = (!other).then(|| nearest(name, &rows)).flatten()?;
            return Some(wrong(Phrase::NoSuchDistrict(rows.first()?.city.to_string()), right));
        }
        let street = place.get(3)?.as_str();
        let has = |row: &Row| row.streets.iter().any(|known| &**known == street);
        if known.iter().any(|row| has(row)) {
            return None;
        }
        let right = rows.iter().find(|row| has(row))?;
        Some(wrong(Phrase::StreetOf(street.to_owned(), right.district.to_string()), &right.district))
    };
    found.filter_map(hit).collect()
}

/// The district that is meant by a name with one wrong character, or one too
/// many.
fn nearest<'a>(name: &str, rows: &[&'a Row]) -> Option<&'a str> {
    let near = rows.iter().map(|row| (strsim::levenshtein(name, &row.district), &*row.district));
    let (distance, district) = near.min()?;
    let same = name.chars().filter(|c| *c != '区' && district.contains(*c)).count();
    (distance <= 2 && same > 0).then_some(district)
}

#[cfg(test)]
mod tests {
    use super::super::tables::Tables;
    use super::*;

    fn told(text: &str) -> Vec<String> {
        districts(&Text::alone(text)).into_iter().map(|hit| text[hit.range].to_owned()).collect()
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
        let rows = &Tables::embedded().places.rows;
        assert!(rows.is_sorted_by_key(|row| &row.district) && rows.len() == 16);
    }
}
