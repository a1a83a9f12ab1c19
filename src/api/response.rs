//! Reading a response. Nothing is assumed to have happened that it does not say.

use super::{Failure, KnownSecrets, Response};
use crate::json::{self, Broken};
use crate::value::Value;

/// Reads the JSON of a response, of a shape that is not known yet. No text of a failure repeats a known secret.
pub(super) fn read(response: &Response, secrets: &KnownSecrets) -> Result<Value, Failure> {
    let status = response.status;
    let answer = json::read_or_break(&response.body)
        .map_err(|broken| Failure::Unexpected { status, why: describe(broken, &response.body) })?;
    if (200..300).contains(&status) {
        return Ok(answer);
    }
    // A proxy may have answered in the API's place.
    let Some(code) = answer.get("Code").text() else { return Err(wrong_shape(status, "Code", "a string")) };
    Err(Failure::Refused {
        status,
        code: plain(&secrets.redact(code), LONGEST_CODE),
        message: without_signed_text(&secrets.redact(answer.text_at("Message"))),
        request_id: plain(&secrets.redact(answer.text_at("RequestId")), LONGEST_CODE),
    })
}

/// The failure of an answer that lacks what the API documents.
pub(super) fn wrong_shape(status: u16, place: &str, expected: &str) -> Failure {
    Failure::Unexpected { status, why: format!("expected {expected} at `{place}` of the JSON") }
}

/// What was expected and where it broke, without the body: it may hold anything.
fn describe(Broken(at): Broken, body: &[u8]) -> String {
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => "expected JSON and got nothing".into(),
        Some(b'<') => "expected JSON and got HTML or XML".into(),
        _ if at == body.len() => format!("expected JSON, and it ends in the middle, after {at} bytes"),
        _ => format!("expected JSON, and it breaks after {at} of {} bytes", body.len()),
    }
}

/// The longest message of the API's that is repeated, in characters.
const LONGEST_MESSAGE: usize = 400;
/// The longest code or request id; those seen have 51 at most.
const LONGEST_CODE: usize = 100;

/// A text of the server's on one line and not too long.
fn plain(text: &str, longest: usize) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(longest).collect()
}

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
    plain(kept, LONGEST_MESSAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(status: u16, body: &str) -> String {
        match read(&Response { status, body: body.into(), ..Response::default() }, &KnownSecrets::default()) {
            Err(Failure::Unexpected { status, why }) => format!("HTTP {status}: {why}"),
            Err(failure) => format!("{failure:?}"),
            Ok(answer) => format!("{answer:?}"),
        }
    }

    #[test]
    fn an_answer_that_is_none_says_what_was_expected_and_where_it_broke() {
        assert_eq!(why(200, " "), "HTTP 200: expected JSON and got nothing");
        assert_eq!(why(200, "<html>"), "HTTP 200: expected JSON and got HTML or XML");
        assert_eq!(why(502, "<html>"), "HTTP 502: expected JSON and got HTML or XML");
        assert_eq!(
            why(200, r#"{"TotalCount":1"#),
            "HTTP 200: expected JSON, and it ends in the middle, after 15 bytes"
        );
        assert_eq!(
            why(200, r#"{"TotalCount":!}"#),
            "HTTP 200: expected JSON, and it breaks after 14 of 16 bytes"
        );
        assert_eq!(why(407, r#"{"error":"planted"}"#), "HTTP 407: expected a string at `Code` of the JSON");
    }

    #[test]
    fn a_refusal_repeats_no_known_secret() {
        let secrets = KnownSecrets::default();
        secrets.add("planted-token");
        let body = r#"{"Code":"Odd.planted-token","Message":"token planted-token\u001b is bad","RequestId":"planted-token"}"#;
        let response = Response { status: 400, body: body.into(), ..Response::default() };
        assert_eq!(
            read(&response, &secrets),
            Err(Failure::Refused {
                status: 400,
                code: "Odd.<secret>".into(),
                message: "token <secret>  is bad".into(),
                request_id: "<secret>".into(),
            })
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
