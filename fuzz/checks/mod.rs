//! What must hold of any bytes: the fuzz targets and the tests of the core run the same checks.

pub mod ids;
pub mod plan;
pub mod response;
pub mod settings;
