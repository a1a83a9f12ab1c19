#![no_main]

#[path = "../checks/ids.rs"]
mod ids;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ids::check(bytes));
