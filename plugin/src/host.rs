//! Files, commands and the home folder, for the core's sources of credentials.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::process::Stdio;

use alicloud_image_share::api::{Host, HostError, LONGEST_FILE, LONGEST_RUN};
use tokio::io::AsyncReadExt;
use tokio::process::Command;
use zeroize::Zeroizing;

use crate::http::Network;

type Bytes = Result<Zeroizing<Vec<u8>>, HostError>;

/// One byte more than may be read shows that there is more.
const READ: u64 = LONGEST_FILE as u64 + 1;

impl Host for Network {
    async fn read_file(&self, path: &str) -> Bytes {
        let path = path.to_owned();
        // Apart from the thread of all calls: a file may be on a network.
        let read = tokio::task::spawn_blocking(move || {
            let mut content = Zeroizing::new(Vec::new());
            File::open(path)?.take(READ).read_to_end(&mut content)?;
            io::Result::Ok(content)
        });
        within_limit(read.await.map_err(|_| HostError::Unreadable("unknown".into()))?)
    }

    async fn run(&self, command: &[String]) -> Bytes {
        let Some((program, arguments)) = command.split_first() else { return Err(HostError::NotFound) };
        let started = Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| is_passed_on(name)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // What it says there may repeat a secret, and the engine shows a plugin's stderr.
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn();
        let mut child = started.map_err(|error| failure(&error))?;
        let output = async {
            let mut content = Zeroizing::new(Vec::new());
            if let Some(stdout) = child.stdout.take() {
                stdout.take(READ).read_to_end(&mut content).await?;
            }
            // A command that writes more is not waited for: it is killed with its handle.
            let is_too_long = content.len() > LONGEST_FILE;
            let status = if is_too_long { None } else { Some(child.wait().await?) };
            io::Result::Ok((status, content))
        };
        let ended = tokio::select! {
            ended = tokio::time::timeout(LONGEST_RUN, output) => ended.map_err(|_| HostError::TimedOut)?,
            () = self.stopped() => return Err(HostError::Unreadable("cancelled".into())),
        };
        match ended {
            Ok((Some(status), _)) if !status.success() => Err(HostError::Status(status.code().unwrap_or(-1))),
            Ok((_, content)) => within_limit(Ok(content)),
            Err(error) => Err(failure(&error)),
        }
    }

    fn home(&self) -> Option<String> {
        std::env::home_dir()?.into_os_string().into_string().ok().filter(|home| !home.is_empty())
    }

    fn is_windows(&self) -> bool {
        cfg!(windows)
    }
}

/// Pulumi's own secrets, such as the passphrase of the stack, stay here.
fn is_passed_on(name: &OsStr) -> bool {
    !name.as_encoded_bytes().starts_with(b"PULUMI_")
}

fn within_limit(read: io::Result<Zeroizing<Vec<u8>>>) -> Bytes {
    match read {
        Ok(content) if content.len() > LONGEST_FILE => Err(HostError::TooLong),
        Ok(content) => Ok(content),
        Err(error) => Err(failure(&error)),
    }
}

fn failure(error: &io::Error) -> HostError {
    match error.kind() {
        ErrorKind::NotFound => HostError::NotFound,
        ErrorKind::PermissionDenied => HostError::Unreadable("EACCES".into()),
        ErrorKind::IsADirectory => HostError::Unreadable("EISDIR".into()),
        kind => HostError::Unreadable(kind.to_string()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::engine_log::EngineLog;
    use crate::proxy::Proxies;
    use crate::stop::Stop;

    fn shell(script: &str) -> Vec<String> {
        ["/bin/sh", "-c", script].map(str::to_owned).to_vec()
    }

    #[tokio::test]
    async fn a_command_gives_its_output_or_its_status() {
        let host = Network::new(Stop::default(), EngineLog::default(), Proxies::default());
        let output = host.run(&shell("echo out; echo err >&2")).await;
        assert_eq!(output.as_deref().map(Vec::as_slice), Ok(&b"out\n"[..]));
        assert_eq!(host.run(&shell("exit 3")).await, Err(HostError::Status(3)));
        assert_eq!(host.run(&["/no/such/program".to_owned()]).await, Err(HostError::NotFound));
        assert_eq!(host.run(&[]).await, Err(HostError::NotFound));
        let endless = "while echo 0123456789012345678901234567890123456789; do :; done";
        assert_eq!(host.run(&shell(&format!("{endless} | head -c 2000000"))).await, Err(HostError::TooLong));
    }

    #[test]
    fn a_command_gets_the_environment_but_for_pulumis_own() {
        for (name, passed_on) in [
            ("PULUMI_CONFIG", false),
            ("PULUMI_CONFIG_PASSPHRASE", false),
            ("PULUMI_ACCESS_TOKEN", false),
            ("PATH", true),
            ("HOME", true),
        ] {
            assert_eq!(is_passed_on(OsStr::new(name)), passed_on, "{name}");
        }
    }

    #[tokio::test]
    async fn a_command_ends_at_the_word_to_stop() {
        let stop = Stop::default();
        let host = Network::new(stop.clone(), EngineLog::default(), Proxies::default());
        stop.stop();
        assert_eq!(host.run(&shell("sleep 1000")).await, Err(HostError::Unreadable("cancelled".into())));
    }

    #[tokio::test]
    async fn a_file_is_read_up_to_its_limit() {
        let host = Network::new(Stop::default(), EngineLog::default(), Proxies::default());
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        assert!(host.read_file(manifest).await.is_ok_and(|content| content.starts_with(b"[package]")));
        assert_eq!(host.read_file("/dev/zero").await, Err(HostError::TooLong));
        assert_eq!(host.read_file("/no/such/file").await, Err(HostError::NotFound));
        let folder = host.read_file(env!("CARGO_MANIFEST_DIR")).await;
        assert_eq!(folder, Err(HostError::Unreadable("EISDIR".into())));
    }
}
