//! A URL that answers with temporary credentials.

use super::{Failed, Sources, read_answer, request, within};
use crate::api::{Endpoint, Transport};
use crate::secret::Secret;
use crate::sts::IssuedCredentials;

impl<T: Transport> Sources<'_, T> {
    /// Asks a credentials URI. None of it is shown: it may hold a password.
    pub(super) async fn uri(&self, uri: &Secret) -> Result<IssuedCredentials, Failed> {
        let (endpoint, path) = split(uri.expose())
            .ok_or_else(|| Failed::because("it is not a URL of http or https without a user name"))?;
        let mut request = request("GET", endpoint, path);
        request.headers.push(("accept", "application/json".into()));
        let (status, body) = self.fetch(request, within(5, 10)).await?;
        read_answer(status, body)
    }
}

/// The endpoint of a URL, and the rest: path and query as they are written.
fn split(uri: &str) -> Option<(Endpoint, String)> {
    let uri = uri.trim();
    let (scheme, rest) = uri.split_once("://")?;
    let uri_end = rest.find('#').unwrap_or(rest.len());
    let rest = rest.get(..uri_end)?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let endpoint = Endpoint::parse(&format!("{scheme}://{}", rest.get(..end)?)).ok()?;
    let path = rest.get(end..).filter(|path| !path.is_empty()).unwrap_or("/");
    let path = if path.starts_with('?') { format!("/{path}") } else { path.to_owned() };
    Some((endpoint, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_an_endpoint_a_path_and_a_query() {
        let at = |uri| split(uri).map(|(endpoint, path)| format!("{endpoint} {path}"));
        assert_eq!(at("http://127.0.0.1:8080/a/b?c=d").as_deref(), Some("http://127.0.0.1:8080 /a/b?c=d"));
        assert_eq!(at(" HTTPS://host/x#y\n").as_deref(), Some("https://host /x"));
        assert_eq!(at("http://host").as_deref(), Some("http://host /"));
        assert_eq!(at("http://host?a=b").as_deref(), Some("http://host /?a=b"));
        for none in ["", "host/path", "ftp://host/", "http://user:word@host/", "http:///x"] {
            assert_eq!(at(none), None, "{none}");
        }
    }
}
