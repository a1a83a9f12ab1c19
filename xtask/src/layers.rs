//! `cargo xtask layers`: the direction of imports in `src/`, from the table below.
//!
//! A module imports from its own layer and from those before it, and no two modules import each other. What
//! belongs to JavaScript, and what Pulumi's engine writes, each has its module.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use crate::circles::{Arrows, circles};
use crate::imports::{Named, References};

/// Modules of `src/` that may import each other, as long as it is in one direction.
struct Layer {
    modules: &'static [&'static str],
    /// What they may import, where that is less than all layers before them.
    only: Option<&'static [&'static str]>,
}

const fn layer(modules: &'static [&'static str]) -> Layer {
    Layer { modules, only: None }
}

/// The ids and values of the first layer, which every module may import.
const VALUES: &[&str] = &[
    "account",
    "address_book",
    "complete",
    "hash",
    "image",
    "interner",
    "json",
    "known",
    "naming",
    "region",
    "secret",
    "setting_names",
    "share_id",
    "spelling",
    "time",
    "value",
    "wiping",
];

/// The core from the bottom up, as DESIGN.md has it.
const LAYERS: &[Layer] = &[
    layer(VALUES),
    layer(&["diagnostic"]),
    layer(&["rules"]),
    layer(&["state"]),
    layer(&["api"]),
    layer(&["sts"]),
    layer(&["credentials"]),
    layer(&["ecs", "resource_directory"]),
    layer(&["shares"]),
    layer(&["settings"]),
    layer(&["provider"]),
    layer(&["engine_files"]),
    // They send nothing.
    Layer {
        modules: &["plan", "policy", "adopt"],
        only: Some(&["diagnostic", "rules", "state", "engine_files"]),
    },
    layer(&["report", "audit"]),
    layer(&["wasm"]),
];

/// Names that belong to some modules.
struct Reserved {
    owners: &'static [&'static str],
    names: &'static [&'static str],
}

/// The crates of JavaScript.
const JAVASCRIPT: Reserved = Reserved {
    owners: &["wasm"],
    // `tsify` writes TypeScript types from Rust's, also of reports, and calls nothing.
    names: &["js_sys", "serde_wasm_bindgen", "wasm_bindgen", "wasm_bindgen_futures", "web_sys"],
};

/// What Pulumi's engine writes: the marker of a value that is not known, the signature of a secret, the code of
/// a dynamic provider.
const ENGINE: Reserved = Reserved {
    owners: &["engine_files", "wasm"],
    names: &["04da6b54-80e4-46f7-96ec-b56ff0331ba9", "4dabf18193072939515e22adb298388d", "__provider"],
};

/// Reads `src/` and reports every breach.
///
/// # Errors
/// There is one, or a file cannot be read.
pub fn run(src: &Path) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    list(src, src, &mut files)?;
    files.sort();
    let mut sources = Vec::new();
    for path in files {
        let Some(place) = ModulePath::of(&path) else { continue };
        let source = fs::read_to_string(src.join(&path))?;
        let names = References::read(&source, place.depth)
            .map_err(|error| format!("src/{}: {error}", path.display()))?;
        sources.push(Source { path: format!("src/{}", path.display()), module: place.module, names });
    }
    let breaches = judge(&sources);
    for breach in &breaches {
        eprintln!("{breach}");
    }
    match breaches.len() {
        0 => Ok(()),
        count => Err(format!("{count} breaches of the layers in xtask/src/layers.rs").into()),
    }
}

/// Lists the Rust files of a folder, relative to `src/`.
fn list(src: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(src, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path.strip_prefix(src)?.to_owned());
        }
    }
    Ok(())
}

/// Where a file stands in the crate.
#[derive(Debug, PartialEq, Eq)]
struct ModulePath {
    /// The top-level module it belongs to.
    module: String,
    /// How deep its module is: 1 for a top-level one.
    depth: usize,
}

