//! The date that documents carry: from the data or from outside, never from a
//! clock, so that the same inputs give the same bytes.

use time::macros::date;
use time::{Date, OffsetDateTime, Time};
use typst::foundations::Datetime;

use crate::profile;

/// Stands where neither the data nor `SOURCE_DATE_EPOCH` gives a date; PDF/A
/// demands one (ISO 19005-2, 6.6.4).
const UNDATED: Date = date!(2000 - 01 - 01);

/// A date and time in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(OffsetDateTime);

impl Stamp {
    /// The edition's date, else the seconds since 1970 of `SOURCE_DATE_EPOCH`,
    /// else a fixed day.
    pub fn new(date: Option<&str>, epoch: Option<i64>) -> Self {
        let dated = date.and_then(profile::day).map(|day| day.with_time(Time::MIDNIGHT).assume_utc());
        let outside = || OffsetDateTime::from_unix_timestamp(epoch?).ok();
        Self(dated.or_else(outside).unwrap_or(UNDATED.with_time(Time::MIDNIGHT).assume_utc()))
    }

    pub(super) fn datetime(self) -> Datetime {
        let (h, m, s) = self.0.to_hms();
        let (year, month, day) = self.0.to_calendar_date();
        Datetime::from_ymd_hms(year, month.into(), day, h, m, s).expect("a valid date stays one")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_come_before_the_environment() {
        let day = |stamp: Stamp| stamp.0.date();
        assert_eq!(day(Stamp::new(Some("2026-07-01"), Some(0))), date!(2026 - 07 - 01));
        assert_eq!(day(Stamp::new(None, Some(86_400))), date!(1970 - 01 - 02));
        assert_eq!(day(Stamp::new(None, None)), UNDATED);
    }
}
