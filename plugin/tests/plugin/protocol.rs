//! The vendored protocol files are Pulumi's, byte for byte.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::support::Outcome;

/// Source: Maven Central, com.pulumi:pulumi:1.36.1.
const FILES: &[(&str, &str)] = &[
    ("pulumi/alias.proto", "0ecafc3ff367ae61656313dec81f847082cbcf162a16258560d4b9f3f1fabe15"),
    ("pulumi/engine.proto", "64de5dba8ff7c3cb41599775768d8fa410a426d5ad2ae49609bad08d2d512a08"),
    ("pulumi/plugin.proto", "f442a1dd63888c9244934168c2eedf83a12bc3eb03d6fe995c03145330520e03"),
    ("pulumi/provider.proto", "dec339a89eeed67c49cfde05ac91755a31f45207f8c45497461e937eff05c033"),
    ("google/protobuf/status.proto", "8ce775609f34754322d2f83ed5775d4901012f0cfb587f9b061e4f16a5477e0d"),
];

#[test]
fn the_protocol_files_are_those_that_were_vendored() -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("proto");
    for (name, expected) in FILES {
        let file = fs::read(folder.join(name))?;
        let mut hash = String::new();
        for byte in Sha256::digest(&file) {
            write!(hash, "{byte:02x}")?;
        }
        assert_eq!(&hash, expected, "{name}");
        assert!(String::from_utf8_lossy(&file).contains("Apache License, Version 2.0"), "{name}");
    }
    Ok(())
}
