//! Small numbers in Han and in digits.

const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number in Han up to ninety-nine, in digits; what is none stays.
pub(super) fn digits(number: &str) -> String {
    let value = |c: char| HAN.iter().position(|han| *han == c);
    let chars: Vec<char> = number.chars().collect();
    let made = match *chars {
        ['十'] => Some(10),
        [one] => value(one),
        ['十', one] => value(one).map(|one| 10 + one),
        [ten, '十'] => value(ten).map(|ten| 10 * ten),
        [ten, '十', one] => value(ten).zip(value(one)).map(|(ten, one)| 10 * ten + one),
        _ => None,
    };
    made.map_or_else(|| number.to_owned(), |made| made.to_string())
}

/// A number up to ninety-nine in Han; what is none stays.
pub(super) fn han(number: &str) -> String {
    let Some(value) = number.parse::<usize>().ok().filter(|value| *value < 100) else {
        return number.to_owned();
    };
    let ones = if value % 10 == 0 && value > 0 { String::new() } else { HAN[value % 10].to_string() };
    match value / 10 {
        0 => ones,
        1 => format!("十{ones}"),
        tens => format!("{}十{ones}", HAN[tens]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for value in 1..100 {
            assert_eq!(digits(&han(&value.to_string())), value.to_string());
        }
        assert_eq!((digits("百"), han("100")), ("百".into(), "100".into()));
    }
}
