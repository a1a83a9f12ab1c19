//! `cargo xtask docs`: the pages of `docs/` that are made from tables of the core. With `--check` it writes
//! nothing, and fails where a page is not what the tables say.

mod configuration;
mod errors;
mod policies;

use std::error::Error;
use std::fs;
use std::path::Path;

/// Where the made part of a page that is written by hand begins and ends.
const BEGIN: &str = "<!-- Made by `cargo xtask docs` from here -->\n";
const END: &str = "<!-- Made by `cargo xtask docs` to here -->\n";

/// A page, and the part of it that is made.
struct Page {
    name: &'static str,
    part: fn() -> String,
}

const PAGES: &[Page] = &[
    Page { name: "configuration.md", part: configuration::part },
    Page { name: "errors.md", part: errors::part },
    Page { name: "zh-CN/errors.md", part: errors::chinese_part },
    Page { name: "policies.md", part: policies::part },
];

/// Writes the pages, or checks that they are fresh.
///
/// # Errors
/// A page is not fresh, has no place for its part, or cannot be read or written.
pub fn run(root: &Path, is_check: bool) -> Result<(), Box<dyn Error>> {
    for page in PAGES {
        let path = root.join("docs").join(page.name);
        let old = fs::read_to_string(&path).map_err(|error| format!("docs/{}: {error}", page.name))?;
        let new = with_part(&old, &(page.part)())
            .ok_or_else(|| format!("docs/{} lacks the line {BEGIN}or the line {END}", page.name))?;
        if new == old {
            continue;
        }
        if is_check {
            return Err(format!("docs/{} is stale: run `cargo xtask docs`", page.name).into());
        }
        fs::write(&path, new)?;
    }
    Ok(())
}

/// A page with another part between its two marks.
fn with_part(page: &str, part: &str) -> Option<String> {
    let (head, rest) = page.split_once(BEGIN)?;
    let (_, tail) = rest.split_once(END)?;
    Some(format!("{head}{BEGIN}\n{part}\n{END}{tail}"))
}

/// A text in a cell of a table. What is in backticks is shown as it is.
fn cell(text: &str) -> String {
    let escaped = text.split('`').enumerate().map(|(index, part)| match index % 2 {
        0 => part.replace('|', "\\|").replace('<', "\\<").replace('*', "\\*"),
        _ => part.replace('|', "\\|"),
    });
    escaped.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_by_hand_stays_around_the_part_that_is_made() {
        let page = format!("# A\n{BEGIN}old\n{END}\nend\n");
        let new = format!("# A\n{BEGIN}\nnew\n\n{END}\nend\n");
        assert_eq!(with_part(&page, "new\n"), Some(new.clone()));
        assert_eq!(with_part(&new, "new\n"), Some(new));
        assert_eq!(with_part("# A\n", "new\n"), None);
    }

    #[test]
    fn a_cell_shows_its_text_as_it_is() {
        assert_eq!(cell("write <imageId> or `<id>`"), "write \\<imageId> or `<id>`");
        assert_eq!(cell("a|b, m-*, `a|b`"), "a\\|b, m-\\*, `a\\|b`");
    }
}
