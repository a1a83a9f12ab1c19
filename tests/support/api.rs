//! The API over the cloud: what it answers to a request.

use alicloud_image_share::http::{Request, Response};

use super::world::World;

pub fn json(status: u16, body: String) -> Response {
    Response { status, date: None, retry_after: None, body: body.into_bytes() }
}

pub fn refusal(status: u16, code: &str, message: &str) -> Response {
    json(status, format!(r#"{{"RequestId":"R-1","Code":"{code}","Message":"{message}"}}"#))
}

impl World {
    pub fn answer(&self, request: &Request) -> Response {
        let parameter = |name: &str| {
            request
                .query
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        let list = |name: &str| -> Vec<String> {
            let mut found: Vec<(usize, String)> = request
                .query
                .iter()
                .filter_map(|(key, value)| {
                    let number = key.strip_prefix(name)?.strip_prefix('.')?.parse().ok()?;
                    Some((number, value.clone()))
                })
                .collect();
            found.sort();
            found.into_iter().take(10).map(|(_, value)| value).collect()
        };
        let image = parameter("ImageId");
        let now = self.now();
        let called = match action(request) {
            "DescribeImages" if !parameter("ImageOwnerAlias").is_empty() => "DescribeImages pages",
            other => other,
        };
        // To be denied an action is to be denied every form of it.
        if self.denied.borrow().iter().any(|denied| called.starts_with(denied.as_str())) {
            return refusal(
                403,
                "Forbidden.RAM",
                "User not authorized to operate on the specified resource.",
            );
        }
        if !image.is_empty()
            && action(request) != "DescribeImages"
            && self.cloud.borrow().region(&image) != parameter("RegionId")
        {
            return refusal(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
        }
        match action(request) {
            "ModifyImageSharePermission" => {
                match self.cloud.borrow_mut().modify(&image, &list("AddAccount"), &list("RemoveAccount"), now)
                {
                    Ok(()) => json(200, r#"{"RequestId":"R-1"}"#.into()),
                    Err((status, code, message)) => refusal(status, code, &message),
                }
            }
            "DescribeImageSharePermission" => match self.cloud.borrow().shown(&image, now) {
                Some(accounts) => {
                    let number: usize = parameter("PageNumber").parse().expect("a page number");
                    let size: usize = parameter("PageSize").parse().expect("a page size");
                    assert!((1..=100).contains(&size), "a page has 100 entries at most");
                    let page: Vec<String> = accounts
                        .iter()
                        .skip((number - 1) * size)
                        .take(size)
                        .map(|id| format!(r#"{{"AliyunId":"{id}","SharedTime":"2026-01-01T00:00:00Z"}}"#))
                        .collect();
                    json(
                        200,
                        format!(
                            r#"{{"RequestId":"R-1","TotalCount":{},"Accounts":{{"Account":[{}]}}}}"#,
                            accounts.len(),
                            page.join(",")
                        ),
                    )
                }
                None => refusal(404, "InvalidImageId.NotFound", "The specified ImageId does not exist."),
            },
            "DescribeImages" => {
                assert_eq!(parameter("Status"), "ALL", "images in every state are looked for");
                let cloud = self.cloud.borrow();
                let own = parameter("ImageOwnerAlias") == "self";
                let wanted = cloud.images.keys().filter(|id| {
                    let is_own = cloud.facts.get(*id).is_none_or(|facts| facts.alias == "self");
                    cloud.region(id) == parameter("RegionId") && if own { is_own } else { **id == image }
                });
                let size: usize = parameter("PageSize").parse().expect("a page size");
                let number: usize =
                    if own { parameter("PageNumber").parse().expect("a page number") } else { 1 };
                let page: Vec<String> =
                    wanted.skip((number - 1) * size).take(size).map(|id| cloud.image_json(id)).collect();
                json(200, format!(r#"{{"RequestId":"R-1","Images":{{"Image":[{}]}}}}"#, page.join(",")))
            }
            other => panic!("no test sends {other}"),
        }
    }
}

pub fn action(request: &Request) -> &str {
    header(request, "x-acs-action")
}

pub fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request.headers.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
}
