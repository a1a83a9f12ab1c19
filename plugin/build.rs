//! Compiles the vendored protocol files, without protoc.

use std::error::Error;

const FILES: &[&str] = &["pulumi/provider.proto", "pulumi/engine.proto", "google/protobuf/status.proto"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=proto");
    let descriptors = protox::compile(FILES, ["proto"])?;
    tonic_prost_build::configure().generate_default_stubs(true).compile_fds(descriptors)?;
    Ok(())
}
