//! A plan is read to the same report however its bytes arrive, and a second reading gives it again.

use alicloud_image_share::plan::Plan;
use alicloud_image_share::report::write;

/// The report of some bytes, fed in pieces of a size.
fn report(bytes: &[u8], size: usize) -> String {
    let mut plan = Plan::new(None);
    for piece in bytes.chunks(size) {
        plan.feed(piece);
    }
    write(&plan.finish()).expect("a report is JSON")
}

pub fn check(bytes: &[u8]) {
    let whole = report(bytes, bytes.len().max(1));
    // A piece ends inside every token, escape and character.
    for size in [1, 7] {
        assert_eq!(report(bytes, size), whole, "read in pieces of {size}");
    }
}
