//! Wall time and elapsed time, two types: a wall clock may jump, and no duration is ever made of it.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

/// Milliseconds since 1970-01-01 UTC. Shown as ACS3 dates are: `2023-10-26T10:22:32Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// A moment by its milliseconds since 1970.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// How long it is until a later moment of the same clock; nothing where that is past.
    pub fn until(self, later: Self) -> Duration {
        Duration::from_millis(later.0.saturating_sub(self.0))
    }

    /// Reads an HTTP date: `Thu, 26 Oct 2023 10:22:32 GMT`, or one of the two obsolete forms.
    ///
    /// Source: RFC 9110, 5.6.7.
    pub fn from_http_date(text: &str) -> Option<Self> {
        let date = httpdate::parse_http_date(text).ok()?;
        Some(Self(millis(date.duration_since(UNIX_EPOCH).ok()?)))
    }

    /// Reads a moment as the API writes it, `2023-10-26T10:22:32Z`, and as other tools do: with a fraction of a
    /// second, with an offset in place of the `Z`, with a blank in place of the `T`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let (moment, offset) = match text.strip_suffix('Z') {
            Some(moment) => (moment, 0),
            None => {
                let place = text.rfind(['+', '-']).filter(|place| *place > "2023-10-26T".len())?;
                let (moment, offset) = text.split_at_checked(place)?;
                (moment, offset_millis(offset)?)
            }
        };
        // What JavaScript writes has milliseconds.
        let whole = moment.split('.').next()?;
        let mut parts = whole.split(['-', 'T', ' ', ':']);
        let mut number = || parts.next()?.parse().ok();
        let (year, month, day) = (number()?, number()?, number()?);
        let (hour, minute, second) = (number()?, number()?, number()?);
        let fits = (1970..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60;
        fits.then(|| {
            let days = days_from_civil(year, month, day);
            Self((days * 86_400 + hour * 3600 + minute * 60 + second) * 1000).shifted(-offset)
        })
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

/// A moment of a clock that only goes forward. Its zero is anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(u64);

impl Instant {
    /// A moment by the clock's milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// How long it has been since an earlier moment; none where that is not earlier.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The moment that much later.
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
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

/// Whole milliseconds of a duration.
pub fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Whole milliseconds that are no shorter than a duration: a timer that is given them does not end early.
pub fn millis_at_least(duration: Duration) -> u64 {
    let part = duration.subsec_nanos().div_ceil(1_000_000);
    duration.as_secs().saturating_mul(1000).saturating_add(part.into())
}

/// A duration as people read it: `2.5 s`.
#[derive(Clone, Copy, Debug)]
pub struct Seconds(pub Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = millis(self.0).saturating_add(50) / 100;
        write!(formatter, "{}.{} s", tenths / 10, tenths % 10)
    }
}

/// The milliseconds of an offset from UTC: `+08:00` or `+0800`.
fn offset_millis(text: &str) -> Option<i64> {
    let (sign, digits) = text.split_at_checked(1)?;
    let digits = digits.replace(':', "");
    let (hours, minutes) = digits.split_at_checked(2).filter(|_| digits.len() == 4)?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let millis = i64::from(hours * 60 + minutes) * 60_000;
    (hours < 24 && minutes < 60).then_some(if sign == "-" { -millis } else { millis })
}

/// The days from 1970-01-01 to a date: the inverse of [`civil_from_days`].
fn days_from_civil(year: u64, month: u64, day: u64) -> u64 {
    let (year, shifted_month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let year_of_era = year % 400;
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    year / 400 * 146_097 + day_of_era - 719_468
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
    fn a_moment_is_read_as_it_is_shown() {
        for seconds in (0..=4_200_000_000).step_by(86_399) {
            let moment = Timestamp::from_millis(seconds * 1000);
            assert_eq!(Timestamp::from_iso(&moment.to_string()), Some(moment));
            assert_eq!(Timestamp::from_iso(&moment.to_string().replace('Z', ".123Z")), Some(moment));
        }
        for none in ["", "soon", "2023-13-01T00:00:00Z", "2023-01-01", "2023-01-01T00:00:00", "1-1-1T1:1:1Z"]
        {
            assert_eq!(Timestamp::from_iso(none), None, "{none}");
        }
    }

    #[test]
    fn a_moment_is_read_as_other_tools_write_it() {
        for text in [
            "2023-10-26T10:22:32+00:00",
            "2023-10-26T18:22:32+08:00",
            "2023-10-26T18:22:32.123456+0800",
            "2023-10-26T05:52:32-04:30",
            "2023-10-26 10:22:32Z",
            " 2023-10-26t10:22:32z\n",
        ] {
            let read = Timestamp::from_iso(text).map(|moment| moment.to_string());
            assert_eq!(read.as_deref(), Some("2023-10-26T10:22:32Z"), "{text}");
        }
        let date = "2023-10-26";
        for none in ["", "T10:22:32+8", "T10:22:32+99:00", "T10:22:32+08:0é", "T10:22:32+é1:0"] {
            assert_eq!(Timestamp::from_iso(&format!("{date}{none}")), None, "{none}");
        }
    }

    #[test]
    fn an_http_date_is_read_and_nothing_else() {
        let read = |text| Timestamp::from_http_date(text).map(|moment| moment.to_string());
        assert_eq!(read("Thu, 26 Oct 2023 10:22:32 GMT"), Some("2023-10-26T10:22:32Z".into()));
        assert_eq!(read("Thu, 01 Jan 1970 00:00:00 GMT"), Some("1970-01-01T00:00:00Z".into()));
        assert_eq!(read("Tue, 29 Feb 2000 23:59:59 GMT"), Some("2000-02-29T23:59:59Z".into()));
        assert_eq!(read("Thursday, 26-Oct-23 10:22:32 GMT"), Some("2023-10-26T10:22:32Z".into()));
        assert_eq!(read("Thu Oct 26 10:22:32 2023"), Some("2023-10-26T10:22:32Z".into()));
        for bad in [
            "",
            "yesterday",
            ", ",
            "Thu, 26 Oct 2023 10:22:32",
            "Thu, 26 Oct 2023 10:22:32 CET",
            "Thu, 26 Oct 2023 10:22:32 GMT GMT",
            "Thu, 26 Okt 2023 10:22:32 GMT",
            "Thu, 0 Oct 2023 10:22:32 GMT",
            "Thu, 32 Oct 2023 10:22:32 GMT",
            "Thu, 26 Oct 2023 24:22:32 GMT",
            "Thu, 26 Oct 2023 10:60:32 GMT",
            "Thu, 26 Oct 1969 10:22:32 GMT",
            "Thu, 26 Oct 18446744073709551615 10:22:32 GMT",
            "Thu, 18446744073709551615 Oct 2023 10:22:32 GMT",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_timer_is_never_shorter_than_what_it_waits_for() {
        for (nanos, timer) in
            [(0, 0), (1, 1), (999_999, 1), (1_000_000, 1), (1_000_001, 2), (110_000_610, 111)]
        {
            assert_eq!(millis_at_least(Duration::from_nanos(nanos)), timer, "{nanos} ns");
        }
        assert_eq!(millis_at_least(Duration::MAX), u64::MAX);
    }

    #[test]
    fn every_date_is_read_as_it_is_counted() {
        for days in (0..80_000).step_by(13) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days, "{year}-{month}-{day}");
        }
    }
}
