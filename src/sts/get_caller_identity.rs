//! GetCallerIdentity: who calls. It needs no permission.

use super::action;
use crate::account::AccountId;
use crate::api::{Action, Client, CredentialsProvider, Error, Expected, Transport};
use crate::time::Instant;
use crate::value::Value;

/// The action.
pub const GET_CALLER_IDENTITY: Action = action("GetCallerIdentity");

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// The user or role, such as `acs:ram::1234567890123456:user/ci`.
    pub arn: String,
}

/// Asks who calls, until a deadline of the caller's.
///
/// # Errors
/// The call's.
pub async fn get_caller_identity<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    deadline: Option<Instant>,
) -> Result<Caller, Error> {
    client.call_until(GET_CALLER_IDENTITY, &[], &deadline.into(), read).await
}

fn read(answer: &Value) -> Result<Caller, Expected> {
    let account =
        AccountId::parse(answer.text_at("AccountId")).map_err(|_| ("AccountId", "an account id"))?;
    Ok(Caller { account, arn: answer.text_at("Arn").to_owned() })
}
