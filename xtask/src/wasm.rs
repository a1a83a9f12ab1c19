//! Builds `pkg/generated`: one `.wasm` file a purpose, each with its glue and its types.
//!
//! wasm-bindgen is a library here and not a command, so that Cargo.lock pins it to the version of
//! the crate it must match. wasm-opt comes from the npm package `binaryen` (dev dependency of npm/).

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::policy_types;

/// Features are listed one by one: `--all-features` emits stringref, which Node refuses.
const WASM_OPT_FLAGS: &[&str] = &[
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
    // Until another round changes nothing.
    "--converge",
];

/// A `.wasm` file, and the feature of the crate that it holds.
struct Module {
    name: &'static str,
    feature: &'static str,
    /// The optimization level: most are loaded more than they run, and the command reads a hundred megabytes.
    opt_level: &'static str,
    /// Whether it is embedded in the page, and needs glue that reads no file.
    is_for_page: bool,
}

const MODULES: &[Module] = &[
    Module { name: "core", feature: "provider", opt_level: "z", is_for_page: false },
    Module { name: "command", feature: "command", opt_level: "z", is_for_page: false },
    Module { name: "plan", feature: "plan", opt_level: "3", is_for_page: false },
    Module { name: "page", feature: "page", opt_level: "z", is_for_page: true },
    Module { name: "policy", feature: "policy", opt_level: "z", is_for_page: false },
    Module { name: "adopt", feature: "adopt", opt_level: "z", is_for_page: false },
    Module { name: "signer", feature: "signer", opt_level: "z", is_for_page: false },
];

/// Builds every module anew, or those that are named.
pub fn run(root: &Path, names: &[String]) -> Result<(), Box<dyn Error>> {
    let generated = root.join("pkg/generated");
    if names.is_empty() {
        remove(&generated)?;
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let folders = Folders::find(root)?;
    let is_wanted = |module: &&Module| names.is_empty() || names.iter().any(|name| name == module.name);
    for module in MODULES.iter().filter(is_wanted) {
        let built = compile(root, &target, &folders, module)?;
        bind(&built, &generated, module)?;
        let file = generated.join(format!("{}_bg.wasm", module.name));
        optimize(root, &file, module)?;
        folders.expect_absent(&file)?;
        if module.is_for_page {
            pack(&file)?;
        }
    }
    fs::write(generated.join("policies.d.ts"), policy_types::declarations())?;
    Ok(())
}

fn compile(
    root: &Path,
    target: &Path,
    folders: &Folders,
    module: &Module,
) -> Result<PathBuf, Box<dyn Error>> {
    // SHA-256 has a SIMD backend; every engine of this decade runs it (Node 16, Chrome 91, Firefox 89, Safari 16.4).
    let mut flags = OsString::from("-Ctarget-feature=+simd128");
    for (folder, shown) in &folders.0 {
        flags.push("\x1f--remap-path-prefix=");
        flags.push(folder);
        flags.push(format!("={shown}"));
    }
    execute(
        Command::new(env!("CARGO"))
            .current_dir(root)
            .env("CARGO_ENCODED_RUSTFLAGS", flags)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", module.opt_level)
            .args(["build", "--release", "--locked", "--lib", "--target", "wasm32-unknown-unknown"])
            .args(["--no-default-features", "--features", module.feature]),
    )?;
    Ok(target.join("wasm32-unknown-unknown/release/alicloud_image_share.wasm"))
}

fn bind(built: &Path, generated: &Path, module: &Module) -> Result<(), Box<dyn Error>> {
    let name = module.name;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built).out_name(name).typescript(true);
    let extension = if module.is_for_page {
        bindgen.web(true)?.omit_default_module_path(true);
        "mjs"
    } else {
        bindgen.nodejs(true)?;
        "cjs"
    };
    bindgen.generate(generated)?;
    let glue = generated.join(name);
    Ok(fs::rename(glue.with_extension("js"), glue.with_extension(extension))?)
}

fn optimize(root: &Path, file: &Path, module: &Module) -> Result<(), Box<dyn Error>> {
    let wasm_opt = root.join("npm/node_modules/.bin/wasm-opt");
    let level = format!("-O{}", module.opt_level);
    execute(Command::new(wasm_opt).arg(level).args(WASM_OPT_FLAGS).arg(file).arg("-o").arg(file))
}

/// Compresses a module once, for all who load the page: a twentieth smaller than gzip's own best.
fn pack(file: &Path) -> Result<(), Box<dyn Error>> {
    let packed = fs::File::create(file.with_extension("wasm.gz"))?;
    Ok(zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, fs::File::open(file)?, packed)?)
}

/// Folders of this machine, and what panic messages show in their place: the same bytes wherever it is built.
struct Folders(Vec<(PathBuf, String)>);

impl Folders {
    fn find(root: &Path) -> Result<Self, Box<dyn Error>> {
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
        let sysroot = PathBuf::from(output(Command::new("rustc").args(["--print", "sysroot"]))?.trim());
        let version = output(Command::new("rustc").arg("-vV"))?;
        let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or_default();
        // Where the component rust-src is installed, rustc names its files; elsewhere it names this.
        let library = (sysroot.join("lib/rustlib/src/rust"), format!("/rustc/{commit}"));
        let mut folders = vec![(root.to_owned(), String::new()), library];
        for registry in fs::read_dir(cargo.join("registry/src"))? {
            folders.push((registry?.path(), String::new()));
        }
        Ok(Self(folders))
    }

    fn expect_absent(&self, file: &Path) -> Result<(), Box<dyn Error>> {
        let bytes = fs::read(file)?;
        for (folder, _) in &self.0 {
            let name = folder.as_os_str().as_encoded_bytes();
            if bytes.windows(name.len()).any(|window| window == name) {
                return Err(format!(
                    "{} names {}, a folder of this machine",
                    file.display(),
                    folder.display()
                )
                .into());
            }
        }
        Ok(())
    }
}

fn remove(folder: &Path) -> Result<(), std::io::Error> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

fn output(command: &mut Command) -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(command.output().map_err(|error| format!("{command:?}: {error}"))?.stdout)?)
}

fn execute(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}
