//! Which resource of a program claims which share. Pulumi's check sees no names, so this register is kept
//! in the program's own process.

use crate::account::AccountId;
use crate::diagnostic::{Diagnostic, Severity, quote};
use crate::image::ImageId;
use crate::names::Names;
use crate::region::Region;

/// What to do about two resources that claim one share.
pub const HELP: &str = "remove one of them: when either is destroyed, the share of both is ended";

/// The shares that the resources of a program claim, by region, image and account.
#[derive(Debug, Default)]
pub struct Register {
    claims: Names,
    /// The resource of each claim.
    claimants: Vec<String>,
}

impl Register {
    /// A resource claims a share; says so where another one does already.
    pub fn claim(
        &mut self,
        name: &str,
        region: Option<&Region>,
        image: &ImageId,
        account: &AccountId,
    ) -> Option<Diagnostic> {
        let region = region.map(Region::as_str).unwrap_or_default();
        let (number, is_new) = self.claims.number(&format!("{region} {image} {account}"));
        if is_new {
            self.claimants.push(name.to_owned());
        }
        let claimed = self.claimants.get(number)?;
        (claimed != name).then(|| claimed_twice(claimed, name, image.as_str(), account.as_str()))
    }
}

/// What to say of a share that two resources claim.
pub fn claimed_twice(one: &str, other: &str, image: &str, account: &str) -> Diagnostic {
    Diagnostic {
        code: "duplicate-share",
        severity: Severity::Error,
        property: None,
        message: format!(
            "resources {} and {} both share image {image} with account {account}",
            quote(one),
            quote(other)
        ),
        help: HELP.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_resources_that_claim_one_share_are_told_of_each_other() -> Result<(), Box<dyn std::error::Error>> {
        let mut register = Register::default();
        let (image, account) = (ImageId::parse("m-bp1image")?, AccountId::parse("1234567890123456")?);
        let (here, there) = (Region::parse("cn-hangzhou")?, Region::parse("cn-beijing")?);
        assert_eq!(register.claim("web", Some(&here), &image, &account), None);
        assert_eq!(register.claim("web", Some(&here), &image, &account), None, "the same one, again");
        assert_eq!(register.claim("far", Some(&there), &image, &account), None, "in another region");
        let told = register.claim("api", Some(&here), &image, &account).map(|found| found.reason());
        assert_eq!(
            told.as_deref(),
            Some(
                "resources `web` and `api` both share image m-bp1image with account 1234567890123456: remove one of them: when either is destroyed, the share of both is ended [duplicate-share]"
            )
        );
        Ok(())
    }
}
