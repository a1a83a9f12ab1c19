//! `pulumi-resource-alicloud-image-share`: the plugin that Pulumi's engine starts.

use std::alloc::System;
use std::io::{self, Write};
use std::process::ExitCode;

use alicloud_image_share::wiping::Wiping;
use image_share_plugin::lifetime::LONELY;
use image_share_plugin::server::Listening;
use tokio::runtime::Builder;

/// The engine's copy of the stack config, with secrets in plain text. Settings come by Configure.
const CONFIG: &str = "PULUMI_CONFIG";

/// Settings and credentials are in messages of the engine, too.
#[global_allocator]
static ALLOCATOR: Wiping<System> = Wiping(System);

fn main() -> ExitCode {
    #[expect(unsafe_code, reason = "no other thread exists yet that could read the environment")]
    // SAFETY: the process has one thread.
    unsafe {
        std::env::remove_var(CONFIG);
    }
    let argument = std::env::args().nth(1);
    if matches!(argument.as_deref(), Some("--version" | "-v")) {
        return exit(writeln!(io::stdout(), "{}", image_share_plugin::VERSION));
    }
    if argument.as_deref() == Some("--schema") {
        return exit(writeln!(io::stdout(), "{:#}", image_share_plugin::schema::package()));
    }
    let runtime = Builder::new_current_thread().enable_all().build();
    exit(runtime.and_then(|runtime| runtime.block_on(run(argument.filter(|text| !text.starts_with('-'))))))
}

async fn run(engine: Option<String>) -> io::Result<()> {
    let listening = Listening::open(engine.as_deref()).await?;
    // Before the port is known: from then on a signal may come.
    let stop = signal();
    // The engine reads the port from the first line.
    let mut stdout = io::stdout();
    writeln!(stdout, "{}", listening.port()?)?;
    stdout.flush()?;
    listening.serve(stop, LONELY).await.map_err(io::Error::other)
}

/// Takes signals from now on, and waits for the word to end.
#[cfg(unix)]
fn signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        let (Ok(mut interrupt), Ok(mut terminate)) = signals else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Waits for the word to end.
#[cfg(not(unix))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

fn exit(outcome: io::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Whoever closed stderr does not read this.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
