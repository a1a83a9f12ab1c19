//! The account that the settings name: no other one reads or writes anything.

use std::rc::Rc;

use super::Provider;
use super::scope::ImageView;
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::credentials::Session;
use crate::diagnostic::{Code, Diagnostic};
use crate::known::Known;
use crate::rules::Inputs;
use crate::setting_names::OWNER;

impl<T: Transport> Provider<T> {
    /// The image of inputs as their profile sees it, for an operation: its region is known, and the caller is
    /// of the expected account.
    ///
    /// # Errors
    /// What the settings refuse, or both accounts.
    pub(super) async fn open(&self, inputs: &Inputs) -> Result<Rc<ImageView<T>>, Error> {
        if inputs.region == Known::Is(None) {
            self.learn_region(&inputs.profile).await;
        }
        let view = self.view(inputs)?;
        self.expect_account(&inputs.profile, &view.scope.session).await?;
        Ok(view)
    }

    /// The account that the setting names. It belongs to the stack's credentials, not to a profile's.
    ///
    /// # Errors
    /// The setting is malformed.
    pub(super) fn expected_account(
        &self,
        profile: &Known<Option<String>>,
    ) -> Result<Option<AccountId>, Diagnostic> {
        if *profile == Known::Is(None) { self.settings.owner() } else { Ok(None) }
    }

    /// Asks who calls, once a session, where an account is expected.
    ///
    /// # Errors
    /// Both accounts, why the caller is not known, or that the setting is malformed.
    pub(super) async fn expect_account(
        &self,
        profile: &Known<Option<String>>,
        session: &Rc<Session<T>>,
    ) -> Result<(), Error> {
        let Some(expected) = self.expected_account(profile)? else { return Ok(()) };
        let setting = self.settings.name_of(OWNER);
        match session.caller_within(None).await {
            Ok(caller) if caller.account == expected => Ok(()),
            Ok(caller) => Err(Diagnostic::new(
                Code::UnexpectedAccount,
                "the credentials are those of account {}, and {} is {}",
                [caller.account.to_string(), setting.to_owned(), expected.to_string()],
            )
            .into()),
            Err(Error::Call(call)) => Err(Diagnostic::new(
                Code::CallerUnknown,
                "{} is {}, and the account of the credentials is not known: {}",
                [setting.to_owned(), expected.to_string(), call.diagnostic().message()],
            )
            .into()),
            Err(error) => Err(error),
        }
    }
}
