//! The names that people give to accounts: one a line, the id, a comma and the name.

use crate::account::AccountId;

/// An address book. It names accounts in comments, and decides nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountNames(Vec<(AccountId, String)>);

impl AccountNames {
    /// Reads lines of an id and a name, with a comma, a semicolon or a tab between. Other lines, such as the
    /// header of a table, are passed over.
    pub fn parse(text: &str) -> Self {
        let entry = |line: &str| {
            let (id, name) = line.split_once([',', ';', '\t'])?;
            let plain = |text: &str| text.trim().trim_matches('"').trim().to_owned();
            let name: String = plain(name).chars().filter(|letter| !letter.is_control()).collect();
            let account = AccountId::parse(&plain(id)).ok()?;
            (!name.is_empty()).then_some((account, name))
        };
        Self(text.trim_start_matches('\u{feff}').lines().filter_map(entry).collect())
    }

    /// The name of an account.
    pub fn of(&self, account: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.as_str() == account).map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_tables_as_spreadsheets_write_them() {
        let names = AccountNames::parse(
            "\u{feff}account,name\r\n1886508529898586, Build \r\n\"1886508529898587\";\"Partner, Ltd\"\n1886508529898588\tTest\n\n1886508529898589,\n",
        );
        assert_eq!(names.of("1886508529898586"), Some("Build"));
        assert_eq!(names.of("1886508529898587"), Some("Partner, Ltd"));
        assert_eq!(names.of("1886508529898588"), Some("Test"));
        assert_eq!(names.of("1886508529898589"), None);
        assert_eq!(names.of("account"), None);
    }
}
