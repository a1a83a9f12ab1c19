//! The proxies that the environment names: by the same variables, and in the same words, as the dynamic provider.

mod address;
mod exceptions;
mod tunnel;

use alicloud_image_share::diagnostic::Diagnostic;
use hyper::Uri;

pub use address::Proxy;
use exceptions::Exceptions;
pub use tunnel::tunnel;

/// The variables that name a proxy, the strongest first: as curl has them, and HTTP_PROXY, which Node and Go read too.
const HTTP: &[&str] = &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
const HTTPS: &[&str] = &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const EXCEPTIONS: &[&str] = &["no_proxy", "NO_PROXY"];

/// The proxy of each scheme, and the hosts that go by none.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    exceptions: Exceptions,
}

impl Proxies {
    /// The proxies that variables name. One that is blank counts as none.
    ///
    /// # Errors
    /// A variable that is in force does not hold the address of a proxy.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Diagnostic> {
        let in_force = |names: &[&'static str]| {
            names.iter().find_map(|name| {
                let text = variable(name)?.trim().to_owned();
                (!text.is_empty()).then_some((*name, text))
            })
        };
        let proxy = |names| in_force(names).map(|(name, text)| Proxy::parse(name, &text)).transpose();
        let exceptions = in_force(EXCEPTIONS).map(|(_, text)| Exceptions::parse(&text));
        Ok(Self { http: proxy(HTTP)?, https: proxy(HTTPS)?, exceptions: exceptions.unwrap_or_default() })
    }

    /// Whether everything goes by no proxy.
    pub fn is_empty(&self) -> bool {
        self.http.is_none() && self.https.is_none()
    }

    /// The proxy that a request goes by.
    pub fn proxy(&self, target: &Uri) -> Option<&Proxy> {
        let proxy = match target.scheme_str() {
            Some("https") => self.https.as_ref(),
            _ => self.http.as_ref(),
        };
        proxy.filter(|_| !self.exceptions.contain(target))
    }
}

/// The port of an address: its scheme's where it names none.
fn port_of(uri: &Uri) -> u16 {
    uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Result<Proxies, Diagnostic> {
        Proxies::of(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
        })
    }

    fn by(variables: &[(&str, &str)], target: &'static str) -> Option<String> {
        let proxies = proxies(variables).ok()?;
        proxies.proxy(&Uri::from_static(target)).map(|proxy| proxy.uri().to_string())
    }

    const HTTP: &str = "http://ecs.example.test/";
    const HTTPS: &str = "https://ecs.example.test/";

    #[test]
    fn each_scheme_has_its_own_proxy_and_another_for_what_has_none() {
        let both = [("HTTP_PROXY", "http://a.test:1"), ("HTTPS_PROXY", "b.test:2")];
        assert_eq!(by(&both, HTTP).as_deref(), Some("http://a.test:1/"));
        assert_eq!(by(&both, HTTPS).as_deref(), Some("http://b.test:2/"));
        let all = [("HTTP_PROXY", "a.test:1"), ("all_proxy", "https://c.test")];
        assert_eq!(by(&all, HTTP).as_deref(), Some("http://a.test:1/"));
        assert_eq!(by(&all, HTTPS).as_deref(), Some("https://c.test/"));
    }

    #[test]
    fn the_lower_case_spelling_wins_and_a_blank_one_counts_as_none() {
        let both = [("HTTP_PROXY", "upper.test"), ("http_proxy", " lower.test:1\n")];
        assert_eq!(by(&both, HTTP).as_deref(), Some("http://lower.test:1/"));
        let blank = [("HTTP_PROXY", "upper.test"), ("http_proxy", " \t")];
        assert_eq!(by(&blank, HTTP).as_deref(), Some("http://upper.test/"));
    }

    #[test]
    fn what_no_variable_names_a_proxy_for_and_what_is_excepted_go_by_none() {
        let none: &[&[(&str, &str)]] = &[
            &[],
            &[("HTTPS_PROXY", "a.test:1")],
            &[("ALL_PROXY", " ")],
            &[("HTTP_PROXY", "a.test"), ("no_proxy", " "), ("NO_PROXY", "*")],
            &[("HTTP_PROXY", "a.test"), ("no_proxy", ".test"), ("NO_PROXY", "other")],
        ];
        for variables in none {
            let goes = proxies(variables).map(|proxies| proxies.proxy(&Uri::from_static(HTTP)).is_some());
            assert_eq!(goes, Ok(false), "{variables:?}");
        }
    }

    #[test]
    fn a_variable_that_is_not_in_force_is_not_judged() {
        assert!(proxies(&[("http_proxy", "a.test"), ("HTTP_PROXY", "3128")]).is_ok());
        assert!(proxies(&[("HTTP_PROXY", "3128")]).is_err());
    }
}
