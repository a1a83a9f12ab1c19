//! The plugin as it is published: where its repository is, and what follows from that.

/// The version of the plugin and its SDKs.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The repository, which Cargo.toml alone names: `https://github.com/<owner>/<name>`.
pub const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// The repository without its scheme and host: `<owner>/<name>`.
fn slug() -> &'static str {
    REPOSITORY.trim_start_matches("https://github.com/")
}

/// Who publishes the plugin.
#[must_use]
pub fn publisher() -> &'static str {
    slug().split('/').next().unwrap_or_default()
}

/// Where Pulumi gets the plugin from when a program first needs it: the releases of the repository.
///
/// Source: the `--server` of `pulumi plugin install`.
#[must_use]
pub fn download_url() -> String {
    format!("github://api.github.com/{}", slug())
}

/// The path of the Go module in `sdk/go`, which is its folder in the repository.
///
/// Source: <https://go.dev/ref/mod#vcs-version>.
#[must_use]
pub fn go_module() -> String {
    format!("github.com/{}/sdk/go", slug())
}

/// The name that the engine gives the provider of programs that declare none.
///
/// Source: `ProviderRequest.DefaultName` in pkg/resource/deploy/providers of pulumi/pulumi.
pub(super) fn default_provider() -> String {
    let version = VERSION.replace(['.', '-', '+'], "_");
    // Empty parts of the path go, and the scheme's colon becomes an underscore.
    let url = download_url().replace("://", "_/");
    format!("default_{version}_{url}")
}
