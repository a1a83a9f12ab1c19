//! Every input and output, described once.

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Flag,
    Number,
    Whole,
    Texts,
    Mode,
    Shares,
}

/// One input or output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) shape: Type,
    pub(super) is_required: bool,
    pub(super) replaces: bool,
    pub(super) description: &'static str,
}

const fn optional(name: &'static str, shape: Type, description: &'static str) -> Property {
    Property { name, shape, is_required: false, replaces: false, description }
}

const fn required(name: &'static str, shape: Type, description: &'static str) -> Property {
    Property { is_required: true, ..optional(name, shape, description) }
}

const fn replacing(property: Property) -> Property {
    Property { replaces: true, ..property }
}

use Type::{Flag, Mode, Number, Shares, Text, Texts, Whole};

const IMAGE_ID: Property = replacing(required(
    "imageId",
    Text,
    "The ID of a custom image that you own, such as `m-bp18ygjuqnwhechc0001`.",
));
const ACCOUNT_ID: Property = replacing(required(
    "accountId",
    Text,
    "The ID (UID) of the Alibaba Cloud account to share the image with: 16 digits, in quotes.",
));
const REGION: Property =
    replacing(optional("region", Text, "The region of the image. Defaults to the provider's region."));
const PROFILE: Property = optional(
    "profile",
    Text,
    "The profile whose credentials are used. Defaults to the provider's credentials.",
);
const MODE: Property =
    optional("mode", Mode, "What the set does with shares that it does not list. Defaults to `additive`.");
const FORCE: Property = optional(
    "force",
    Flag,
    "Lets an authoritative set revoke more shares at once than `removalLimit` allows.",
);
const REMOVAL_LIMIT: Property = optional(
    "removalLimit",
    Number,
    "The part of the image's shares that an authoritative set may revoke at once, from 0 to 1. Defaults to 0.5.",
);

const WAIT_FOR_IMAGE: Property = optional(
    "waitForImage",
    Whole,
    "How long to wait, in seconds, for an image that is still being created. Defaults to the provider's setting, \
     else such an image is refused.",
);

pub(super) const SHARE_INPUTS: &[Property] = &[IMAGE_ID, ACCOUNT_ID, REGION, PROFILE, WAIT_FOR_IMAGE];

pub(super) const SHARE_OUTPUTS: &[Property] = &[
    required("imageId", Text, "The ID of the image."),
    required("accountId", Text, "The ID of the account that the image is shared with."),
    required("region", Text, "The region of the image."),
    optional("profile", Text, "The profile whose credentials are used, if one was given."),
    optional("waitForImage", Whole, "How long a create waits for the image, in seconds, if given."),
    required("sharedTime", Text, "The time at which the image was shared, in UTC: `2023-01-01T12:05:00Z`."),
];

pub(super) const SET_INPUTS: &[Property] = &[
    IMAGE_ID,
    required(
        "accountIds",
        Texts,
        "The IDs (UID) of the accounts to share the image with, in quotes. Order and duplicates have no effect.",
    ),
    MODE,
    REGION,
    PROFILE,
    FORCE,
    REMOVAL_LIMIT,
    WAIT_FOR_IMAGE,
];

pub(super) const SET_OUTPUTS: &[Property] = &[
    required("imageId", Text, "The ID of the image."),
    required("accountIds", Texts, "The IDs of the accounts that the set shares the image with."),
    optional("mode", Mode, "What the set does with shares that it does not list, if given."),
    required("region", Text, "The region of the image."),
    optional("profile", Text, "The profile whose credentials are used, if one was given."),
    optional(
        "force",
        Flag,
        "Whether the set may revoke more shares at once than `removalLimit` allows, if given.",
    ),
    optional(
        "removalLimit",
        Number,
        "The part of the image's shares that the set may revoke at once, if given.",
    ),
    optional("waitForImage", Whole, "How long a create waits for the image, in seconds, if given."),
    required(
        "sharedTimes",
        Texts,
        "For each of `accountIds`, in the same order, the time at which the image was shared with it, in UTC.",
    ),
];

pub(super) const GET_IMAGE_SHARES_INPUTS: &[Property] = &[
    required("imageId", Text, "The ID of a custom image that you own."),
    optional("region", Text, "The region of the image. Defaults to the provider's region."),
    optional(
        "profile",
        Text,
        "The profile whose credentials are used. Defaults to the provider's credentials.",
    ),
];

pub(super) const GET_IMAGE_SHARES_OUTPUTS: &[Property] =
    &[required("shares", Shares, "The accounts that the image is shared with, in the API's order.")];

pub(super) const IMAGE_SHARE: &[Property] = &[
    required("accountId", Text, "The ID of the account."),
    required("sharedTime", Text, "The time at which the image was shared, in UTC: `2023-01-01T12:05:00Z`."),
];
