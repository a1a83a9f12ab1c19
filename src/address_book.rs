//! Names of accounts, as a file or a person gives them.

use serde::Serialize;

use crate::interner::Interner;
use crate::json;
use crate::value::Value;

/// The digits of an account id.
const DIGITS: usize = 16;
/// What stands between an account and its name, also as a Chinese keyboard writes it.
const SEPARATORS: [char; 8] = [',', ';', '\t', '=', ':', '，', '；', '：'];

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
        // Lines end as on Unix, on Windows, or with CR alone, as Excel for Mac writes.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
            // Excel's own line says what separates the fields.
            if line.is_empty() || line.starts_with('#') || is_first && line.starts_with("sep=") {
                continue;
            }
            let has_digit = line.contains(|letter: char| letter.is_ascii_digit());
            // The first line may say what the columns are.
            if std::mem::take(&mut is_first) && !has_digit && line.contains(SEPARATORS) {
                continue;
            }
            match named(line) {
                Some((account, name)) => self.add(account, name),
                None => self.unread.push((index as u32 + 1, line.chars().take(80).collect())),
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
    // A spreadsheet keeps digits as text behind an apostrophe or an equals sign.
    let text = text.trim_start_matches(['\'', '=']);
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    let is_grouped = digits.len() != text.len() && digits.len() != DIGITS;
    (digits.len() >= 5 && !is_grouped && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
}

/// The account of a line and its name, whichever comes first.
fn named(line: &str) -> Option<(String, String)> {
    // The separator is the one between which an account stands: others are part of a name.
    SEPARATORS.iter().find_map(|separator| among(&fields(line, *separator)?)).or_else(|| {
        let (one, other) = line.split_once(char::is_whitespace)?;
        Some((account(one)?, other.trim().into()))
    })
}

/// The account among the fields of a line, and its name. Other columns may be numbers, too.
fn among(fields: &[String]) -> Option<(String, String)> {
    let mut found: Option<(usize, String)> = None;
    for (place, field) in fields.iter().enumerate() {
        let is_better = |digits: &String| {
            found.as_ref().is_none_or(|(_, before)| before.len() != DIGITS && digits.len() == DIGITS)
        };
        if let Some(digits) = account(field).filter(is_better) {
            found = Some((place, digits));
        }
    }
    let (account_place, account) = found?;
    let mut name = "";
    for (place, field) in fields.iter().enumerate() {
        let has_letter = |text: &str| text.chars().any(char::is_alphabetic);
        if place != account_place && (name.is_empty() || has_letter(field) && !has_letter(name)) {
            name = field;
        }
    }
    (!name.is_empty()).then(|| (account, name.into()))
}

/// The fields of a line; none where there is but one, or a quote that holds one together does not end.
fn fields(line: &str, separator: char) -> Option<Vec<String>> {
    let mut fields = vec![String::new()];
    let mut letters = line.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        let field = fields.last_mut()?;
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            // A quote in the middle of a field is part of it.
            '"' if is_quoted || matches!(field.trim(), "" | "=") => is_quoted = !is_quoted,
            letter if letter == separator && !is_quoted => fields.push(String::new()),
            letter => field.push(letter),
        }
    }
    let is_whole = fields.len() > 1 && !is_quoted;
    is_whole.then(|| fields.iter().map(|field| field.trim().to_owned()).collect())
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
            "account,name\r1886508529800777,\"Payments, EU\"\r",
            "sep=;\naccount;name\n1886508529800777;Payments, EU",
            "\u{feff}# teams\r\n\u{feff}1886508529800777;\"Payments, EU\"",
            "账号，名称\n1886508529800777，Payments, EU",
            "1886508529800777：Payments, EU",
            "=\"1886508529800777\",\"Payments, EU\"",
            "'1886508529800777;Payments, EU",
            "1886\u{202f}5085\u{a0}2980 0777;Payments, EU",
            "no;account;name\n10001;1886508529800777;Payments, EU",
            "Payments, EU;1886508529800777",
        ] {
            let name = if text.starts_with("Payments EU") { "Payments EU" } else { "Payments, EU" };
            assert_eq!(entries(text), [("1886508529800777".to_owned(), name.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_quote_in_a_name_is_part_of_it() {
        for (text, name) in [
            ("1886508529800777,The \"A\" team", "The \"A\" team"),
            ("1886508529800777,\"The \"\"A\"\" team\"", "The \"A\" team"),
            ("Team: A,1886508529800777", "Team: A"),
            ("12345 Main Street,1886508529800777", "12345 Main Street"),
            ("1886508529800777,007", "007"),
        ] {
            assert_eq!(entries(text), [("1886508529800777".to_owned(), name.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_first_line_that_is_no_header_and_a_quote_without_end_are_named() {
        for text in [
            "Payments",
            "1886508529800001,\"Pay",
            "1886508529800001,",
            "1.88651E+15,Payments",
            "\u{200b}1886508529800001,x",
        ] {
            let book = AddressBook::parse(&format!("{text}\r1886508529800002,Two"));
            assert_eq!(book.unread, [(1, text.to_owned())]);
            assert_eq!(book.name("1886508529800002"), Some("Two"));
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
