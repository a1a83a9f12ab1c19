//! The public endpoints of ECS.

use crate::api::Endpoint;
use crate::region::Region;

/// Regions that the rule `ecs.<region>.aliyuncs.com` does not reach.
///
/// Source: the endpoint map of `@alicloud/ecs20140526` 7.11.6. It also sends `cn-hangzhou` to an older
/// name; the endpoint documentation (2026-01) has the uniform one, and so do we.
const ENDPOINTS: &[(&str, &[&str])] = &[
    (
        "ecs.aliyuncs.com",
        &[
            "ap-northeast-2-pop",
            "cn-beijing-finance-pop",
            "cn-beijing-gov-1",
            "cn-hangzhou-finance",
            "cn-hongkong-finance-pop",
            "cn-north-2-gov-1",
            "cn-shanghai-inner",
            "cn-shenzhen-inner",
            "cn-wuhan",
            "cn-yushanfang",
            "cn-zhangbei",
            "rus-west-1-pop",
        ],
    ),
    ("ecs-cn-hangzhou.aliyuncs.com", &["cn-fujian", "cn-shanghai-finance-1", "cn-shenzhen-finance-1"]),
    ("ecs.cn-qingdao-nebula.aliyuncs.com", &["cn-edge-1", "cn-huhehaote-nebula-1", "cn-zhengzhou-nebula-1"]),
];

/// The public ECS endpoint of a region.
pub fn endpoint(region: &Region) -> Endpoint {
    let special = ENDPOINTS.iter().find(|(_, regions)| regions.contains(&region.as_str()));
    Endpoint::https(match special {
        Some((host, _)) => (*host).to_owned(),
        None => format!("ecs.{region}.aliyuncs.com"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_its_endpoint() {
        for (region, host) in [
            ("cn-hangzhou", "ecs.cn-hangzhou.aliyuncs.com"),
            ("eu-central-1", "ecs.eu-central-1.aliyuncs.com"),
            ("cn-shenzhen-finance-1", "ecs-cn-hangzhou.aliyuncs.com"),
            ("cn-edge-1", "ecs.cn-qingdao-nebula.aliyuncs.com"),
        ] {
            let found = Region::parse(region).map(|region| endpoint(&region).host().to_owned());
            assert_eq!(found.as_deref(), Ok(host));
        }
    }
}
