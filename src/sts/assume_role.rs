//! AssumeRole and AssumeRoleWithOIDC: temporary credentials of a role.

use super::action;
use crate::api::{Action, Client, Credentials, CredentialsProvider, Error, Expected, Transport};
use crate::secret::Secret;
use crate::time::Timestamp;
use crate::value::Value;

const ASSUME_ROLE: Action = action("AssumeRole");
const ASSUME_ROLE_WITH_OIDC: Action = action("AssumeRoleWithOIDC");

/// A role to assume.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// Its ARN, such as `acs:ram::1234567890123456:role/deployer`.
    pub arn: String,
    /// What the session is called in the audit log.
    pub session_name: String,
    /// What the session may do at most, in JSON; empty for all that the role may.
    pub policy: String,
    /// How long the session holds, in seconds; empty for the API's default.
    pub seconds: String,
    /// The external id that the role's trust policy asks for; empty for none.
    pub external_id: String,
}

/// The names that sessions can have.
pub const SESSION_NAMES: &str = "2 to 64 letters, digits and characters of `.@-_`";

/// Whether a session of a role can be called so.
///
/// Source: `RoleSessionName` of "AssumeRole" in the STS documentation.
pub fn is_session_name(text: &str) -> bool {
    (2..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".@-_".contains(&byte))
}

impl Role {
    fn parameters(&self) -> Vec<(String, String)> {
        [
            ("RoleArn", &self.arn),
            ("RoleSessionName", &self.session_name),
            ("Policy", &self.policy),
            ("DurationSeconds", &self.seconds),
            ("ExternalId", &self.external_id),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
    }
}

/// Temporary credentials, as a source gives them out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedCredentials {
    /// The credentials.
    pub credentials: Credentials,
    /// When they end, by the API's clock; none where that is not known or they do not.
    pub expires: Option<Timestamp>,
}

impl IssuedCredentials {
    /// Takes an access key, its secret and its token from an object, under the names given. The texts move
    /// and are not copied. None without a key and a secret.
    pub fn take(answer: Value, names: [&str; 3], expires: Option<Timestamp>) -> Option<Self> {
        let mut found = [None, None, None];
        for (key, value) in answer.into_entries() {
            let place = names.iter().zip(&mut found).find(|(name, _)| **name == key);
            if let (Value::Text(text), Some((_, place))) = (value, place) {
                *place = Some(Secret::new(text)).filter(|text| !text.expose().is_empty());
            }
        }
        let [id, secret, security_token] = found;
        Some(Self {
            credentials: Credentials { access_key_id: id?, access_key_secret: secret?, security_token },
            expires,
        })
    }
}

/// Assumes a role as the client's signer.
///
/// # Errors
/// The call's.
pub async fn assume_role<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    role: &Role,
) -> Result<IssuedCredentials, Error> {
    client.call(ASSUME_ROLE, &role.parameters(), read).await
}

/// Assumes a role in exchange for the token of an OIDC provider. The client needs no signer.
///
/// # Errors
/// The call's.
pub async fn assume_role_with_oidc<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    role: &Role,
    provider_arn: &str,
    token: &Secret,
) -> Result<IssuedCredentials, Error> {
    let mut parameters = role.parameters();
    parameters.push(("OIDCProviderArn".into(), provider_arn.to_owned()));
    parameters.push(("OIDCToken".into(), token.expose().trim().to_owned()));
    client.call(ASSUME_ROLE_WITH_OIDC, &parameters, read).await
}

fn read(answer: &Value) -> Result<IssuedCredentials, Expected> {
    let credentials = answer.get("Credentials");
    let expires = Timestamp::from_iso(credentials.text_at("Expiration"));
    IssuedCredentials::take(credentials.clone(), ["AccessKeyId", "AccessKeySecret", "SecurityToken"], expires)
        .ok_or(("Credentials", "an access key"))
}
