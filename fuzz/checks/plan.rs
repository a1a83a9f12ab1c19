//! A plan is read to the same report however its bytes arrive, and a second reading gives it again.

use alicloud_image_share::plan::Plan;
use alicloud_image_share::report::{pack, unpack, write};

/// The report of some bytes, fed in pieces of a size.
fn report(bytes: &[u8], size: usize) -> String {
    let mut plan = Plan::new(None);
    for piece in bytes.chunks(size) {
        plan.feed(piece);
    }
    let report = plan.finish();
    let written = write(&report).expect("a report is JSON");
    // A page carries its report packed.
    let packed = pack(&report).expect("a report is packed");
    let again = unpack(&packed).expect("what was packed");
    assert_eq!(write(&again).expect("a report is JSON"), written, "packed and unpacked");
    written
}

pub fn check(bytes: &[u8]) {
    let whole = report(bytes, bytes.len().max(1));
    // A piece ends inside every token, escape and character.
    for size in [1, 7] {
        assert_eq!(report(bytes, size), whole, "read in pieces of {size}");
    }
}
