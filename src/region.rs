//! Regions and the endpoints that answer for them.

use std::fmt;

/// A region id such as `cn-hangzhou`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

/// Regions that the rule `ecs.<region>.aliyuncs.com` does not reach.
///
/// Source: the endpoint map of `@alicloud/ecs20140526` 7.11.6. It also sends `cn-hangzhou` to an older
/// name; the endpoint documentation (2026-01) has the uniform one, and so do we.
const ENDPOINTS: &[(&str, &[&str])] = &[
    (
        "ecs.aliyuncs.com",
        &[
            "ap-northeast-2-pop",
            "cn-beijing-finance-pop",
            "cn-beijing-gov-1",
            "cn-hangzhou-finance",
            "cn-hongkong-finance-pop",
            "cn-north-2-gov-1",
            "cn-shanghai-inner",
            "cn-shenzhen-inner",
            "cn-wuhan",
            "cn-yushanfang",
            "cn-zhangbei",
            "rus-west-1-pop",
        ],
    ),
    ("ecs-cn-hangzhou.aliyuncs.com", &["cn-fujian", "cn-shanghai-finance-1", "cn-shenzhen-finance-1"]),
    ("ecs.cn-qingdao-nebula.aliyuncs.com", &["cn-edge-1", "cn-huhehaote-nebula-1", "cn-zhengzhou-nebula-1"]),
];

impl Region {
    /// Reads a region id.
    ///
    /// # Errors
    /// [`NotARegion`] for anything but lower-case letters and digits in two or more parts.
    pub fn parse(text: &str) -> Result<Self, NotARegion> {
        let part = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.len() <= 64 && text.contains('-') && text.split('-').all(part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotARegion)
        }
    }

    /// The region that stands for STS, whose calls name none.
    pub fn central() -> Self {
        Self("cn-hangzhou".into())
    }

    /// The id as the API takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The public ECS endpoint of the region.
    pub fn endpoint(&self) -> Endpoint {
        let special = ENDPOINTS.iter().find(|(_, regions)| regions.contains(&self.as_str()));
        let host = match special {
            Some((host, _)) => (*host).to_owned(),
            None => format!("ecs.{self}.aliyuncs.com"),
        };
        Endpoint { scheme: "https", host }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The text is not a region id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a region id such as cn-hangzhou")]
pub struct NotARegion;

/// Where requests go: scheme and host, the latter with its port when it is not the scheme's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    scheme: &'static str,
    host: String,
}

impl Endpoint {
    /// Reads a host, a host:port or a URL without a path. Plain HTTP only where it is written.
    ///
    /// # Errors
    /// [`NotAnEndpoint`] for a path, a query, a user name, or another scheme.
    pub fn parse(text: &str) -> Result<Self, NotAnEndpoint> {
        let (scheme, rest, default_port) = match text.split_once("://") {
            Some(("https", rest)) => ("https", rest, ":443"),
            Some(("http", rest)) => ("http", rest, ":80"),
            Some(_) => return Err(NotAnEndpoint),
            None => ("https", text, ":443"),
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
        if named && ported {
            Ok(Self { scheme, host: rest.to_ascii_lowercase() })
        } else {
            Err(NotAnEndpoint)
        }
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
        let loopback = name == "localhost" || name == "[::1]" || name.starts_with("127.");
        self.scheme == "http" && !loopback
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
        assert_eq!(exposed("http://ecs.example.com"), Ok(true));
        assert_eq!(exposed("https://ecs.example.com"), Ok(false));
        for local in ["http://127.0.0.1:1", "http://localhost", "http://[::1]:1"] {
            assert_eq!(exposed(local), Ok(false), "{local}");
        }
    }

    #[test]
    fn a_region_has_its_endpoint() -> Result<(), NotARegion> {
        let host = |region| Region::parse(region).map(|region| region.endpoint().host().to_owned());
        assert_eq!(host("cn-hangzhou")?, "ecs.cn-hangzhou.aliyuncs.com");
        assert_eq!(host("eu-central-1")?, "ecs.eu-central-1.aliyuncs.com");
        assert_eq!(host("cn-shenzhen-finance-1")?, "ecs-cn-hangzhou.aliyuncs.com");
        assert_eq!(host("cn-edge-1")?, "ecs.cn-qingdao-nebula.aliyuncs.com");
        Ok(())
    }
}
