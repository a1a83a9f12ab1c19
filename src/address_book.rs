//! Names of accounts, as a file or a person gives them.

use serde::Serialize;

use crate::interner::Interner;
use crate::json;
use crate::value::Value;

/// The digits of an account id.
const DIGITS: usize = 16;

/// Names by account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AddressBook {
    /// In the order of the file.
    pub entries: Vec<(String, String)>,
    /// Lines that name no account: their number and their text.
    pub unread: Vec<(u32, String)>,
    /// The accounts of [`Self::entries`], in the same order.
    #[serde(skip)]
    accounts: Interner,
}

impl AddressBook {
    /// Reads lines of `account,name`, an object of names by account, or a list of `{"id", "name"}`.
    pub fn parse(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut book = Self::default();
        match json::read(text.as_bytes()) {
            Some(Value::Map(names)) => {
                for (index, (account, name)) in names.iter().enumerate() {
                    book.entry(index, account, name);
                }
            }
            Some(Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let account = match item.get("id") {
                        Value::Missing => item.get("account"),
                        id => id,
                    };
                    book.entry(index, &plain(account), item.get("name"));
                }
            }
            _ => book.lines(text),
        }
        book
    }

    /// The name of an account.
    pub fn name(&self, account: &str) -> Option<&str> {
        let place = self.accounts.find(account)?;
        self.entries.get(place).map(|(_, name)| name.as_str())
    }

    fn lines(&mut self, text: &str) {
        let mut is_first = true;
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            // The first line may say what the columns are.
            if std::mem::take(&mut is_first) && !line.contains(|letter: char| letter.is_ascii_digit()) {
                continue;
            }
            let fields = fields(line);
            let found = match fields.as_slice() {
                [one, other, ..] => match (account(one), account(other)) {
                    (Some(account), _) => Some((account, other)),
                    (None, Some(account)) => Some((account, one)),
                    _ => None,
                },
                _ => None,
            };
            match found {
                Some((account, name)) if !name.is_empty() => self.add(account, name.clone()),
                _ => self.unread.push((index as u32 + 1, line.chars().take(80).collect())),
            }
        }
    }

    fn entry(&mut self, index: usize, id: &str, name: &Value) {
        match (account(id), name) {
            (Some(account), Value::Text(name)) if !name.trim().is_empty() => {
                self.add(account, name.trim().into());
            }
            (_, name) => self.unread.push((index as u32 + 1, format!("{id}: {}", plain(name)))),
        }
    }

    fn add(&mut self, account: String, name: String) {
        let (place, _) = self.accounts.number(&account);
        match self.entries.get_mut(place) {
            Some(entry) => entry.1 = name,
            None => self.entries.push((account, name)),
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Whole(number) => number.to_string(),
        other => other.kind().into(),
    }
}

/// The digits of an account, which may stand in groups of four.
fn account(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '\u{a0}')).collect();
    let is_grouped = digits.len() != text.len() && digits.len() != DIGITS;
    (digits.len() >= 5 && !is_grouped && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
}

/// The fields of a line: between commas, semicolons, tabs, equals signs or colons, whichever comes first, and
/// behind the account between spaces where there is none of these. Quotes hold a field together.
fn fields(line: &str) -> Vec<String> {
    if let Some((one, other)) = line.split_once(' ')
        && account(one).is_some()
        && other.starts_with(char::is_alphabetic)
    {
        return vec![one.into(), other.trim().into()];
    }
    let mut is_quoted = false;
    let mut separator = None;
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' | ';' | '\t' | '=' | ':' if !is_quoted => {
                separator = Some(letter);
                break;
            }
            _ => {}
        }
    }
    let Some(separator) = separator else {
        let (one, other) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        return vec![one.into(), other.trim().into()];
    };
    let mut fields = vec![String::new()];
    let mut letters = line.chars().peekable();
    is_quoted = false;
    while let Some(letter) = letters.next() {
        let Some(field) = fields.last_mut() else { break };
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => is_quoted = !is_quoted,
            letter if letter == separator && !is_quoted => fields.push(String::new()),
            letter => field.push(letter),
        }
    }
    fields.iter().map(|field| field.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String)> {
        let book = AddressBook::parse(text);
        assert_eq!(book.unread, []);
        book.entries
    }

    #[test]
    fn each_way_to_write_a_name_is_read() {
        for text in [
            "1886508529800777,\"Payments, EU\"",
            "account;name\n1886508529800777;Payments, EU\n",
            "\u{feff}1886508529800777\tPayments, EU\r\n",
            "Payments EU,1886508529800777",
            "1886 5085 2980 0777 = Payments, EU",
            "1886508529800777 Payments, EU",
            "# teams\n\n\"1886508529800777\": \"Payments, EU\"",
            "{\"1886508529800777\": \"Payments, EU\"}",
            "[{\"id\": 1886508529800777, \"name\": \"Payments, EU\"}]",
            "# teams\n\naccount,name\n1886508529800777,\"Payments, EU\"",
            "1886508529800777,before\n1886508529800777,\"Payments, EU\"",
        ] {
            let name = if text.starts_with("Payments EU") { "Payments EU" } else { "Payments, EU" };
            assert_eq!(entries(text), [("1886508529800777".to_owned(), name.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_line_that_names_no_account_is_named_and_takes_no_other_with_it() {
        let book = AddressBook::parse(
            "1886508529800001,One\nwhat is this 1\n1886508529800002\n12,x\n1886508529800003,Three",
        );
        assert_eq!(book.entries.len(), 2);
        assert_eq!(
            book.unread,
            [(2, "what is this 1".into()), (3, "1886508529800002".into()), (4, "12,x".into())]
        );
        assert_eq!(book.name("1886508529800003"), Some("Three"));
    }
}
