//! Tasks of this repository that are more than a line of `Makefile`.

mod circles;
mod imports;
mod layers;
mod wasm;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask has no parent folder")?;
    match std::env::args().nth(1).as_deref() {
        Some("wasm") => wasm::run(root),
        Some("layers") => layers::run(&root.join("src")),
        _ => Err("usage: cargo xtask wasm | layers".into()),
    }
}
