//! The Pulumi types of what shares an image.

/// What a resource of a type declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResourceType {
    /// One account on one image: `imageId`, `accountId`.
    Share,
    /// Many accounts on one image: `imageId`, `accountIds`.
    Set,
}

/// Every type token: of our dynamic provider, of our plugin, and of the official provider.
const TOKENS: &[(&str, ResourceType)] = &[
    ("pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission", ResourceType::Share),
    ("pulumi-nodejs:dynamic/alicloud-image-share:ImageShareSet", ResourceType::Set),
    ("alicloud-image-share:index:ImageSharePermission", ResourceType::Share),
    ("alicloud-image-share:index:ImageShareSet", ResourceType::Set),
    ("alicloud:ecs/imageSharePermission:ImageSharePermission", ResourceType::Share),
];

impl ResourceType {
    /// What a type token stands for; nothing where it does not share images.
    pub fn of(token: &str) -> Option<Self> {
        TOKENS.iter().find(|(known, _)| *known == token).map(|(_, kind)| *kind)
    }

    /// The inputs that a program may give.
    pub fn inputs(self) -> &'static [&'static str] {
        match self {
            Self::Share => &["imageId", "accountId", "region", "profile", "waitForImage"],
            Self::Set => &[
                "imageId",
                "accountIds",
                "mode",
                "region",
                "profile",
                "force",
                "removalLimit",
                "waitForImage",
            ],
        }
    }

    /// Whether a change of an input changes nothing of what exists: it says how an operation goes about it.
    pub fn is_manner(input: &str) -> bool {
        input == "waitForImage"
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
