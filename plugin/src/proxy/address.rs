//! The address of a proxy, as a variable has it.

use std::net::Ipv6Addr;

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper::Uri;
use hyper::header::HeaderValue;

/// A proxy: where it is, and who asks.
#[derive(Clone, Debug)]
pub struct Proxy {
    uri: Uri,
    /// Marked as sensitive: it has the password.
    authorization: Option<HeaderValue>,
}

impl Proxy {
    /// Reads the value of a variable; one without a scheme speaks http.
    ///
    /// # Errors
    /// The name of the variable and what is wrong with its value, which may hold a password and is not shown.
    pub fn parse(variable: &str, text: &str) -> Result<Self, Diagnostic> {
        let (scheme, rest) = match text.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => ("http".to_owned(), text),
        };
        if !matches!(scheme.as_str(), "http" | "https") {
            let what = format!("{variable} names a proxy that speaks `{scheme}`, which is not supported");
            return Err(Diagnostic::new(Code::SettingMalformed, what, [])
                .with_help("set it to a proxy that speaks http or https, or clear it"));
        }
        Self::parts(&scheme, rest).ok_or_else(|| {
            let what = format!("{variable} is not the address of a proxy");
            Diagnostic::new(Code::SettingMalformed, what, [])
                .with_help("write it as http://host:port or http://user:password@host:port, and percent-encode special characters of the password, such as %23 for #")
        })
    }

    /// Where the proxy is.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// What the proxy is told of who asks.
    pub fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }

    fn parts(scheme: &str, rest: &str) -> Option<Self> {
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        // A password with a raw `#`, `?` or `/` ends the host's part early: another host would be asked.
        if rest.contains(['/', '?', '#', '\\'])
            || rest.contains(|c: char| c.is_whitespace() || c.is_control())
        {
            return None;
        }
        let (user, host) = match rest.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, rest),
        };
        if !is_host(host) {
            return None;
        }
        let authorization = match user {
            Some(user) if !user.is_empty() => {
                let (name, password) = user.split_once(':').unwrap_or((user, ""));
                let credentials = format!("{}:{}", decoded(name)?, decoded(password)?);
                let text = format!("Basic {}", BASE64_STANDARD.encode(credentials));
                let mut value = HeaderValue::try_from(text).ok()?;
                value.set_sensitive(true);
                Some(value)
            }
            _ => None,
        };
        let uri = Uri::builder().scheme(scheme).authority(host).path_and_query("/").build().ok()?;
        Some(Self { uri, authorization })
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
}

/// Whether it is a name or an address, with a port or without. A port alone is an address to some readers.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        Some((address, port)) if address.parse::<Ipv6Addr>().is_ok() => {
            (address, if port.is_empty() { None } else { Some(port.strip_prefix(':').unwrap_or("none")) })
        }
        Some(_) => return false,
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let is_number = host.chars().all(|c| c.is_ascii_digit());
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port != 0) && !port.starts_with('+');
    !is_number && port.is_none_or(is_port)
}

/// A text without its percent-encoding; none where that is broken.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Proxy, String> {
        Proxy::parse("HTTPS_PROXY", text).map_err(|why| why.sentences())
    }

    #[test]
    fn user_and_password_are_decoded_and_are_no_part_of_the_address() -> Result<(), String> {
        for (text, uri, credentials) in [
            ("http://ops:pa%23ss@proxy.test:3128", "http://proxy.test:3128/", "ops:pa#ss"),
            ("ops:pa%40ss%3Aword@proxy.test", "http://proxy.test/", "ops:pa@ss:word"),
            ("https://ops@proxy.test:1/", "https://proxy.test:1/", "ops:"),
            ("http://ops:p@ss@10.0.0.1:1", "http://10.0.0.1:1/", "ops:p@ss"),
            ("http://%C3%BCser:%E4%B8%AD@[fd00::1]:1", "http://[fd00::1]:1/", "üser:中"),
        ] {
            let proxy = parsed(text)?;
            assert_eq!(proxy.uri().to_string(), uri);
            let expected = format!("Basic {}", BASE64_STANDARD.encode(credentials));
            assert_eq!(proxy.authorization().map(HeaderValue::as_bytes), Some(expected.as_bytes()));
            assert!(!format!("{proxy:?}").contains(&expected), "{proxy:?}");
        }
        assert_eq!(parsed("HTTP://proxy.test")?.authorization(), None);
        Ok(())
    }

    #[test]
    fn what_is_no_address_is_refused_by_the_name_of_its_variable_and_is_not_shown() {
        let malformed = "HTTPS_PROXY is not the address of a proxy. Write it as http://host:port or http://user:password@host:port, and percent-encode special characters of the password, such as %23 for #. [setting-malformed]";
        for text in [
            "http://ops:pa#ss@proxy.test:3128",
            "http://ops:12?x@proxy.test:3128",
            "http://ops:12/x@proxy.test:3128",
            "http://ops:100%@proxy.test:3128",
            "http://ops:%ff@proxy.test:3128",
            "proxy.test:3128/path",
            "proxy.test:port",
            "proxy.test:65536",
            "proxy.test:",
            "http://proxy.test:/",
            "proxy.test:0",
            "[::1]:00",
            "3128",
            "http://3128",
            "http://3128/",
            "::1:3128",
            "[::1]3128",
            "[x]:1",
            "http://",
            "http://:3128",
            "http://a b.test:1",
            "http://a\u{7}b.test:1",
            "://proxy.test",
        ] {
            assert_eq!(parsed(text).map(|_| ()), Err(malformed.to_owned()), "{text}");
        }
        for scheme in ["socks5", "SOCKS5H", "ftp"] {
            let refusal = Proxy::parse("all_proxy", &format!("{scheme}://proxy.test:1")).map(|_| ());
            assert_eq!(
                refusal.map_err(|why| why.sentences()),
                Err(format!(
                    "all_proxy names a proxy that speaks `{}`, which is not supported. Set it to a proxy that speaks http or https, or clear it. [setting-malformed]",
                    scheme.to_ascii_lowercase()
                ))
            );
        }
    }
}
