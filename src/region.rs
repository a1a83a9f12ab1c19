//! Regions.

use std::fmt;

use crate::spelling::distance;

/// The regions of today. New ones keep working: the list serves to know zones, and to guess what was meant.
///
/// Source: "Regions and zones" in the ECS documentation, and `regions.go` of `terraform-provider-alicloud`.
const KNOWN: &[&str] = &[
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-southeast-1",
    "ap-southeast-3",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "cn-beijing",
    "cn-beijing-finance-1",
    "cn-chengdu",
    "cn-fuzhou",
    "cn-guangzhou",
    "cn-hangzhou",
    "cn-hangzhou-finance",
    "cn-heyuan",
    "cn-heyuan-acdr-1",
    "cn-hongkong",
    "cn-huhehaote",
    "cn-nanjing",
    "cn-north-2-gov-1",
    "cn-qingdao",
    "cn-shanghai",
    "cn-shanghai-finance-1",
    "cn-shenzhen",
    "cn-shenzhen-finance-1",
    "cn-wuhan-lr",
    "cn-wulanchabu",
    "cn-zhangjiakou",
    "cn-zhengzhou-jva",
    "eu-central-1",
    "eu-west-1",
    "me-central-1",
    "me-east-1",
    "na-south-1",
    "us-east-1",
    "us-southeast-1",
    "us-west-1",
];

/// A region id such as `cn-hangzhou`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

impl Region {
    /// Reads a region id.
    ///
    /// # Errors
    /// [`NotARegion`] for the zone of a known region, and for anything but lower-case letters and digits in two
    /// or more parts.
    pub fn parse(text: &str) -> Result<Self, NotARegion> {
        let part = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if let Some(region) = of_zone(text) {
            return Err(NotARegion::Zone(region));
        }
        if text.len() <= 64 && text.contains('-') && text.split('-').all(part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotARegion::Malformed)
        }
    }

    /// The region that stands for services whose calls name none.
    pub fn central() -> Self {
        Self("cn-hangzhou".into())
    }

    /// A known region whose id is nearly this one; none where this one is known.
    pub fn likely(&self) -> Option<&'static str> {
        let near = KNOWN.iter().map(|known| (distance(known, &self.0), *known)).min()?;
        matches!(near.0, 1 | 2).then_some(near.1)
    }

    /// The id as the API takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Why a text is not a region id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARegion {
    /// A zone, such as `cn-hangzhou-h` or `us-west-1a`.
    #[error("is a zone of the region {0}")]
    Zone(&'static str),
    /// Anything else.
    #[error("is not a region id such as cn-hangzhou")]
    Malformed,
}

/// The region of a zone: its id and a letter, behind a dash where the id ends in a letter.
fn of_zone(text: &str) -> Option<&'static str> {
    let (head, letter) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let is_letter = letter.bytes().all(|byte| byte.is_ascii_lowercase());
    let region = match head.strip_suffix('-') {
        Some(region) => region,
        // `cn-hangzhouu` is a slip of the pen.
        None if head.ends_with(|last: char| last.is_ascii_digit()) => head,
        None => return None,
    };
    KNOWN.iter().copied().find(|known| is_letter && *known == region && *known != text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_of_a_known_region_is_no_region_and_a_new_region_is_one() {
        for (zone, region) in [
            ("cn-hangzhou-h", "cn-hangzhou"),
            ("cn-beijing-l", "cn-beijing"),
            ("us-west-1a", "us-west-1"),
            ("ap-southeast-5c", "ap-southeast-5"),
            ("eu-central-1-a", "eu-central-1"),
            ("cn-shanghai-finance-1b", "cn-shanghai-finance-1"),
        ] {
            assert_eq!(Region::parse(zone), Err(NotARegion::Zone(region)), "{zone}");
        }
        for region in ["cn-hangzhuo", "cn-future", "eu-south-1", "cn-hangzhou-finance", "cn-future-a"] {
            assert_eq!(Region::parse(region).map(|region| region.to_string()), Ok(region.to_owned()));
        }
        for known in KNOWN {
            assert!(Region::parse(known).is_ok_and(|region| region.likely().is_none()), "{known}");
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_near_the_region_that_was_meant() {
        for (slip, meant) in [
            ("cn-hangzhuo", Some("cn-hangzhou")),
            ("cn-beijng", Some("cn-beijing")),
            ("cn-shengzhen", Some("cn-shenzhen")),
            ("cn-shanghia", Some("cn-shanghai")),
            ("cn-hangzhouu", Some("cn-hangzhou")),
            ("eu-central1-1", Some("eu-central-1")),
            ("cn-somewhere", None),
        ] {
            assert_eq!(Region::parse(slip).ok().and_then(|region| region.likely()), meant, "{slip}");
        }
    }
}
