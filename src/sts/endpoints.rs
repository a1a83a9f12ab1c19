//! The endpoints of STS.

use crate::api::Endpoint;
use crate::region::Region;

const CENTRAL: &str = "sts.aliyuncs.com";

/// Regions that have no STS of their own.
///
/// Source: the endpoint map of `@alicloud/sts20150401` 1.2.0.
const WITHOUT: &[&str] = &[
    "ap-northeast-2-pop",
    "ap-south-1",
    "ap-southeast-2",
    "cn-beijing-finance-pop",
    "cn-beijing-gov-1",
    "cn-edge-1",
    "cn-fujian",
    "cn-hongkong-finance-pop",
    "cn-huhehaote-nebula-1",
    "cn-shanghai-inner",
    "cn-shenzhen-inner",
    "cn-wuhan",
    "cn-yushanfang",
    "cn-zhangbei",
    "cn-zhengzhou-nebula-1",
    "rus-west-1-pop",
];

/// The endpoint of no region in particular: in Hangzhou.
pub fn central_endpoint() -> Endpoint {
    Endpoint::https(CENTRAL.into())
}

/// The endpoint of a region; over the VPC where that is asked for.
pub fn endpoint(region: &Region, is_vpc: bool) -> Endpoint {
    if WITHOUT.contains(&region.as_str()) {
        return central_endpoint();
    }
    Endpoint::https(format!("sts{}.{region}.aliyuncs.com", if is_vpc { "-vpc" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sts_is_near_the_region_and_over_the_vpc_where_that_is_asked_for() {
        for (region, is_vpc, host) in [
            ("eu-central-1", false, "sts.eu-central-1.aliyuncs.com"),
            ("eu-central-1", true, "sts-vpc.eu-central-1.aliyuncs.com"),
            ("cn-hangzhou", false, "sts.cn-hangzhou.aliyuncs.com"),
            ("ap-south-1", false, "sts.aliyuncs.com"),
            ("ap-south-1", true, "sts.aliyuncs.com"),
        ] {
            let found = Region::parse(region).map(|region| endpoint(&region, is_vpc).host().to_owned());
            assert_eq!(found.as_deref(), Ok(host), "{region}");
        }
    }
}
