//! The Pulumi types of what shares an image.

/// What a resource of a type declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResourceType {
    /// One account on one image: `imageId`, `accountId`.
    Share,
    /// Many accounts on one image: `imageId`, `accountIds`.
    Set,
}

/// What makes resources of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrontEnd {
    /// Our dynamic provider.
    Dynamic,
    /// Our plugin.
    Plugin,
    /// The official provider.
    Official,
}

/// Every type token.
const TOKENS: &[(&str, ResourceType, FrontEnd)] = &[
    (
        "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission",
        ResourceType::Share,
        FrontEnd::Dynamic,
    ),
    ("pulumi-nodejs:dynamic/alicloud-image-share:ImageShareSet", ResourceType::Set, FrontEnd::Dynamic),
    ("alicloud-image-share:index:ImageSharePermission", ResourceType::Share, FrontEnd::Plugin),
    ("alicloud-image-share:index:ImageShareSet", ResourceType::Set, FrontEnd::Plugin),
    ("alicloud:ecs/imageSharePermission:ImageSharePermission", ResourceType::Share, FrontEnd::Official),
    // As `pulumi package add terraform-provider aliyun/alicloud` names it.
    ("alicloud:index/imageSharePermission:ImageSharePermission", ResourceType::Share, FrontEnd::Official),
];

impl FrontEnd {
    /// What makes resources of a type token; nothing where it does not share images.
    pub fn of(token: &str) -> Option<Self> {
        TOKENS.iter().find(|(known, _, _)| *known == token).map(|(_, _, front_end)| *front_end)
    }
}

impl ResourceType {
    /// What a type token stands for; nothing where it does not share images.
    pub fn of(token: &str) -> Option<Self> {
        TOKENS.iter().find(|(known, _, _)| *known == token).map(|(_, kind, _)| *kind)
    }

    /// The type token of a front end; none where it has no such resource.
    pub fn token(self, front_end: FrontEnd) -> Option<&'static str> {
        let is_it = |kind: ResourceType, other: FrontEnd| kind == self && other == front_end;
        TOKENS.iter().find(|(_, kind, other)| is_it(*kind, *other)).map(|(token, _, _)| *token)
    }

    /// The inputs that a program may give.
    pub fn inputs(self) -> &'static [&'static str] {
        match self {
            Self::Share => {
                &["imageId", "accountId", "region", "profile", "waitForImage", "adopt", "keepOnDelete"]
            }
            Self::Set => &[
                "imageId",
                "accountIds",
                "mode",
                "region",
                "profile",
                "force",
                "removalLimit",
                "waitForImage",
                "adopt",
                "keepOnDelete",
            ],
        }
    }

    /// Whether a change of an input changes nothing of what exists: it says how an operation goes about it.
    pub fn is_manner(input: &str) -> bool {
        input == "waitForImage"
    }

    /// Whether a change of an input changes no share: it says what becomes of them on delete. The state has to
    /// hold it, since delete sees nothing else.
    pub fn is_about_delete(input: &str) -> bool {
        matches!(input, "adopt" | "keepOnDelete")
    }

    /// The input that names the accounts.
    pub fn accounts_property(self) -> &'static str {
        match self {
            Self::Share => "accountId",
            Self::Set => "accountIds",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_the_plugins_and_the_official_type_are_known_and_no_other() {
        let share = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
        assert_eq!(ResourceType::of(share), Some(ResourceType::Share));
        assert_eq!(ResourceType::of("alicloud-image-share:index:ImageShareSet"), Some(ResourceType::Set));
        assert_eq!(
            ResourceType::of("alicloud:ecs/imageSharePermission:ImageSharePermission"),
            Some(ResourceType::Share)
        );
        assert_eq!(ResourceType::of("alicloud:ecs/image:Image"), None);
        assert_eq!(ResourceType::of(""), None);
    }
}
