//! URNs: `urn:pulumi:<stack>::<project>::<parents>$<type>::<name>`.

use std::fmt;

/// The URN of a resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Urn {
    /// `urn:pulumi:<stack>::<project>`.
    stack: String,
    /// The types of its parents, outermost first and with `$` between; empty where it has none.
    parents: String,
    /// Its type.
    pub(super) token: String,
    /// Its name in the program.
    pub(super) name: String,
}

/// The type of the root of every stack: the only parent that the URNs of children do not name.
const STACK: &str = "pulumi:pulumi:Stack";

impl Urn {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, "::");
        let (stack, project) = (parts.next()?, parts.next()?);
        let (types, name) = (parts.next()?, parts.next()?);
        let (parents, token) = types.rsplit_once('$').unwrap_or(("", types));
        (stack.starts_with("urn:pulumi:") && !token.is_empty() && !name.is_empty()).then(|| Self {
            stack: format!("{stack}::{project}"),
            parents: parents.to_owned(),
            token: token.to_owned(),
            name: name.to_owned(),
        })
    }

    /// The same resource as another type.
    pub(super) fn with_type(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// The same resource by another name.
    pub(super) fn with_name(&self, name: String) -> Self {
        Self { name, ..self.clone() }
    }

    /// The same resource below another parent.
    pub(super) fn with_parent(&self, parent: &Self) -> Self {
        let parents = match (parent.token.as_str(), parent.parents.as_str()) {
            (STACK, _) => String::new(),
            (token, "") => token.to_owned(),
            (token, parents) => format!("{parents}${token}"),
        };
        Self { parents, ..self.clone() }
    }

    /// A resource of the same stack without a parent.
    pub(super) fn beside(&self, token: &str, name: &str) -> Self {
        let (token, name) = (token.to_owned(), name.to_owned());
        Self { stack: self.stack.clone(), parents: String::new(), token, name }
    }

    /// Whether it is the root of the stack.
    pub(super) fn is_stack(&self) -> bool {
        self.token == STACK
    }
}

impl fmt::Display for Urn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stack, parents, token, name } = self;
        let between = if parents.is_empty() { "" } else { "$" };
        write!(formatter, "{stack}::{parents}{between}{token}::{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_is_read_and_written_back_the_same() {
        for text in [
            "urn:pulumi:dev::images::pulumi:pulumi:Stack::images-dev",
            "urn:pulumi:dev::images::my:app$alicloud:ecs/image:Image::a::b$c",
            "urn:pulumi:a/b::images::my:app$my:part$alicloud:ecs/image:Image::web",
        ] {
            assert_eq!(Urn::parse(text).map(|urn| urn.to_string()).as_deref(), Some(text));
        }
        for text in
            ["", "urn", "urn:pulumi:dev::images::a:b:c", "urn:pulumi:dev::images::a:b:c::", "x::y::z::w"]
        {
            assert_eq!(Urn::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_child_names_the_types_of_its_parents_but_the_stack() {
        let parse = |text: &str| Urn::parse(text).unwrap_or_else(|| unreachable!("{text}"));
        let stack = parse("urn:pulumi:dev::images::pulumi:pulumi:Stack::images-dev");
        let app = parse("urn:pulumi:dev::images::my:app::one");
        let web = stack.beside("a:b:C", "web");
        assert_eq!(web.with_parent(&stack).to_string(), "urn:pulumi:dev::images::a:b:C::web");
        let inner = web.with_parent(&app);
        assert_eq!(inner.to_string(), "urn:pulumi:dev::images::my:app$a:b:C::web");
        assert_eq!(
            stack.beside("d:e:F", "x").with_parent(&inner).to_string(),
            "urn:pulumi:dev::images::my:app$a:b:C$d:e:F::x"
        );
    }
}
