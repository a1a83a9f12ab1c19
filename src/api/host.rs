//! What sources of credentials need of the machine that this runs on: files, commands, the home folder.
//!
//! Environment variables are settings, and come with them.

use std::time::Duration;

use zeroize::Zeroizing;

use crate::time::Seconds;

/// The longest file, and the longest output of a command, that is read, in bytes.
pub const LONGEST_FILE: usize = 1024 * 1024;

/// How long a command may run. Source: `aliyun` and `@alicloud/credentials` give it a minute.
pub const LONGEST_RUN: Duration = Duration::from_secs(60);

/// A machine with files and commands. Where a front end has none, the defaults answer that there is nothing.
#[expect(async_fn_in_trait, reason = "the core runs on one thread; no future of it has to be Send")]
pub trait Host {
    /// The bytes of a file, [`LONGEST_FILE`] at most.
    async fn read_file(&self, _path: &str) -> Result<Zeroizing<Vec<u8>>, HostError> {
        Err(HostError::NotFound)
    }

    /// Runs a program with its arguments, by no shell, and returns what it writes to its standard output. It
    /// is ended after [`LONGEST_RUN`].
    async fn run(&self, _command: &[String]) -> Result<Zeroizing<Vec<u8>>, HostError> {
        Err(HostError::NotFound)
    }

    /// The home folder; none where there is none.
    fn home(&self) -> Option<String> {
        None
    }

    /// Credentials of a profile that needs a login in a browser, as JSON in the shape of a credentials URI's
    /// answer. `profile` is its name, `file` where it stands.
    async fn log_in(&self, _profile: &str, _file: &str) -> Result<Zeroizing<Vec<u8>>, HostError> {
        Err(HostError::NotFound)
    }

    /// Whether paths are those of Windows, where a backslash is no escape.
    fn is_windows(&self) -> bool {
        false
    }
}

/// Why a file was not read, or a command gave no output. Holds no content of either.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// There is no such file or program.
    #[error("there is no such file")]
    NotFound,
    /// It cannot be read or started. Holds the system's code, such as `EACCES`.
    #[error("error {0}")]
    Unreadable(String),
    /// It is longer than [`LONGEST_FILE`].
    #[error("it is longer than {LONGEST_FILE} bytes")]
    TooLong,
    /// A command ended with a status other than 0.
    #[error("it ended with status {0}")]
    Status(i32),
    /// A command did not end in time.
    #[error("it did not end in {}", Seconds(LONGEST_RUN))]
    TimedOut,
}