impl ModulePath {
    /// None for the root of the crate, which lists all modules, and for files of tests.
    fn of(path: &Path) -> Option<Self> {
        let mut parts: Vec<_> =
            path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if parts.last().is_some_and(|last| last == "mod") {
            parts.pop();
        }
        let module = parts.first().filter(|first| *first != "lib")?.clone();
        (!parts.iter().any(|part| part == "tests")).then_some(Self { module, depth: parts.len() })
    }
}

/// A file of the crate.
struct Source {
    path: String,
    module: String,
    names: References,
}

fn judge(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut arrows = Arrows::new();
    let mut unlisted = BTreeSet::new();
    for source in sources {
        let module = source.module.as_str();
        if level(module).is_none() && unlisted.insert(module) {
            breaches.push(format!("{}:1: `{module}` is missing from the table of layers", source.path));
        }
        for named in &source.names.modules {
            if named.text == module {
                continue;
            }
            let place = format!("{}:{}", source.path, named.line);
            match import(module, &named.text) {
                Ok(()) => {}
                Err(reason) => breaches.push(format!("{place}: {reason}")),
            }
            arrows.entry((module, &named.text)).or_default().push(place);
        }
        reserved(&JAVASCRIPT, source, &source.names.identifiers, |text, name| text == name, &mut breaches);
        reserved(&ENGINE, source, &source.names.literals, |text, name| text.contains(name), &mut breaches);
    }
    breaches.extend(circles(&arrows));
    breaches
}

/// How far up a module is.
fn level(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.modules.contains(&module))
}

/// Whether a module may import another one.
fn import(module: &str, other: &str) -> Result<(), String> {
    let Some(there) = level(other) else {
        return Err(format!("`{module}` imports `{other}`, which is missing from the table of layers"));
    };
    // A module that is missing itself is reported once and not with each import.
    let Some(here) = level(module) else { return Ok(()) };
    if there > here {
        return Err(format!(
            "`{module}` (layer {}) imports `{other}` (layer {}): imports go down",
            here + 1,
            there + 1
        ));
    }
    match LAYERS.get(here).and_then(|layer| layer.only) {
        Some(only) if !only.contains(&other) && !VALUES.contains(&other) => {
            Err(format!("`{module}` imports `{other}`: it may import values and {} only", only.join(", ")))
        }
        _ => Ok(()),
    }
}

