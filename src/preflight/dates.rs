//! Dates of a PDF and of its XMP: the same moment may be written in two zones.

use time::{Date, Duration, Month, PrimitiveDateTime, Time};

/// A moment: as written, and how far its zone is ahead of UTC, if it is told.
type Moment = (PrimitiveDateTime, Option<Duration>);

/// Whether a date of a PDF (ISO 32000-1, 7.9.4) and one of XMP (ISO 8601) are
/// the same moment. What cannot be read is never the same as anything.
pub(super) fn same(pdf: &str, xmp: &str) -> bool {
    let Some(((a, a_zone), (b, b_zone))) = of_pdf(pdf).zip(of_xmp(xmp)) else { return false };
    match (a_zone, b_zone) {
        (Some(a_zone), Some(b_zone)) => a.checked_sub(a_zone) == b.checked_sub(b_zone),
        // A zone that one of them lacks is that of the other.
        _ => a == b,
    }
}

/// `D:20260101120000+08'00'`.
fn of_pdf(text: &str) -> Option<Moment> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, zone) = text.split_at(end);
    moment(digits, zone)
}

/// `2026-01-01T12:00:00+08:00`.
fn of_xmp(text: &str) -> Option<Moment> {
    let (date, rest) = text.trim().split_once('T').unwrap_or((text.trim(), ""));
    let end = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    let clock = clock.split('.').next().unwrap_or_default();
    let digits: String = date.chars().chain(clock.chars()).filter(char::is_ascii_digit).collect();
    moment(&digits, zone)
}

fn moment(digits: &str, zone: &str) -> Option<Moment> {
    let part = |from: usize, to: usize, default: u32| match digits.get(from..to) {
        Some(part) => part.parse::<u32>().ok(),
        None => Some(default),
    };
    let year = i32::try_from(part(0, 4, 0)?).ok()?;
    let month = Month::try_from(u8::try_from(part(4, 6, 1)?).ok()?).ok()?;
    let byte = |value: Option<u32>| u8::try_from(value?).ok();
    let date = Date::from_calendar_date(year, month, byte(part(6, 8, 1))?).ok()?;
    let time = Time::from_hms(byte(part(8, 10, 0))?, byte(part(10, 12, 0))?, byte(part(12, 14, 0))?).ok()?;
    (digits.len() >= 4).then_some((PrimitiveDateTime::new(date, time), ahead(zone)))
}

/// How far a zone is ahead of UTC: `Z`, `+08'00'`, `-05:30`.
fn ahead(zone: &str) -> Option<Duration> {
    let sign = match zone.chars().next()? {
        'Z' => return Some(Duration::ZERO),
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = digits.get(2..4).map_or(Ok(0), str::parse).ok()?;
    Some(Duration::minutes(sign * (hours * 60 + minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_compared_and_not_their_digits() {
        assert!(same("D:20260701200000+08'00'", "2026-07-01T12:00:00Z"));
        assert!(same("D:20260701120000Z", "2026-07-01T12:00:00.000Z"));
        assert!(same("D:20260701120000", "2026-07-01T12:00:00+08:00"));
        assert!(same("D:20260701", "2026-07-01"));
        assert!(!same("D:20260701120000+08'00'", "2026-07-01T12:00:00Z"));
        assert!(!same("D:20260701120000Z", "2026-07-01T12:00:01Z"));
        assert!(!same("yesterday", "yesterday"));
        assert!(!same("D:20261301", "2026-13-01"));
    }
}
