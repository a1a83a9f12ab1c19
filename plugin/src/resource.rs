//! Which resource a call is about: its type, and its name in the program.

use alicloud_image_share::rules::ResourceType;
use tonic::Status;

/// A resource of a program, as its URN names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The whole URN.
    pub urn: String,
    /// A share or a set.
    pub kind: ResourceType,
    /// The type token.
    pub token: String,
    /// The types of its parents, outermost first, joined by `$`; empty where it has none.
    pub parents: String,
    /// Its name in the program.
    pub name: String,
}

impl Resource {
    /// Reads `urn:pulumi:<stack>::<project>::<parents>$<type>::<name>`.
    ///
    /// # Errors
    /// The URN is malformed, or of a type that this plugin does not have.
    pub fn of(urn: &str) -> Result<Self, Status> {
        let malformed = || Status::invalid_argument(format!("`{urn}` is not the URN of a resource"));
        let mut parts = urn.splitn(4, "::");
        let (stack, _project) = (parts.next(), parts.next());
        let (Some(types), Some(name)) = (parts.next(), parts.next()) else { return Err(malformed()) };
        if !stack.is_some_and(|stack| stack.starts_with("urn:pulumi:")) || name.is_empty() {
            return Err(malformed());
        }
        let (parents, token) = types.rsplit_once('$').unwrap_or(("", types));
        let kind = ResourceType::of(token)
            .filter(|_| token.starts_with("alicloud-image-share:"))
            .ok_or_else(|| Status::invalid_argument(format!("there is no resource type `{token}`")))?;
        Ok(Self {
            urn: urn.to_owned(),
            kind,
            token: token.to_owned(),
            parents: parents.to_owned(),
            name: name.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_names_type_parents_and_name() {
        let resource =
            Resource::of("urn:pulumi:dev::images::my:app$alicloud-image-share:index:ImageShareSet::a::b$c");
        assert_eq!(
            resource.ok(),
            Some(Resource {
                urn: "urn:pulumi:dev::images::my:app$alicloud-image-share:index:ImageShareSet::a::b$c".into(),
                kind: ResourceType::Set,
                token: "alicloud-image-share:index:ImageShareSet".into(),
                parents: "my:app".into(),
                name: "a::b$c".into(),
            })
        );
    }

    #[test]
    fn what_is_no_resource_of_ours_is_refused() {
        for urn in [
            "",
            "urn",
            "urn:pulumi:dev::images::alicloud-image-share:index:ImageShareSet",
            "urn:pulumi:dev::images::alicloud-image-share:index:ImageShareSet::",
            "x::images::alicloud-image-share:index:ImageShareSet::a",
            "urn:pulumi:dev::images::alicloud:ecs/imageSharePermission:ImageSharePermission::a",
            "urn:pulumi:dev::images::alicloud-image-share:index:Other::a",
        ] {
            let refused = Resource::of(urn).map_err(|status| status.code());
            assert_eq!(refused, Err(tonic::Code::InvalidArgument), "{urn}");
        }
    }
}