/// Reports reserved names in a file of another module.
fn reserved(
    reserved: &Reserved,
    source: &Source,
    found: &[Named],
    is: fn(&str, &str) -> bool,
    breaches: &mut Vec<String>,
) {
    let Source { path, module, .. } = source;
    if reserved.owners.contains(&module.as_str()) {
        return;
    }
    let owners = reserved.owners.join(" and ");
    for Named { text, line } in found {
        if let Some(name) = reserved.names.iter().find(|name| is(text, name)) {
            breaches
                .push(format!("{path}:{line}: `{module}` names `{name}`, which belongs to {owners} alone"));
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn breaches(files: &[(&str, &str)]) -> Vec<String> {
        let source = |(path, text): &(&str, &str)| {
            let ModulePath { module, depth } = ModulePath::of(Path::new(path)).unwrap();
            Source { path: format!("src/{path}"), module, names: References::read(text, depth).unwrap() }
        };
        judge(&files.iter().map(source).collect::<Vec<_>>())
    }

    #[test]
    fn a_file_belongs_to_the_module_at_the_top() {
        let place = |path: &str| ModulePath::of(Path::new(path)).map(|place| (place.module, place.depth));
        assert_eq!(place("error.rs"), Some(("error".into(), 1)));
        assert_eq!(place("ecs/mod.rs"), Some(("ecs".into(), 1)));
        assert_eq!(place("ecs/batch.rs"), Some(("ecs".into(), 2)));
        assert_eq!(place("plan/read/mod.rs"), Some(("plan".into(), 2)));
        assert_eq!(place("lib.rs"), None);
        assert_eq!(place("plan/tests.rs"), None);
    }

    #[test]
    fn imports_go_down_or_sideways() {
        let files = [
            ("ecs/mod.rs", "use crate::api::Client;\nuse crate::account::AccountId;"),
            ("share_id.rs", "use crate::image::ImageId;"),
            ("ecs/describe.rs", "use super::Action; use crate::ecs::Action;"),
        ];
        assert_eq!(breaches(&files), Vec::<String>::new());
    }

    #[test]
    fn an_import_upward_is_reported_with_its_place() {
        assert_eq!(
            breaches(&[("api/retry.rs", "use crate::time;\nuse crate::ecs::codes;")]),
            ["src/api/retry.rs:2: `api` (layer 5) imports `ecs` (layer 8): imports go down"]
        );
    }

    #[test]
    fn a_circle_within_a_layer_is_reported_with_its_places() {
        let files = [
            ("account.rs", "use crate::image::ImageId;"),
            ("image.rs", "\nuse crate::region::Region;"),
            ("region.rs", "\n\nuse crate::account::AccountId;"),
            ("value.rs", "use crate::account::AccountId;"),
        ];
        assert_eq!(
            breaches(&files),
            ["a circle of account, image, region:
    `account` imports `image`: src/account.rs:1
    `image` imports `region`: src/image.rs:2
    `region` imports `account`: src/region.rs:3"]
        );
    }

    #[test]
    fn a_module_that_no_layer_has_is_reported_where_it_is_and_where_it_is_imported() {
        assert_eq!(
            breaches(&[
                ("pace.rs", "use crate::time;\nuse crate::ecs;"),
                ("ecs/mod.rs", "fn f() { crate::pace::pause() }")
            ]),
            [
                "src/pace.rs:1: `pace` is missing from the table of layers",
                "src/ecs/mod.rs:1: `ecs` imports `pace`, which is missing from the table of layers",
                "a circle of ecs, pace:
    `ecs` imports `pace`: src/ecs/mod.rs:1
    `pace` imports `ecs`: src/pace.rs:2",
            ]
        );
    }

    #[test]
    fn what_reads_plans_and_judges_stacks_sends_nothing() {
        let files = [
            ("plan/mod.rs", "use crate::interner::Interner;\nuse crate::engine_files::UNKNOWN;"),
            ("policy/stack.rs", "use crate::rules;\nuse crate::ecs::MAX_ACCOUNTS_A_CALL;"),
        ];
        assert_eq!(
            breaches(&files),
            [
                "src/policy/stack.rs:2: `policy` imports `ecs`: it may import values and diagnostic, rules, state, engine_files only"
            ]
        );
    }

    #[test]
    fn javascript_is_named_at_the_wall_alone() {
        let files = [
            ("wasm/fetch.rs", "use js_sys::Date;"),
            ("api/transport.rs", "use crate::time;\nfn now() { web_sys::window(); }"),
        ];
        assert_eq!(
            breaches(&files),
            ["src/api/transport.rs:2: `api` names `web_sys`, which belongs to wasm alone"]
        );
    }

    #[test]
    fn what_the_engine_writes_is_spelled_in_one_module() {
        let marker = "const UNKNOWN: &str = \"04da6b54-80e4-46f7-96ec-b56ff0331ba9\";";
        let files = [
            ("engine_files/mod.rs", marker),
            ("wasm/values.rs", marker),
            ("value.rs", marker),
            (
                "plan/read.rs",
                "#[cfg(test)] mod tests { const A: &str = \"__provider\"; }\nconst B: &[u8] = b\"__provider\";",
            ),
        ];
        assert_eq!(
            breaches(&files),
            [
                "src/value.rs:1: `value` names `04da6b54-80e4-46f7-96ec-b56ff0331ba9`, which belongs to engine_files and wasm alone",
                "src/plan/read.rs:2: `plan` names `__provider`, which belongs to engine_files and wasm alone",
            ]
        );
    }

    #[test]
    fn the_table_has_each_module_once() {
        let modules: Vec<_> = LAYERS.iter().flat_map(|layer| layer.modules).collect();
        assert_eq!(modules.iter().collect::<BTreeSet<_>>().len(), modules.len());
    }
}
