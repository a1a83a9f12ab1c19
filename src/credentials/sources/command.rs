//! An external process that writes a profile to its standard output.

use super::{Failed, Sources};
use crate::api::{HostError, Transport};
use crate::secret::SecretValue;
use crate::value::Value;

impl<T: Transport> Sources<'_, T> {
    /// Runs a `process_command`, and reads the profile that it writes.
    pub(super) async fn answer_of(&self, command: &str) -> Result<SecretValue, Failed> {
        let host = &self.context.transport;
        let arguments = split(command, host.is_windows()).map_err(Failed::because)?;
        let output = host.run(&arguments).await.map_err(|why| {
            Failed::because(match why {
                HostError::NotFound => "the program of its process_command does not exist".to_owned(),
                why => format!("its process_command failed: {why}"),
            })
        })?;
        let answer = super::file::decode(&output)
            .and_then(|text| SecretValue::read(text.as_bytes()))
            .ok_or_else(|| Failed::because("its process_command wrote no JSON"))?;
        match answer.value() {
            Value::Map(_) => Ok(answer),
            _ => Err(Failed::because("its process_command wrote no JSON object")),
        }
    }
}

/// The arguments of a command line, as POSIX shells quote them. On Windows a backslash is a part of a path, but
/// before a double quote within double quotes. No shell reads it: nothing in it is expanded.
///
/// Source: `splitProcessCommand` of `@alicloud/credentials` and of the `aliyun` command.
fn split(command: &str, is_windows: bool) -> Result<Vec<String>, &'static str> {
    let mut arguments: Vec<String> = Vec::new();
    let mut current: Option<String> = None;
    let mut within: Option<char> = None;
    let mut letters = command.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let is_escape = letter == '\\' && within != Some('\'');
        match (within, letter) {
            _ if is_escape => {
                let escaped = match (is_windows, within, letters.peek()) {
                    (true, Some(_), Some('"')) => letters.next(),
                    (true, ..) => None,
                    (false, None, None) => return Err("its process_command ends with a backslash"),
                    (false, None, Some(_)) | (false, Some(_), Some('"' | '\\' | '$' | '`' | '\n')) => {
                        letters.next()
                    }
                    (false, Some(_), _) => None,
                };
                match escaped {
                    // A backslash before a line break continues the line.
                    Some('\n') if !is_windows => {}
                    escaped => current.get_or_insert_default().push(escaped.unwrap_or('\\')),
                }
            }
            (Some(quote), letter) if quote == letter => within = None,
            (Some(_), letter) => current.get_or_insert_default().push(letter),
            (None, '"' | '\'') => {
                within = Some(letter);
                current.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => arguments.extend(current.take()),
            (None, letter) => current.get_or_insert_default().push(letter),
        }
    }
    if within.is_some() {
        return Err("its process_command has a quote that is not closed");
    }
    arguments.extend(current);
    match arguments.first() {
        Some(program) if !program.is_empty() => Ok(arguments),
        _ => Err("its process_command is empty"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_split_as_a_posix_shell_splits_it() {
        for (line, arguments) in [
            ("tool", vec!["tool"]),
            ("  tool  a b ", vec!["tool", "a", "b"]),
            ("tool 'a b' \"c d\"", vec!["tool", "a b", "c d"]),
            ("tool \"\" a", vec!["tool", "", "a"]),
            ("tool a\\ b", vec!["tool", "a b"]),
            (r#"tool "a\"b" 'a\b'"#, vec!["tool", "a\"b", r"a\b"]),
            (r#"tool "a\b""#, vec!["tool", r"a\b"]),
            ("tool $HOME `id` a|b;c", vec!["tool", "$HOME", "`id`", "a|b;c"]),
            ("tool a\\\nb", vec!["tool", "ab"]),
            ("a'b'c", vec!["abc"]),
        ] {
            assert_eq!(split(line, false), Ok(arguments.into_iter().map(str::to_owned).collect()), "{line}");
        }
        let windows = r#""C:\Program Files\tool.exe" C:\x "a\"b""#;
        let arguments = [r"C:\Program Files\tool.exe", r"C:\x", "a\"b"].map(str::to_owned);
        assert_eq!(split(windows, true), Ok(arguments.into()));
    }

    #[test]
    fn a_command_line_that_is_none_is_refused_in_words() {
        for (line, why) in [
            ("", "its process_command is empty"),
            ("  ", "its process_command is empty"),
            ("\"\" a", "its process_command is empty"),
            ("tool 'a", "its process_command has a quote that is not closed"),
            ("tool \"a", "its process_command has a quote that is not closed"),
            ("tool \\", "its process_command ends with a backslash"),
        ] {
            assert_eq!(split(line, false), Err(why), "{line}");
        }
    }
}
