//! Whether an image can be shared, as far as a look at it tells before anything is written.

use crate::diagnostic::{Diagnostic, Severity};
use crate::ecs::{Image, codes};
use crate::error::Error;
use crate::image::ImageId;
use crate::region::Region;

/// Regions that the beginning of an image id tells of. A hint only: nobody documents it.
const PREFIXES: &[(&str, &str)] =
    &[("m-2ze", "cn-beijing"), ("m-bp", "cn-hangzhou"), ("m-uf6", "cn-shanghai")];

/// What is wrong with sharing an image. `elsewhere` is a region in which it was seen.
pub fn judge(
    id: &ImageId,
    region: &Region,
    image: Option<&Image>,
    elsewhere: Option<&Region>,
) -> Option<Diagnostic> {
    let error = |code, message: String, help: &str| {
        Some(Diagnostic::error(code, "imageId", format!("image {id} {message}"), help))
    };
    let Some(image) = image else { return Some(not_found(id, region, elsewhere)) };
    match image.owner_alias.as_str() {
        "system" => error(
            "image-public",
            "is a public image of Alibaba Cloud, which every account can use already".into(),
            "nothing has to be shared: use it in the other account as it is",
        ),
        "marketplace" => error(
            "image-marketplace",
            "is a marketplace image, which each account obtains from the marketplace".into(),
            "subscribe to it in the other account, or share a custom image made from it",
        ),
        _ if image.is_public => error(
            "image-community",
            "is a community image, which every account can use already".into(),
            "nothing has to be shared; to share it with chosen accounts only, unpublish it first",
        ),
        "others" => {
            let owner = image.owner.as_ref().map(|owner| format!(" (account {owner})")).unwrap_or_default();
            error(
                "image-received",
                format!(
                    "belongs to another account{owner}, which shared it with this one: received shares cannot be passed on"
                ),
                "let its owner share it, or copy it (CopyImage) and share the copy",
            )
        }
        _ => state(id, image),
    }
}

/// What to say, once a deployment, where images cannot be looked at.
pub fn blindness(errors: &[Error]) -> Option<Diagnostic> {
    let error = errors.first()?;
    // Nothing was looked at for want of credentials: it says so itself.
    if let Error::Input(wrong) = error {
        return Some(Diagnostic { severity: Severity::Warning, ..wrong.clone() });
    }
    let mut message = String::from("images are not looked at before they are shared: ");
    let mut help = "to go without, set `alicloud-image-share:preflight` to off".into();
    if codes::is_forbidden(error.code()) {
        let actions: Vec<String> =
            errors.iter().filter_map(Error::action).map(|action| format!("ecs:{action}")).collect();
        let actions = actions.join(" and ");
        message.push_str(&format!("the RAM identity may not call {actions} ({})", error.code()));
        help = format!(
            "allow {actions}, so that a preview tells what would fail, or set `alicloud-image-share:preflight` to off"
        );
    } else {
        message.push_str(&error.to_string());
    }
    Some(Diagnostic { code: "preflight-blind", severity: Severity::Warning, property: None, message, help })
}

/// What to say where an image does not exist. `elsewhere` is a region in which it was seen.
pub fn not_found(id: &ImageId, region: &Region, elsewhere: Option<&Region>) -> Diagnostic {
    let help = match (elsewhere, guess(id, region)) {
        (Some(seen), _) => format!("it is in region {seen}: set `region` to it"),
        (None, Some(likely)) => {
            format!("check the id and the region: ids like this one are usually of {likely}")
        }
        (None, None) => "check the id and the region: images are shared within their region".into(),
    };
    let message = format!("image {id} does not exist in region {region}, or this account cannot see it");
    Diagnostic::error("image-not-found", "imageId", message, help)
}

fn state(id: &ImageId, image: &Image) -> Option<Diagnostic> {
    let error = |code, message: &str, help: &str| {
        Some(Diagnostic::error(code, "imageId", format!("image {id} {message}"), help))
    };
    match image.status.as_str() {
        "" | "Available" => encrypted(id, image),
        "Deprecated" => error(
            "image-deprecated",
            "is deprecated, and deprecated images cannot be shared",
            "share the image that replaces it",
        ),
        "Creating" | "Waiting" => error(
            "image-not-ready",
            "is still being created, and can be shared once it is available",
            "wait until it is, then run this again",
        ),
        other => error(
            "image-not-available",
            &format!("is in state {other}, and only available images can be shared"),
            "make the image anew, and share that one",
        ),
    }
}

fn encrypted(id: &ImageId, image: &Image) -> Option<Diagnostic> {
    image.is_encrypted.then(|| Diagnostic {
        code: "image-encrypted",
        severity: Severity::Warning,
        property: Some("imageId".into()),
        message: format!(
            "image {id} is encrypted: it can be shared if its key is one of your own (KMS), and not if it is the service key; the API does not tell which"
        ),
        help: "use a key of your own, and create the role AliyunECSShareEncryptImageDefaultRole in the owner's account".into(),
    })
}

fn guess(id: &ImageId, region: &Region) -> Option<&'static str> {
    let (_, likely) = PREFIXES.iter().find(|(prefix, _)| id.as_str().starts_with(prefix))?;
    (*likely != region.as_str()).then_some(*likely)
}
