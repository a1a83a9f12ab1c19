//! What a response says. Nothing is assumed to have happened that it does not say.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::Failure;
use crate::http::Response;

/// The body of an error. Fields may be absent: a proxy may have answered in the API's place.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Refusal {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    request_id: String,
}

/// Reads an answer.
pub(super) fn read<R: DeserializeOwned>(response: &Response) -> Result<R, Failure> {
    let status = response.status;
    let unexpected =
        |error: serde_json::Error| Failure::Unexpected { status, why: describe(&error, &response.body) };
    if (200..300).contains(&status) {
        return serde_json::from_slice(&response.body).map_err(unexpected);
    }
    let refusal: Refusal = serde_json::from_slice(&response.body).map_err(unexpected)?;
    Err(Failure::Refused {
        status,
        message: without_signed_text(&refusal.message),
        code: refusal.code,
        request_id: refusal.request_id,
    })
}

/// What was expected and where it broke, without the body: it may hold anything.
fn describe(error: &serde_json::Error, body: &[u8]) -> String {
    let start = body.iter().find(|byte| !byte.is_ascii_whitespace());
    match (error.classify(), start) {
        (_, None) => "expected JSON and got nothing".into(),
        (_, Some(b'<')) => "expected JSON and got HTML or XML".into(),
        (serde_json::error::Category::Eof, _) => {
            format!("expected JSON, and it ends in the middle, after {} bytes", body.len())
        }
        (serde_json::error::Category::Data, _) => format!("expected JSON of another shape: {}", shape(error)),
        _ => format!("expected JSON, and it breaks at line {}, column {}", error.line(), error.column()),
    }
}

/// serde's words for a wrong shape, without the value that it repeats.
fn shape(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = text.rfind(" at line ").and_then(|start| text.get(start..)).unwrap_or_default();
    match text.split_once("expected ") {
        Some((_, expected)) if text.starts_with("invalid ") => format!("expected {expected}"),
        _ if text.starts_with("missing field") => text,
        _ => format!("it does not fit{place}"),
    }
}

/// The longest message of the API's that is repeated, in characters.
const LONGEST_MESSAGE: usize = 400;

/// Cuts a message where it repeats what was signed: access key id and token stand in it.
///
/// Source: `SignatureDoesNotMatch`, whose message ends in "server string to sign is:…".
fn without_signed_text(message: &str) -> String {
    let lower = message.to_ascii_lowercase();
    let cut = [
        "server string",
        "serverstring",
        "stringtosign",
        "string to sign",
        "canonicalrequest",
        "canonical request",
        "acs3-hmac",
        "x-acs-",
    ]
    .iter()
    .filter_map(|mark| lower.find(mark))
    .min();
    let kept = cut.and_then(|end| message.get(..end)).unwrap_or(message);
    let kept = if cut.is_some() {
        kept.trim_end_matches(|c: char| c.is_whitespace() || ":([,".contains(c))
    } else {
        kept
    };
    kept.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_MESSAGE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Sample {
        total_count: usize,
    }

    fn why(status: u16, body: &str) -> String {
        match read::<Sample>(&Response { status, body: body.into(), ..Response::default() }) {
            Err(failure) => failure.to_string(),
            Ok(sample) => format!("{sample:?}"),
        }
    }

    #[test]
    fn an_answer_that_is_none_says_what_was_expected_and_where_it_broke() {
        assert_eq!(why(200, " "), "unexpected answer (HTTP 200): expected JSON and got nothing");
        assert_eq!(why(200, "<html>"), "unexpected answer (HTTP 200): expected JSON and got HTML or XML");
        assert_eq!(why(502, "<html>"), "unexpected answer (HTTP 502): expected JSON and got HTML or XML");
        assert_eq!(
            why(200, r#"{"TotalCount":1"#),
            "unexpected answer (HTTP 200): expected JSON, and it ends in the middle, after 15 bytes"
        );
        assert_eq!(
            why(200, r#"{"TotalCount":!}"#),
            "unexpected answer (HTTP 200): expected JSON, and it breaks at line 1, column 15"
        );
        assert_eq!(
            why(200, r#"{"Other":1}"#),
            "unexpected answer (HTTP 200): expected JSON of another shape: missing field `TotalCount` at line 1 column 11"
        );
    }

    #[test]
    fn what_a_wrong_shape_holds_is_not_repeated() {
        assert_eq!(
            why(200, r#"{"TotalCount":"planted-secret"}"#),
            "unexpected answer (HTTP 200): expected JSON of another shape: expected usize at line 1 column 30"
        );
    }

    #[test]
    fn a_message_is_cut_where_it_repeats_what_was_signed() {
        for text in [
            "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&AccessKeyId%3DLTAIplanted",
            "Specified signature is not matched with our calculation. ServerStringToSign [ACS3-HMAC-SHA256 x-acs-security-token:planted]",
        ] {
            assert!(!without_signed_text(text).contains("planted"), "{text}");
            assert!(without_signed_text(text).starts_with("Specified signature is not matched"), "{text}");
        }
        assert_eq!(
            without_signed_text("The specified ImageId does not exist."),
            "The specified ImageId does not exist."
        );
    }
}
