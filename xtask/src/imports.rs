//! What one Rust file names: modules of its own crate, crates of others, texts.
//!
//! Read from tokens, so that comments, documentation and formatting do not count, and that paths inside
//! macros do. Code under `#[cfg(test)]` is passed over: tests may reach anywhere.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A name, and the line it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name or the text.
    pub text: String,
    /// Counted from 1.
    pub line: usize,
}

/// What a file names, in its order.
#[derive(Debug, Default)]
pub struct References {
    /// Top-level modules of the crate: `error` of `use crate::error::Error`.
    pub modules: Vec<Named>,
    /// Every identifier.
    pub identifiers: Vec<Named>,
    /// Every literal, as it is written.
    pub literals: Vec<Named>,
}

impl References {
    /// Reads a file whose module is `depth` below the root of the crate: 1 for `src/error.rs`.
    ///
    /// # Errors
    /// The file is no Rust.
    pub fn read(source: &str, depth: usize) -> Result<Self, proc_macro2::LexError> {
        let mut names = Self::default();
        names.scan(&source.parse::<TokenStream>()?.into_iter().collect::<Vec<_>>(), depth);
        Ok(names)
    }

    fn scan(&mut self, mut tokens: &[TokenTree], depth: usize) {
        while let Some((token, rest)) = tokens.split_first() {
            tokens = rest;
            if is_punct(token, '#')
                && let Some((attribute, rest)) = split_attribute(rest)
            {
                tokens = rest;
                if is_for_tests(&attribute) {
                    tokens = after_item(rest);
                } else if !starts_with(&attribute, "doc") {
                    self.scan(&attribute, depth);
                }
                continue;
            }
            match token {
                TokenTree::Ident(word) => {
                    let word = word.to_string();
                    let ups = match word.as_str() {
                        // From the root, however deep this file is.
                        "crate" => Some(depth),
                        "super" => Some(1),
                        _ => None,
                    };
                    if let Some(ups) = ups {
                        tokens = self.path(rest, depth.checked_sub(ups));
                    } else if word == "mod"
                        && let [TokenTree::Ident(_), TokenTree::Group(body), rest @ ..] = rest
                    {
                        self.scan(&body.stream().into_iter().collect::<Vec<_>>(), depth + 1);
                        tokens = rest;
                    } else {
                        self.identifiers.push(Named { text: word, line: line(token) });
                    }
                }
                TokenTree::Literal(literal) => {
                    self.literals.push(Named { text: literal.to_string(), line: line(token) });
                }
                TokenTree::Group(group) => {
                    self.scan(&group.stream().into_iter().collect::<Vec<_>>(), depth);
                }
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// What follows `crate` or `super`, where that is a path: `base` tells how deep the module is that they
    /// name. Returns the tokens that are still to be read.
    fn path<'a>(&mut self, tokens: &'a [TokenTree], base: Option<usize>) -> &'a [TokenTree] {
        let Some(rest) = after_colons(tokens) else { return tokens };
        match rest {
            [TokenTree::Ident(word), after @ ..] if word == "super" => {
                self.path(after, base.and_then(|base| base.checked_sub(1)))
            }
            [first, after @ ..] if base == Some(0) => {
                match first {
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                        self.modules_of(&group.stream().into_iter().collect::<Vec<_>>());
                    }
                    // An identifier, or the `*` of everything.
                    _ => self.modules.push(Named { text: first.to_string(), line: line(first) }),
                }
                after
            }
            _ => rest,
        }
    }

    /// The modules of `{account::AccountId, image}`.
    fn modules_of(&mut self, group: &[TokenTree]) {
        for part in group.split(|token| is_punct(token, ',')) {
            if let Some(first) = part.first() {
                self.modules.push(Named { text: first.to_string(), line: line(first) });
            }
        }
    }
}

fn line(token: &TokenTree) -> usize {
    token.span().start().line
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn after_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(one), TokenTree::Punct(two), rest @ ..]
            if one.as_char() == ':' && one.spacing() == Spacing::Joint && two.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}

/// The tokens of `[…]` or `![…]`, and what follows.
fn split_attribute(tokens: &[TokenTree]) -> Option<(Vec<TokenTree>, &[TokenTree])> {
    let tokens = match tokens {
        [bang, rest @ ..] if is_punct(bang, '!') => rest,
        tokens => tokens,
    };
    match tokens {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Bracket => {
            Some((group.stream().into_iter().collect(), rest))
        }
        _ => None,
    }
}

