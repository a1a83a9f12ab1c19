//! Whether an image can be shared, as far as its inspection shows before anything is written.

use crate::api::Error;
use crate::diagnostic::{Code, Diagnostic, Severity, quote};
use crate::ecs::{Image, is_forbidden};
use crate::image::ImageId;
use crate::region::Region;

/// Regions by the beginnings of image ids. A hint only, since this is not documented.
const PREFIXES: &[(&str, &str)] =
    &[("m-2ze", "cn-beijing"), ("m-bp", "cn-hangzhou"), ("m-uf6", "cn-shanghai")];

/// What is wrong with sharing an image. `elsewhere` is a region in which it was seen.
pub(super) fn judge(
    id: &ImageId,
    region: &Region,
    image: Option<&Image>,
    elsewhere: Option<&Region>,
) -> Option<Diagnostic> {
    let wrong = |code, what: &'static str| Some(about(id, code, what, []));
    let Some(image) = image else { return Some(not_found(id, region, elsewhere)) };
    match image.owner_alias.as_str() {
        "system" => wrong(
            Code::ImagePublic,
            "is a public image of Alibaba Cloud, which every account can use already",
        ),
        "marketplace" => wrong(
            Code::ImageMarketplace,
            "is a marketplace image, which each account obtains from the marketplace",
        ),
        _ if image.is_public => {
            wrong(Code::ImageCommunity, "is a community image, which every account can use already")
        }
        "others" => {
            let owner = image.owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
            Some(about(
                id,
                Code::ImageReceived,
                "belongs to another account{}, which shared it with this one, and received images cannot be shared on",
                [owner],
            ))
        }
        _ => state(id, image),
    }
}

/// A warning, once a deployment, where images cannot be inspected; an error where the API knows no such region.
/// `region` is the one whose own endpoint was called; none where a setting names the endpoint.
pub(super) fn lookup_failed(errors: &[Error], region: Option<&Region>) -> Option<Diagnostic> {
    let error = errors.first()?;
    let reason = error.diagnostic();
    let likely = region.and_then(Region::likely);
    if let Some(refused) = errors.iter().find(|error| error.is(Code::ApiRegion)) {
        let refused = refused.diagnostic();
        return Some(match likely {
            Some(likely) => refused.with_help(format!("did you mean `{likely}`?")),
            None => refused,
        });
    }
    if let (Some(region), Some(likely)) = (region, likely)
        && errors.iter().any(|error| error.call().is_some_and(|call| !call.failure.is_refusal()))
    {
        return Some(
            Diagnostic::new(
                Code::RegionUnknown,
                "images are not inspected before they are shared, since region {} does not respond: {}",
                [region.to_string(), reason.message()],
            )
            .with_help(format!("did you mean `{likely}`?")),
        );
    }
    // Nothing was looked up for want of credentials or time: it says so itself.
    if matches!(error, Error::Diagnostic(_)) {
        return Some(reason.weighing(Severity::Warning));
    }
    let what = "images are not inspected before they are shared";
    if !is_forbidden(error) {
        return Some(Diagnostic::new(
            Code::PreflightFailed,
            format!("{what}, since {{}}"),
            [reason.message()],
        ));
    }
    let actions: Vec<String> =
        errors.iter().filter_map(Error::call).map(|call| call.action.permission()).collect();
    let actions = actions.join(" and ");
    Some(
        Diagnostic::new(
            Code::PreflightFailed,
            format!("{what}, since the RAM identity may not call {actions} ({{}})"),
            [error.code().to_owned()],
        )
        .with_help(format!(
            "allow {actions}, so that a preview reports what would fail, or set `{{alicloud-image-share:preflight}}` to off"
        )),
    )
}

/// What to say where an image does not exist. `elsewhere` is a region in which it was seen.
pub(super) fn not_found(id: &ImageId, region: &Region, elsewhere: Option<&Region>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::ImageNotFound,
        "image {} does not exist in region {}, or this account cannot see it",
        [id.to_string(), region.to_string()],
    )
    .at("imageId");
    match (elsewhere, guess(id, region)) {
        (Some(seen), _) => found.with_help(format!("set `region` to {seen}, where the image is")),
        (None, Some(likely)) => {
            found.with_help(format!("check the id and the region: ids like this one are usually of {likely}"))
        }
        (None, None) => found,
    }
}

fn state(id: &ImageId, image: &Image) -> Option<Diagnostic> {
    let wrong = |code, what: &'static str| Some(about(id, code, what, []));
    match image.status.as_str() {
        "" | "Available" => image.is_encrypted.then(|| {
            about(
                id,
                Code::ImageEncrypted,
                "is encrypted: it can be shared if its key is one of your own (KMS), and not if it is the service key; the API does not tell which",
                [],
            )
        }),
        "Deprecated" => wrong(Code::ImageDeprecated, "is deprecated, and deprecated images cannot be shared"),
        "Creating" | "Waiting" => {
            wrong(Code::ImageNotReady, "is still being created, and can be shared once it is available")
        }
        other => Some(about(
            id,
            Code::ImageNotAvailable,
            "is in state {}, and only available images can be shared",
            [quote(other)],
        )),
    }
}

fn about(
    id: &ImageId,
    code: Code,
    what: &'static str,
    values: impl IntoIterator<Item = String>,
) -> Diagnostic {
    let values = std::iter::once(id.to_string()).chain(values);
    Diagnostic::new(code, format!("image {{}} {what}"), values).at("imageId")
}

fn guess(id: &ImageId, region: &Region) -> Option<&'static str> {
    let (_, likely) = PREFIXES.iter().find(|(prefix, _)| id.as_str().starts_with(prefix))?;
    (*likely != region.as_str()).then_some(*likely)
}
