//! The parts of `urn:pulumi:stack::project::parent$type::name`.

use memchr::{memchr, memrchr};

use super::terraform;

/// The type; Terraform's where it is no URN.
pub(super) fn type_of(urn: &str) -> &str {
    if !urn.starts_with("urn:") {
        return if urn.is_empty() { "" } else { terraform::TYPE };
    }
    let types = behind(urn, 2).unwrap_or_default();
    let types = split(types).map_or(types, |(types, _)| types);
    let parent = memrchr(b'$', types.as_bytes()).map_or(0, |end| end + 1);
    types.get(parent..).unwrap_or_default()
}

/// The name behind the type; it may hold anything.
pub(super) fn name_of(urn: &str) -> &str {
    if urn.starts_with("urn:") { behind(urn, 3).unwrap_or(urn) } else { urn }
}

/// What stands behind so many separators.
fn behind(urn: &str, separators: usize) -> Option<&str> {
    (0..separators).try_fold(urn, |rest, _| split(rest).map(|(_, rest)| rest))
}

/// What stands before and behind the first `::`. Types hold single colons.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let colon = from + memchr(b':', text.as_bytes().get(from..)?)?;
        if text.as_bytes().get(colon + 1) == Some(&b':') {
            return Some((text.get(..colon)?, text.get(colon + 2..)?));
        }
        from = colon + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_has_a_type_without_its_parents_and_a_name_that_may_hold_anything() {
        let urn = "urn:pulumi:prod::golden::my:module:Team$my:module:Part$alicloud:ecs/image:Image::a::b$c";
        assert_eq!((type_of(urn), name_of(urn)), ("alicloud:ecs/image:Image", "a::b$c"));
        for (urn, expected) in [
            ("", ("", "")),
            ("module.a.share", (terraform::TYPE, "module.a.share")),
            ("urn:pulumi:prod", ("", "urn:pulumi:prod")),
            ("urn:pulumi:prod::golden::type", ("type", "urn:pulumi:prod::golden::type")),
        ] {
            assert_eq!((type_of(urn), name_of(urn)), expected, "{urn}");
        }
    }
}
