//! All judgement without I/O: the rules of a share and of a set, the diff, the limit, and the ledger of who
//! declares which account.

mod arrange;
mod diff;
mod inputs;
mod ledger;
mod limit;
mod resource_type;
mod table;

pub use arrange::arrange;
pub use diff::{ChangeKind, Diff, InputChange, diff};
pub use inputs::{Adoption, Inputs, Mode};
pub use ledger::{Conflict, Declaration, ImageLedger, Ledger, OnlyRegions};
pub use limit::{ACCOUNTS_PER_CALL, ACCOUNTS_PER_IMAGE, Count, exceeded, list, sum};
pub use resource_type::{FrontEnd, ResourceType};
pub use table::{judge, self_share};
