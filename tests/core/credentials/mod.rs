//! Sources of credentials, over a machine in memory.

mod account;
mod files;
mod instance_role;
mod machine;
mod modes;
mod region;
mod renewal;
mod settings;

/// The metadata service is off: what is not found elsewhere is not there.
const NO_METADATA: (&str, &str) = ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
