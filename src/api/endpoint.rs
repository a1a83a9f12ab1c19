//! Where requests go.

use std::fmt;
use std::net::Ipv4Addr;

use crate::diagnostic::quote;

/// Scheme and host, the latter with its port when it is not the scheme's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    scheme: &'static str,
    host: String,
}

impl Endpoint {
    /// A text that is no endpoint, for a message. One with a user name or a query is not shown: a password stands
    /// beside them.
    pub fn shown(text: &str) -> String {
        if text.contains(['@', '?', '#']) {
            "(not shown, since it may hold a password)".to_owned()
        } else {
            quote(text)
        }
    }

    /// An endpoint by its host, over https.
    pub(crate) fn https(host: String) -> Self {
        Self { scheme: "https", host }
    }

    /// Reads a host, a host:port or a URL without a path. Plain HTTP only where it is written.
    ///
    /// # Errors
    /// [`NotAnEndpoint`] for a path, a query, a user name, or another scheme.
    pub fn parse(text: &str) -> Result<Self, NotAnEndpoint> {
        // Neither a scheme nor a host has a case.
        let text = text.to_ascii_lowercase();
        let (scheme, rest, default_port) = match text.split_once("://") {
            Some(("https", rest)) => ("https", rest, ":443"),
            Some(("http", rest)) => ("http", rest, ":80"),
            Some(_) => return Err(NotAnEndpoint),
            None => ("https", text.as_str(), ":443"),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let rest = rest.strip_suffix(default_port).unwrap_or(rest);
        let (name, port) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((address, "")) => (address, None),
            // What follows the address is a port and nothing else: behind an `@` would be another host.
            Some((address, port)) => (address, Some(port.strip_prefix(':').unwrap_or_default())),
            None => match rest.split_once(':') {
                Some((name, port)) => (name, Some(port)),
                None => (rest, None),
            },
        };
        let bracketed = rest.starts_with('[');
        let named = !name.is_empty()
            && name.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || if bracketed { byte == b':' } else { b"-._".contains(&byte) }
            });
        let ported = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port != 0));
        if named && ported { Ok(Self { scheme, host: rest.to_owned() }) } else { Err(NotAnEndpoint) }
    }

    /// The `host` header: part of what is signed.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether requests would cross a network in plain text.
    pub fn is_exposed(&self) -> bool {
        let name = match self.host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => self.host.as_str(),
        };
        let is_loopback = name == "localhost"
            || name == "[::1]"
            || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
        self.scheme == "http" && !is_loopback
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)
    }
}

/// The text is not an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a host, a host:port, or an http or https URL without a path")]
pub struct NotAnEndpoint;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_a_host_a_host_and_port_or_a_url() {
        let shown = |text| Endpoint::parse(text).map(|endpoint| endpoint.to_string());
        assert_eq!(shown("ecs.example.com"), Ok("https://ecs.example.com".into()));
        assert_eq!(shown("https://ecs.example.com:443/"), Ok("https://ecs.example.com".into()));
        assert_eq!(shown("localhost:8443"), Ok("https://localhost:8443".into()));
        assert_eq!(shown("HTTPS://ECS.Example.com"), Ok("https://ecs.example.com".into()));
        assert_eq!(shown("Http://127.0.0.1:80"), Ok("http://127.0.0.1".into()));
        assert_eq!(shown("http://127.0.0.1:9000"), Ok("http://127.0.0.1:9000".into()));
        assert_eq!(shown("http://[::1]:9000"), Ok("http://[::1]:9000".into()));
        for bad in [
            "",
            "ftp://host",
            "https://user@host",
            "https://host/path",
            "host?x",
            "host:0",
            "host:x",
            "a b",
            "[::1]@host",
            "[::1]x",
        ] {
            assert_eq!(shown(bad), Err(NotAnEndpoint), "{bad}");
        }
    }

    #[test]
    fn plain_http_is_exposed_beyond_this_machine_only() {
        let exposed = |text| Endpoint::parse(text).map(|endpoint| endpoint.is_exposed());
        assert_eq!(exposed("https://ecs.example.com"), Ok(false));
        for remote in [
            "http://ecs.example.com",
            "http://127.evil.example",
            "http://127.0.0.1.example",
            "http://128.0.0.1",
        ] {
            assert_eq!(exposed(remote), Ok(true), "{remote}");
        }
        for local in ["http://127.0.0.1:1", "http://127.1.2.3", "http://localhost", "http://[::1]:1"] {
            assert_eq!(exposed(local), Ok(false), "{local}");
        }
    }
}
