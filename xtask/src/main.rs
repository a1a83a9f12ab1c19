//! Builds `pkg/generated`: three `.wasm` files, each with its glue.
//!
//! wasm-bindgen is a library here and not a command, so that Cargo.lock pins it to the version of
//! the crate it must match. wasm-opt comes from the npm package `binaryen` (dev dependency of npm/).

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

/// wasm-opt may only use what Node 20 runs: `--all-features` emits stringref, which it refuses.
const WASM_OPT_FLAGS: &[&str] = &[
    // Flat code is written anew, and shorter by one percent; each pass in this order finds what the last could not.
    "-Os",
    "-Os",
    "--flatten",
    "--rereloop",
    "--local-cse",
    "-Os",
    "-Os",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
    "--enable-call-indirect-overlong",
    "--enable-simd",
    "--strip-producers",
    "--strip-debug",
];

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("wasm") => wasm(),
        _ => Err("usage: cargo xtask wasm".into()),
    }
}

/// A module, and the feature of the crate that it holds.
struct Module {
    name: &'static str,
    feature: &'static str,
    /// What is dear: the size of the one, the speed of the other.
    opt_level: &'static str,
    /// Whether pages load it too, and how.
    page: Page,
}

#[derive(Clone, Copy, PartialEq)]
enum Page {
    /// It is none of theirs.
    Never,
    /// Its glue looks for it beside itself.
    Beside,
    /// A bundler puts it where it is needed, so that its glue looks for it nowhere.
    Bundled,
}

const MODULES: &[Module] = &[
    Module { name: "core", feature: "provider", opt_level: "z", page: Page::Beside },
    Module { name: "plan", feature: "plan", opt_level: "z", page: Page::Bundled },
    Module { name: "policy", feature: "policy", opt_level: "z", page: Page::Never },
];

fn wasm() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask has no parent folder")?;
    let generated = root.join("pkg/generated");
    let only = std::env::args().nth(2);
    let wanted = |module: &&Module| only.as_deref().is_none_or(|name| name == module.name);
    if only.is_none() {
        remove(&generated)?;
    }
    MODULES.iter().filter(wanted).try_for_each(|module| build(root, &generated, module))
}

fn build(root: &Path, generated: &Path, module: &Module) -> Result<(), Box<dyn Error>> {
    // The standard library is built along, for size and without the words of panics, which nobody can read in
    // wasm: 8 % of the module. Cargo keeps that for its nightlies, hence the switch.
    run(Command::new(env!("CARGO"))
        .current_dir(root)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", rust_flags()?)
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", module.opt_level)
        .args(["build", "--release", "--lib", "--target", "wasm32-unknown-unknown"])
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
        .args(["--no-default-features", "--features", module.feature]))?;

    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let built = target.join("wasm32-unknown-unknown/release/alicloud_image_share.wasm");
    let web = target.join("wasm-bindgen-web");
    remove(&web)?;

    let name = module.name;
    Bindgen::new().input_path(&built).out_name(name).nodejs(true)?.typescript(true).generate(generated)?;
    fs::rename(generated.join(format!("{name}.js")), generated.join(format!("{name}.cjs")))?;
    if module.page != Page::Never {
        // The .wasm is the same for both targets, byte for byte; only the glue differs.
        Bindgen::new()
            .input_path(&built)
            .out_name(name)
            .web(true)?
            .omit_default_module_path(module.page == Page::Bundled)
            .typescript(false)
            .generate(&web)?;
        fs::copy(web.join(format!("{name}.js")), generated.join(format!("{name}.mjs")))?;
    }

    let module = generated.join(format!("{name}_bg.wasm"));
    run(Command::new(root.join("npm/node_modules/.bin/wasm-opt"))
        .args(WASM_OPT_FLAGS)
        .arg(&module)
        .arg("-o")
        .arg(&module))?;
    Ok(())
}

/// SHA-256 has a SIMD backend; every engine of this decade runs it (Node 16, Chrome 91, Firefox 89,
/// Safari 16.4). What only panics and debuggers would say is left out; folders of the building machine, which
/// would stand in it, are cut off all the same.
fn rust_flags() -> Result<String, Box<dyn Error>> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output()?;
    let sysroot = String::from_utf8(sysroot.stdout)?;
    let home = std::env::var("HOME").unwrap_or_default();
    let cargo = std::env::var("CARGO_HOME").unwrap_or_else(|_| format!("{home}/.cargo"));
    let registry = fs::read_dir(Path::new(&cargo).join("registry/src"))?;
    let mut flags = format!(
        "-C target-feature=+simd128 -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none --remap-path-prefix={}/lib/rustlib/src/rust/library=",
        sysroot.trim()
    );
    for folder in registry {
        flags.push_str(&format!(" --remap-path-prefix={}=", folder?.path().display()));
    }
    Ok(flags)
}

fn remove(folder: &Path) -> Result<(), std::io::Error> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}
