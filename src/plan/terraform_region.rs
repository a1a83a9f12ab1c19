//! The region of Terraform's resources: that of their provider, as the program in the plan configures it.

use super::collector::Collector;
use super::declared::ABSENT;
use crate::interner::Interner;
use crate::value::Value;

impl Collector {
    /// Gives the resources the regions of their providers, once the whole plan was read.
    pub(super) fn place(&mut self) {
        let configuration = std::mem::take(&mut self.configuration);
        let mut providers = Providers::default();
        providers.learn(configuration.get("root_module"), "");
        for (index, entry) in self.entries.iter_mut().enumerate() {
            let Some(provider) = providers.of(self.urns.text(index as u32)) else { continue };
            let provider = configuration.get("provider_config").get(provider);
            let Some(region) = region(provider, &self.variables) else { continue };
            let region = self.texts.intern(region.as_bytes());
            for declared in [&mut entry.old, &mut entry.new].into_iter().flatten() {
                if declared.region == ABSENT {
                    declared.region = region;
                }
            }
        }
    }
}

/// The providers of resources, by the address in the program.
#[derive(Default)]
struct Providers<'a> {
    addresses: Interner,
    /// The key of the provider of each of them.
    keys: Vec<&'a str>,
}

impl<'a> Providers<'a> {
    /// Learns those of a module and of the modules that it calls.
    fn learn(&mut self, module: &'a Value, prefix: &str) {
        for resource in module.get("resources").items() {
            let address = [prefix, resource.text_at("address")].concat();
            if self.addresses.number(&address).1 {
                self.keys.push(resource.text_at("provider_config_key"));
            }
        }
        for (name, call) in module.get("module_calls").entries() {
            self.learn(call.get("module"), &[prefix, "module.", name, "."].concat());
        }
    }

    fn of(&self, address: &str) -> Option<&'a str> {
        if self.keys.is_empty() {
            return None;
        }
        self.keys.get(self.addresses.find(&without_keys(address))?).copied()
    }
}

/// The region of a provider; none where the program does not say it in plain text or by a variable.
fn region<'a>(provider: &'a Value, variables: &'a Value) -> Option<&'a str> {
    let region = provider.get("expressions").get("region");
    region.get("constant_value").text().or_else(|| {
        let name = region.get("references").items().first()?.text()?.strip_prefix("var.")?;
        variables.get(name).get("value").text()
    })
}

/// An address without the keys of `count` and `for_each`, which may hold anything in quotes.
fn without_keys(address: &str) -> String {
    let mut plain = String::with_capacity(address.len());
    let (mut is_key, mut is_quoted) = (false, false);
    let mut letters = address.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if is_quoted => {
                letters.next();
            }
            '"' if is_key => is_quoted = !is_quoted,
            '[' if !is_key => is_key = true,
            ']' if !is_quoted => is_key = false,
            letter if !is_key => plain.push(letter),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_an_address_may_hold_anything() {
        for (address, plain) in [
            ("type.name", "type.name"),
            ("type.name[0]", "type.name"),
            (r#"module.a["x].\"[.y"].module.b[1].type.name["a.b"]"#, "module.a.module.b.type.name"),
        ] {
            assert_eq!(without_keys(address), plain);
        }
    }
}
