//! The date that documents carry: from the data or from outside, never from a
//! clock, so that the same inputs give the same bytes.

use time::macros::date;
use time::{Date, OffsetDateTime, Time};
use typst::foundations::Datetime;

use crate::model;

/// Stands where neither the data nor `SOURCE_DATE_EPOCH` gives a date; PDF/A
/// demands one (ISO 19005-2, 6.6.4).
const UNDATED: Date = date!(2000 - 01 - 01);

/// A date and time in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(OffsetDateTime, bool);

impl Stamp {
    /// The edition's date, else the seconds since 1970 of `SOURCE_DATE_EPOCH`,
    /// else a fixed day.
    pub fn new(date: Option<&str>, epoch: Option<i64>) -> Self {
        let dated = date.and_then(model::day).map(|day| day.with_time(Time::MIDNIGHT).assume_utc());
        let outside = || OffsetDateTime::from_unix_timestamp(epoch?).ok();
        let known = dated.or_else(outside);
        Self(known.unwrap_or(UNDATED.with_time(Time::MIDNIGHT).assume_utc()), known.is_some())
    }

    pub(crate) fn datetime(self) -> Datetime {
        let (year, month, day, h, m, s) = self.parts();
        Datetime::from_ymd_hms(year, month, day, h, m, s).expect("a valid date stays one")
    }
}

impl Stamp {
    /// As a PDF date (ISO 32000-1, 7.9.4).
    pub(crate) fn pdf(self) -> String {
        let (year, month, day, h, m, s) = self.parts();
        format!("D:{year:04}{month:02}{day:02}{h:02}{m:02}{s:02}Z")
    }

    /// As an XMP date.
    pub(crate) fn xmp(self) -> String {
        let (year, month, day, h, m, s) = self.parts();
        format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
    }

    /// As a day for people to read; nothing where no date was given.
    pub fn day(self) -> Option<String> {
        self.1.then(|| self.xmp()[..10].to_owned())
    }

    fn parts(self) -> (i32, u8, u8, u8, u8, u8) {
        let (h, m, s) = self.0.to_hms();
        let (year, month, day) = self.0.to_calendar_date();
        (year, month.into(), day, h, m, s)
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
