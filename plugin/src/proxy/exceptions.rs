//! NO_PROXY: names with all below them, addresses, networks, each with a port or without, or `*`; separated by commas
//! or white space, as curl reads it.

use std::net::IpAddr;

use hyper::Uri;

use super::port_of;

/// Hosts that go by no proxy.
#[derive(Clone, Debug, Default)]
pub(super) struct Exceptions(Vec<Exception>);

#[derive(Clone, Debug)]
enum Exception {
    All,
    Network(IpAddr, u32),
    Host { name: Name, port: Option<u16> },
}

#[derive(Clone, Debug)]
enum Name {
    Address(IpAddr),
    Domain(String),
}

impl Exceptions {
    pub(super) fn parse(text: &str) -> Self {
        let entries = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|entry| !entry.is_empty());
        Self(entries.map(Exception::parse).collect())
    }

    /// Whether a request goes by no proxy.
    pub(super) fn contain(&self, target: &Uri) -> bool {
        let host = bare(target.host().unwrap_or_default()).trim_end_matches('.').to_ascii_lowercase();
        let (address, port) = (host.parse().ok(), port_of(target));
        self.0.iter().any(|exception| exception.matches(&host, address, port))
    }
}

impl Exception {
    fn parse(entry: &str) -> Self {
        if entry == "*" {
            return Self::All;
        }
        if let Some((address, bits)) = entry.split_once('/')
            && let (Ok(address), Ok(bits)) = (bare(address).parse::<IpAddr>(), bits.parse())
            && bits <= if address.is_ipv4() { 32 } else { 128 }
        {
            return Self::Network(address, bits);
        }
        // An address of version 6 has colons of its own.
        let with_port = entry.rsplit_once(':').filter(|(name, _)| name.ends_with(']') || !name.contains(':'));
        let (name, port) = match with_port.map(|(name, port)| (name, port.parse())) {
            Some((name, Ok(port))) => (name, Some(port)),
            _ => (entry, None),
        };
        let name = bare(name);
        let name = name.strip_prefix('*').filter(|name| name.starts_with('.')).unwrap_or(name);
        let name = name.strip_prefix('.').unwrap_or(name).trim_end_matches('.').to_ascii_lowercase();
        let name = name.parse().map_or(Name::Domain(name), Name::Address);
        Self::Host { name, port }
    }

    fn matches(&self, host: &str, address: Option<IpAddr>, target: u16) -> bool {
        match self {
            Self::All => true,
            Self::Network(network, bits) => {
                address.is_some_and(|address| is_within(address, *network, *bits))
            }
            Self::Host { name, port } => {
                port.is_none_or(|port| port == target)
                    && match name {
                        Name::Address(known) => address == Some(*known),
                        Name::Domain(name) => {
                            host == name
                                || host.strip_suffix(name.as_str()).is_some_and(|above| above.ends_with('.'))
                        }
                    }
            }
        }
    }
}

fn is_within(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            (address.to_bits() ^ network.to_bits()).leading_zeros() >= bits
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            (address.to_bits() ^ network.to_bits()).leading_zeros() >= bits
        }
        _ => false,
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list, what goes by no proxy, and what does.
    type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

    /// The rows of the dynamic provider's test, npm/tests/no-proxy.test.ts.
    const ROWS: &[Row] = &[
        ("", &[], &["http://example.com", "http://127.0.0.1"]),
        (" , ,", &[], &["http://example.com"]),
        ("*", &["http://example.com", "http://[::1]:8080"], &[]),
        ("a.test,*", &["http://example.com"], &[]),
        (
            "example.com",
            &[
                "https://example.com",
                "https://ecs.example.com",
                "http://EXAMPLE.com:81",
                "http://example.com.",
            ],
            &["https://badexample.com", "https://example.com.evil.test", "https://example.org"],
        ),
        (".example.com", &["https://example.com", "https://ecs.example.com"], &["https://badexample.com"]),
        ("*.example.com", &["https://ecs.example.com"], &["https://badexample.com"]),
        ("Example.COM.", &["https://example.com"], &[]),
        (
            "example.com:8080",
            &["http://example.com:8080", "http://a.example.com:8080"],
            &["http://example.com", "https://example.com", "http://example.com:8081"],
        ),
        ("example.com:443", &["https://example.com"], &["http://example.com"]),
        ("example.com:80", &["http://example.com"], &["https://example.com"]),
        ("127.0.0.1", &["http://127.0.0.1:8080"], &["http://127.0.0.11", "http://localhost"]),
        ("127.0.0.1:8080", &["http://127.0.0.1:8080"], &["http://127.0.0.1"]),
        ("10.0.0.0/8", &["http://10.1.2.3", "http://10.255.0.1:81"], &["http://11.0.0.1", "http://ten.test"]),
        ("100.100.100.200/32", &["http://100.100.100.200"], &["http://100.100.100.201"]),
        ("0.0.0.0/0", &["http://8.8.8.8"], &["http://example.com", "http://[::1]"]),
        ("::1", &["http://[::1]:8080"], &["http://[::2]"]),
        ("[::1]", &["http://[::1]"], &["http://[::2]"]),
        ("[::1]:8080", &["http://[::1]:8080"], &["http://[::1]"]),
        ("0:0:0:0:0:0:0:1", &["http://[::1]"], &[]),
        ("fd00::/8", &["http://[fd12::1]"], &["http://[fe80::1]", "http://10.0.0.1"]),
        ("[fd00::]/8", &["http://[fd12::1]"], &["http://[fe80::1]"]),
        ("10.0.0.0/33,10.0.0.0/x", &[], &["http://10.0.0.1"]),
        (
            "a.test b.test\tc.test,d.test",
            &["http://a.test", "http://b.test", "http://c.test", "http://d.test"],
            &["http://e.test"],
        ),
        (".aliyuncs.com", &["https://ecs.cn-hangzhou.aliyuncs.com"], &["https://aliyuncs.com.test"]),
    ];

    #[test]
    fn each_form_excepts_what_it_names_and_nothing_else() {
        for (list, excepted, others) in ROWS {
            let exceptions = Exceptions::parse(list);
            let contains = |url: &&&str| Uri::try_from(**url).is_ok_and(|url| exceptions.contain(&url));
            assert_eq!(excepted.iter().find(|url| !contains(url)), None, "{list}");
            assert_eq!(others.iter().find(|url| contains(url)), None, "{list}");
        }
    }
}
