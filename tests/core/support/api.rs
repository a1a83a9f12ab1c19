//! The API over the cloud: what it answers to a request.

use alicloud_image_share::api::{Request, Response};

use super::cloud::{Cloud, Paging};
use super::world::World;

const NO_IMAGE: (u16, &str, &str) = (404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");

pub fn json(status: u16, body: String) -> Response {
    Response { status, date: None, retry_after: None, body: body.into_bytes() }
}

pub fn refusal(status: u16, code: &str, message: &str) -> Response {
    json(status, format!(r#"{{"RequestId":"R-1","Code":"{code}","Message":"{message}"}}"#))
}

fn parameter(request: &Request, name: &str) -> String {
    let found = request.query.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

fn number(request: &Request, name: &str) -> usize {
    parameter(request, name).parse().unwrap_or_else(|_| panic!("{name} is a number"))
}

/// The numbered parameters of a name.
fn list(request: &Request, name: &str) -> Vec<String> {
    let numbered = |(key, value): &(String, String)| {
        let number: usize = key.strip_prefix(name)?.strip_prefix('.')?.parse().ok()?;
        Some((number, value.clone()))
    };
    let mut found: Vec<(usize, String)> = request.query.iter().filter_map(numbered).collect();
    found.sort();
    found.into_iter().map(|(_, value)| value).collect()
}

impl World {
    pub fn answer(&self, request: &Request) -> Response {
        let action = action(request);
        let called = match &*action {
            "DescribeImages" if !parameter(request, "ImageOwnerAlias").is_empty() => "DescribeImages pages",
            other => other,
        };
        let accounts = self.accounts.borrow();
        let Some(key) = accounts.caller(request) else {
            return refusal(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        };
        if key.ends.is_some_and(|ends| ends <= self.now()) {
            return refusal(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
        }
        // To be denied an action is to be denied every form of it.
        if self.denied.borrow().iter().any(|denied| called.starts_with(denied.as_str())) {
            let message = "User not authorized to operate on the specified resource.";
            return refusal(403, "Forbidden.RAM", message);
        }
        let mut cloud = self.cloud.borrow_mut();
        let image = parameter(request, "ImageId");
        let is_of_shares = action.ends_with("ImageSharePermission");
        let is_own = cloud.owner(&image) == key.account;
        if is_of_shares {
            let may = is_own
                || cloud.lists_received
                    && cloud.is_visible(&image, &key.account)
                    && action.starts_with("Describe");
            if !may || cloud.region(&image) != parameter(request, "RegionId") {
                return refusal(NO_IMAGE.0, NO_IMAGE.1, NO_IMAGE.2);
            }
        }
        match &*action {
            "ModifyImageSharePermission" => {
                let (add, remove) = (list(request, "AddAccount"), list(request, "RemoveAccount"));
                match cloud.modify(&image, &add, &remove, self.now()) {
                    Ok(()) => json(200, r#"{"RequestId":"R-1"}"#.into()),
                    Err((status, code, message)) => refusal(status, code, &message),
                }
            }
            "DescribeImageSharePermission" => match cloud.shown(&image, self.now()) {
                Some(_) if !is_own => page_of(&cloud, request, &[]),
                Some(accounts) => page_of(&cloud, request, &accounts),
                None => refusal(NO_IMAGE.0, NO_IMAGE.1, NO_IMAGE.2),
            },
            "DescribeImages" => images(&cloud, request, &image, &key.account),
            "GetCallerIdentity" => json(
                200,
                format!(
                    r#"{{"RequestId":"R-1","AccountId":"{0}","Arn":"acs:ram::{0}:user/ci"}}"#,
                    key.account
                ),
            ),
            other => panic!("no test sends {other}"),
        }
    }
}

/// A page of the accounts of an image.
fn page_of(cloud: &Cloud, request: &Request, accounts: &[String]) -> Response {
    let (page, asked) = (number(request, "PageNumber"), number(request, "PageSize"));
    assert!((1..=100).contains(&asked), "a page has 100 entries at most");
    let page_from = |start: usize, size: usize| -> Vec<String> {
        accounts.iter().skip(start).take(size).cloned().collect()
    };
    let (entries, count, size) = match cloud.paging {
        Paging::Asked => (page_from((page - 1) * asked, asked), accounts.len(), asked),
        Paging::Capped(cap) => {
            let size = cap.min(asked);
            (page_from((page - 1) * size, size), accounts.len(), size)
        }
        Paging::CappedAndEchoing(cap) => {
            let size = cap.min(asked);
            (page_from((page - 1) * size, size), accounts.len(), asked)
        }
        Paging::CutOff(cap) => (page_from((page - 1) * asked, cap.min(asked)), accounts.len(), asked),
        Paging::Endless(count) => (vec![format!("{}", 2_000_000_000_000_000 + page)], count, asked),
        Paging::Stuck(count) => (page_from(0, 1), count, asked),
    };
    let entries: Vec<String> = entries
        .iter()
        .map(|id| format!(r#"{{"AliyunId":"{id}","SharedTime":"2026-01-01T00:00:00Z"}}"#))
        .collect();
    json(
        200,
        format!(
            r#"{{"RequestId":"R-1","PageNumber":{page},"PageSize":{size},"TotalCount":{count},"Accounts":{{"Account":[{}]}}}}"#,
            entries.join(",")
        ),
    )
}

/// One image, or a page of the caller's own.
fn images(cloud: &Cloud, request: &Request, image: &str, caller: &str) -> Response {
    assert_eq!(parameter(request, "Status"), "ALL", "images in every state are looked for");
    let are_own = parameter(request, "ImageOwnerAlias") == "self";
    let wanted = cloud.images.keys().filter(|id| {
        let is_plain = cloud.facts.get(*id).is_none_or(|facts| facts.alias == "self");
        let is_asked_for = if are_own {
            is_plain && cloud.owner(id) == caller
        } else {
            *id == image && cloud.is_visible(id, caller)
        };
        cloud.region(id) == parameter(request, "RegionId") && is_asked_for
    });
    let size = number(request, "PageSize");
    let page = if are_own { number(request, "PageNumber") } else { 1 };
    let page: Vec<String> =
        wanted.skip((page - 1) * size).take(size).map(|id| cloud.image_json(id, caller)).collect();
    json(200, format!(r#"{{"RequestId":"R-1","Images":{{"Image":[{}]}}}}"#, page.join(",")))
}

/// The action that a request calls: of the query where nobody signs it.
pub fn action(request: &Request) -> String {
    match header(request, "x-acs-action") {
        "" => parameter(request, "Action"),
        action => action.to_owned(),
    }
}

pub fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request.headers.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
}
