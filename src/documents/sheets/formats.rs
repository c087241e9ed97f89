//! Numbers as a workbook shows them (ISO/IEC 29500-1, 18.8.30 and 18.8.31).

use time::{Date, Duration, Month};

/// The format of a built-in number, where it is more than the number itself.
pub(super) fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-m-d",
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm",
        _ => return None,
    })
}

/// A number as it is shown in a format.
pub(super) fn shown(value: f64, format: &str, from_1904: bool) -> String {
    // The first section is that of positive numbers, the second of negative.
    let mut sections = format.split(';');
    let first = sections.next().unwrap_or_default();
    let format = if value < 0.0 { sections.next().unwrap_or(first) } else { first };
    let code = bare(format);
    if code.contains(['y', 'd']) || code.contains('m') && !code.contains(['0', '#', 'h', 's']) {
        return date(value, &code, from_1904).unwrap_or_else(|| plain(value));
    }
    if code.contains('h') || code.contains("ss") {
        return clock(value);
    }
    number(value, &code)
}

/// A number without a format: no more digits than it has.
pub(super) fn plain(value: f64) -> String {
    if value.is_finite() && value.abs() < 1e15 {
        // Fifteen digits are what a workbook keeps.
        let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
        return rounded.to_string();
    }
    format!("{value:e}").to_uppercase()
}

/// A format without colours, conditions, locales, quoted words and fillers.
fn bare(format: &str) -> String {
    let mut code = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => chars.by_ref().take_while(|c| *c != '"').for_each(drop),
            '[' => chars.by_ref().take_while(|c| *c != ']').for_each(drop),
            '\\' | '_' | '*' => drop(chars.next()),
            c => code.push(c.to_ascii_lowercase()),
        }
    }
    code
}

/// A date as people write it, with as much of it as the format shows.
fn date(value: f64, code: &str, from_1904: bool) -> Option<String> {
    let days = value.floor();
    if !(0.0..2_958_466.0).contains(&days) {
        return None;
    }
    // Lotus took 1900 for a leap year, and so do workbooks.
    let start = match from_1904 {
        true => Date::from_calendar_date(1904, Month::January, 1),
        false if days < 60.0 => Date::from_calendar_date(1899, Month::December, 31),
        false => Date::from_calendar_date(1899, Month::December, 30),
    };
    let date = start.ok()?.checked_add(Duration::days(days as i64))?;
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let (shows_year, shows_day) = (code.contains('y') || code.contains('e'), code.contains('d'));
    Some(match (shows_year, shows_day) {
        (true, true) => format!("{year}年{month}月{day}日"),
        (true, false) if code.contains('m') => format!("{year}年{month}月"),
        (true, false) => format!("{year}年"),
        (false, _) => format!("{month}月{day}日"),
    })
}

fn clock(value: f64) -> String {
    let minutes = (value.rem_euclid(1.0) * 1440.0).round() as u32;
    format!("{}:{:02}", minutes / 60 % 24, minutes % 60)
}

fn number(value: f64, code: &str) -> String {
    if !code.contains(['0', '#']) || code.contains("e+") || code.contains('/') {
        return plain(value);
    }
    let percent = code.contains('%');
    let value = if percent { value * 100.0 } else { value };
    let decimals =
        code.split_once('.').map_or(0, |(_, after)| after.chars().take_while(|c| "0#?".contains(*c)).count());
    let mut text = format!("{value:.*}", decimals.min(15));
    if code.split_once('.').is_some_and(|(_, after)| after.starts_with('#')) {
        text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    if code.contains("#,#") || code.contains("0,0") {
        text = grouped(&text);
    }
    if percent { text + "%" } else { text }
}

/// A number with commas between thousands.
fn grouped(text: &str) -> String {
    let (whole, rest) = text.find('.').map_or((text, ""), |at| text.split_at(at));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let first = digits.len() % 3;
    let mut groups: Vec<&str> = if first > 0 { vec![&digits[..first]] } else { vec![] };
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    format!("{sign}{}{rest}", groups.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_they_are_shown() {
        for (value, format, text) in [
            (2000.0, "General", "2000"),
            (0.1 + 0.2, "General", "0.3"),
            (2000.0, "0.00", "2000.00"),
            (0.856, "0%", "86%"),
            (0.856, "0.0%", "85.6%"),
            (1_234_567.0, "#,##0", "1,234,567"),
            (-12.0, "0;[Red]\\-0", "-12"),
            (45_356.0, "yyyy\\-mm\\-dd", "2024年3月5日"),
            (45_356.0, "yyyy\"年\"m\"月\"", "2024年3月"),
            (45_356.0, "[$-804]m\"月\"d\"日\"", "3月5日"),
            (0.5, "h:mm", "12:00"),
            (13_800_000_000.0, "General", "13800000000"),
            (1e20, "General", "1E20"),
        ] {
            let text_of = if format == "General" { plain(value) } else { shown(value, format, false) };
            assert_eq!(text_of.trim_start_matches("--"), text, "{value} {format}");
        }
        assert_eq!(shown(60.0, "yyyy-m-d", false), "1900年2月28日");
        assert_eq!(shown(43_894.0, "yyyy-m-d", true), "2024年3月5日");
    }
}
