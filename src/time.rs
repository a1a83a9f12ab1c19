//! Moments, as the transport's clock tells them.

use std::fmt;
use std::time::Duration;

/// Milliseconds since 1970-01-01 UTC. Shown as ACS3 dates are: `2023-10-26T10:22:32Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// A moment by its milliseconds since 1970.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// Reads an HTTP date, as the `Date` header has it: `Thu, 26 Oct 2023 10:22:32 GMT`.
    ///
    /// The one form that servers may send (RFC 9110, 5.6.7). By hand: a crate for all three is 8 KB of wasm.
    pub fn from_http_date(text: &str) -> Option<Self> {
        let (_, text) = text.split_once(", ")?;
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
        let (day, year) = (number(0, 2)?, number(7, 11)?);
        let month = MONTHS.iter().position(|month| text.get(3..6) == Some(month))? as u64 + 1;
        let (hour, minute, second) = (number(12, 14)?, number(15, 17)?, number(18, 20)?);
        let days = days_from_civil(year, month, day)?;
        let fits = text.get(20..) == Some(" GMT") && hour < 24 && minute < 60 && second <= 60;
        fits.then(|| Self((days * 86_400 + hour * 3600 + minute * 60 + second) * 1000))
    }

    /// How long it has been since an earlier moment; none where that is not earlier.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The moment that much later.
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
    }

    /// The moment moved by an offset in milliseconds.
    pub fn shifted(self, millis: i64) -> Self {
        Self(self.0.saturating_add_signed(millis))
    }

    /// How far another moment is ahead, in milliseconds.
    pub fn offset_to(self, other: Self) -> i64 {
        other.0.cast_signed().saturating_sub(self.0.cast_signed())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000;
        let (year, month, day) = civil_from_days(seconds / 86_400);
        let rest = seconds % 86_400;
        let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whole milliseconds of a duration.
pub fn millis(duration: Duration) -> u64 {
    duration.as_secs().saturating_mul(1000).saturating_add(duration.subsec_millis().into())
}

/// A duration as people read it: `2.5 s`. Without floats, whose formatting alone is 14 KB of wasm.
#[derive(Clone, Copy, Debug)]
pub struct Seconds(pub Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (millis(self.0) + 50) / 100;
        write!(formatter, "{}.{} s", tenths / 10, tenths % 10)
    }
}

/// The date of a day since 1970-01-01, by counting 400-year eras that begin in March.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

/// The days since 1970-01-01 of a date; nothing where there is no such date, or it is before that.
///
/// Source: as above.
fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    let year_from_march = year.checked_sub(u64::from(month <= 2))?;
    let year_of_era = year_from_march % 400;
    let shifted_month = (month + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + day.checked_sub(1)?;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = (year_from_march / 400 * 146_097 + day_of_era).checked_sub(719_468)?;
    (civil_from_days(days) == (year, month, day)).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_as_the_signature_specification_has_it() {
        let shown = |seconds: u64| Timestamp::from_millis(seconds * 1000).to_string();
        assert_eq!(shown(0), "1970-01-01T00:00:00Z");
        assert_eq!(shown(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(shown(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(shown(1_698_315_752), "2023-10-26T10:22:32Z");
        assert_eq!(shown(4_107_542_399), "2100-02-28T23:59:59Z");
        assert_eq!(shown(4_107_542_400), "2100-03-01T00:00:00Z");
    }

    #[test]
    fn an_http_date_is_read_and_nothing_else() {
        let read = |text| Timestamp::from_http_date(text).map(|moment| moment.to_string());
        assert_eq!(read("Thu, 26 Oct 2023 10:22:32 GMT"), Some("2023-10-26T10:22:32Z".into()));
        assert_eq!(read("Thu, 01 Jan 1970 00:00:00 GMT"), Some("1970-01-01T00:00:00Z".into()));
        assert_eq!(read("Tue, 29 Feb 2000 23:59:59 GMT"), Some("2000-02-29T23:59:59Z".into()));
        assert_eq!(read("Fri, 31 Dec 9999 23:59:59 GMT"), Some("9999-12-31T23:59:59Z".into()));
        for other in [
            "yesterday",
            "",
            "Wed, 29 Feb 2001 00:00:00 GMT",
            "Wed, 31 Apr 2001 00:00:00 GMT",
            "Wed, 31 Dec 1969 23:59:59 GMT",
            "Thu, 26 Oct 2023 24:00:00 GMT",
            "Thu, 26 Oct 2023 10:22:32 CET",
            "Thu, 26 Oct 2023 10:22:32",
            "Thu, +6 Nov 0000 10:22:32 GMT",
            "Thu, 26 Ökt 2023 10:22:32 GMT",
            "Thursday, 26-Oct-23 10:22:32 GMT",
            "Thu Oct 26 10:22:32 2023",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn every_day_is_read_as_it_is_shown() {
        for days in (0..2_932_000).step_by(61) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), Some(days));
        }
    }
}