fn starts_with(tokens: &[TokenTree], word: &str) -> bool {
    matches!(tokens, [TokenTree::Ident(first), ..] if first == word)
}

/// `cfg(test)` and `cfg(all(test, …))`.
fn is_for_tests(attribute: &[TokenTree]) -> bool {
    let [TokenTree::Ident(name), TokenTree::Group(group)] = attribute else { return false };
    let inner: Vec<_> = group.stream().into_iter().collect();
    let all = || match inner.as_slice() {
        [TokenTree::Ident(all), TokenTree::Group(group)] if all == "all" => {
            group.stream().into_iter().any(|token| token.to_string() == "test")
        }
        _ => false,
    };
    name == "cfg" && (starts_with(&inner, "test") || all())
}

/// What follows an item: it ends with a semicolon or with its body.
fn after_item(tokens: &[TokenTree]) -> &[TokenTree] {
    let end = tokens.iter().position(|token| {
        is_punct(token, ';')
            || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
    });
    end.and_then(|end| tokens.get(end + 1..)).unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn modules(source: &str, depth: usize) -> Vec<(String, usize)> {
        let names = References::read(source, depth).unwrap();
        names.modules.into_iter().map(|named| (named.text, named.line)).collect()
    }

    fn named(text: &str, line: usize) -> (String, usize) {
        (text.to_owned(), line)
    }

    #[test]
    fn imports_are_found_one_by_one_and_in_groups() {
        let source = "use crate::error::Error;\nuse crate::{\n    image::{ImageId, Shape},\n    time,\n};\n";
        assert_eq!(modules(source, 1), [named("error", 1), named("image", 3), named("time", 4)]);
    }

    #[test]
    fn paths_are_found_in_code_and_inside_macros() {
        let source = "fn f() {\n    crate::rules::run();\n    vec![crate::time::now()];\n}";
        assert_eq!(modules(source, 1), [named("rules", 2), named("time", 3)]);
    }

    #[test]
    fn super_counts_where_it_reaches_the_root() {
        assert_eq!(modules("use super::error::Error;", 1), [named("error", 1)]);
        assert_eq!(modules("use super::batch::Batch;", 2), []);
        assert_eq!(modules("use super::super::{error, retry};", 2), [named("error", 1), named("retry", 1)]);
        assert_eq!(modules("mod inner { use super::super::error; }", 1), [named("error", 1)]);
        assert_eq!(modules("mod inner { use super::error; }", 1), []);
    }

    #[test]
    fn everything_at_once_is_no_module() {
        assert_eq!(modules("use crate::*;", 1), [named("*", 1)]);
    }

    #[test]
    fn visibility_comments_and_documentation_name_nothing() {
        let source = "//! [`crate::a`]\n/// crate::b\n// crate::c\npub(crate) fn f() {}\n";
        assert_eq!(modules(source, 1), []);
        assert!(References::read("/// `marker`\nfn f() {}", 1).unwrap().literals.is_empty());
    }

    #[test]
    fn what_is_for_tests_is_passed_over_and_what_follows_is_not() {
        for item in ["mod tests { use crate::rules; }", "use crate::rules;", "fn f() { crate::rules::run() }"]
        {
            for attribute in ["#[cfg(test)]", "#[cfg(test)]\n#[expect(dead_code)]", "#[cfg(all(test, unix))]"]
            {
                let source = format!("{attribute} {item}\nuse crate::time;");
                let found: Vec<_> = modules(&source, 1).into_iter().map(|(name, _)| name).collect();
                assert_eq!(found, ["time"], "{source}");
            }
        }
        assert_eq!(modules("#[cfg(not(test))] use crate::rules;", 1), [named("rules", 1)]);
        assert_eq!(modules("#[cfg(feature = \"plan\")] use crate::plan;", 1), [named("plan", 1)]);
    }

    #[test]
    fn identifiers_and_literals_are_listed_with_their_lines() {
        let names = References::read("use js_sys::Date;\nconst A: &str = \"marker\";", 1).unwrap();
        assert!(names.identifiers.contains(&Named { text: "js_sys".into(), line: 1 }));
        assert_eq!(names.literals, [Named { text: "\"marker\"".into(), line: 2 }]);
    }
}
