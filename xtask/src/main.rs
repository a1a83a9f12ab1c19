//! Tasks of this repository that are more than a line of `Makefile`.

mod circles;
mod docs;
mod imports;
mod layers;
mod policy_types;
mod wasm;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask has no parent folder")?;
    match std::env::args().nth(1).as_deref() {
        Some("wasm") => wasm::run(root, &std::env::args().skip(2).collect::<Vec<_>>()),
        Some("layers") => layers::run(&root.join("src")),
        Some("docs") => docs::run(root, std::env::args().nth(2).as_deref() == Some("--check")),
        _ => Err("usage: cargo xtask wasm [module...] | layers | docs [--check]".into()),
    }
}
