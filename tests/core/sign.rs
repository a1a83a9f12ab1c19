//! The signature, stage by stage, against vectors that others computed (`vectors/`, each with its origin).

use std::collections::BTreeMap;

use acs3::{CanonicalRequest, Key, StringToSign, canonical_query, read_url, sha256_hex};
use alicloud_image_share::api::{Credentials, Endpoint, Request, sign};
use alicloud_image_share::secret::Secret;
use alicloud_image_share::time::Timestamp;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    name: String,
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    headers: BTreeMap<String, String>,
    body: String,
    access_key_id: String,
    access_key_secret: String,
    authorization: String,
    canonical_request_sha256: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stage {
    canonical_request: String,
    string_to_sign: String,
}

#[derive(Deserialize)]
struct Stages {
    stages: BTreeMap<String, Stage>,
}

fn vectors() -> Vec<(Vector, Stage)> {
    let vectors: Vec<Vector> =
        serde_json::from_str(include_str!("../vectors/acs3.json")).expect("acs3.json is a list of vectors");
    let mut stages: Stages = serde_json::from_str(include_str!("../vectors/acs3-stages.json"))
        .expect("acs3-stages.json has stages");
    vectors
        .into_iter()
        .map(|vector| {
            let stage = stages.stages.remove(&vector.name).expect("each vector has its stages");
            (vector, stage)
        })
        .collect()
}

#[test]
fn each_stage_of_the_signature_is_the_specified_one() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 4);
    for (vector, stage) in vectors {
        assert_eq!(vector.path, "/", "{}", vector.name);
        let query: Vec<_> = vector.query.clone().into_iter().rev().collect();
        let query = canonical_query(&query);
        let payload_hash = sha256_hex(vector.body.as_bytes());
        let host = vector.headers.get("host").expect("a vector has a host");
        let headers = vector.headers.iter().filter(|(name, _)| *name != "host");
        let canonical = CanonicalRequest::new(
            &vector.method,
            host,
            &query,
            headers.map(|(name, value)| (name.as_str(), value.as_str())).collect(),
            &payload_hash,
        );
        assert_eq!(canonical.to_string(), stage.canonical_request, "{}: canonical request", vector.name);
        if let Some(hash) = &vector.canonical_request_sha256 {
            assert_eq!(sha256_hex(canonical.to_string().as_bytes()), *hash, "{}: its hash", vector.name);
        }

        let string_to_sign = StringToSign::new(&canonical);
        assert_eq!(string_to_sign.to_string(), stage.string_to_sign, "{}: string to sign", vector.name);

        let (_, signature) = vector.authorization.split_once("Signature=").expect("it ends in a signature");
        let key = Key::new(&vector.access_key_secret);
        assert_eq!(string_to_sign.signature(&key), signature, "{}: signature", vector.name);
    }
}

/// What a vector's request looks like before it is dated, identified and signed.
fn unsigned(vector: &Vector) -> Request {
    let kept = ["content-type", "accept", "user-agent", "x-acs-action", "x-acs-version"];
    Request {
        method: if vector.method == "GET" { "GET" } else { "POST" },
        endpoint: Endpoint::parse(vector.headers.get("host").expect("a host")).expect("an endpoint"),
        path: "/".into(),
        query: vector.query.clone().into_iter().collect(),
        headers: kept
            .into_iter()
            .filter_map(|name| vector.headers.get(name).map(|value| (name, value.clone())))
            .collect(),
        body: vector.body.clone().into_bytes(),
        is_direct: false,
    }
}

#[test]
fn a_signed_request_has_the_headers_of_the_official_libraries() {
    for (vector, _) in vectors() {
        let mut request = unsigned(&vector);
        let credentials = Credentials {
            access_key_id: Secret::new(vector.access_key_id.clone()),
            access_key_secret: Secret::new(vector.access_key_secret.clone()),
            security_token: vector.headers.get("x-acs-security-token").cloned().map(Secret::new),
        };
        let date = vector.headers.get("x-acs-date").expect("a date");
        let nonce = vector.headers.get("x-acs-signature-nonce").expect("a nonce");
        sign(&mut request, &credentials, moment(date), nonce);
        let mut expected: BTreeMap<&str, &str> =
            vector.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        expected.remove("host");
        expected.insert("authorization", &vector.authorization);
        let signed: BTreeMap<&str, &str> =
            request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(signed, expected, "{}", vector.name);
    }
}

fn moment(date: &str) -> Timestamp {
    let seconds = match date {
        "2023-10-26T10:22:32Z" => 1_698_315_752,
        "2026-01-02T03:04:05Z" => 1_767_323_045,
        other => panic!("no vector is dated {other}"),
    };
    Timestamp::from_millis(seconds * 1000)
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let credentials = Credentials {
        access_key_id: Secret::new("LTAIplanted".into()),
        access_key_secret: Secret::new("planted-secret".into()),
        security_token: Some(Secret::new("planted-token".into())),
    };
    assert_eq!(
        format!("{credentials:?}"),
        "Credentials { access_key_id: <secret>, access_key_secret: <secret>, security_token: Some(<secret>) }"
    );
}

#[test]
fn a_query_of_any_text_is_sorted_by_code_units_and_encoded_as_the_specification_has_it() {
    let query = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        canonical_query(&pairs)
    };
    assert_eq!(query(&[]), "");
    assert_eq!(query(&[("b", ""), ("a", "1 +*/~"), ("B", "-_.")]), "B=-_.&a=1%20%2B%2A%2F~&b=");
    assert_eq!(
        query(&[("AddAccount.2", "2"), ("AddAccount.10", "3"), ("AddAccount.1", "1")]),
        "AddAccount.1=1&AddAccount.10=3&AddAccount.2=2"
    );
    assert_eq!(query(&[("é中", "😀")]), "%C3%A9%E4%B8%AD=%F0%9F%98%80");
    // By code units an emoji (D83D DE00) comes before the private use area (E000); by bytes it does not.
    assert_eq!(query(&[("\u{e000}", "2"), ("😀", "1")]), "%F0%9F%98%80=1&%EE%80%80=2");
    // What has the same key keeps its order.
    assert_eq!(query(&[("a", "2"), ("a", "1")]), "a=2&a=1");
}

#[test]
fn a_url_is_read_as_fetch_sends_it() {
    let read = |url: &str| read_url(url).map(|(host, query)| (host.to_owned(), query));
    for (url, host, query) in [
        ("https://ecs.example.com/", "ecs.example.com", ""),
        ("https://ecs.example.com/?", "ecs.example.com", ""),
        ("https://ecs.example.com/?b=2&a=1", "ecs.example.com", "a=1&b=2"),
        ("http://127.0.0.1:9000/?a", "127.0.0.1:9000", "a="),
        ("http://[::1]:9000/?a=", "[::1]:9000", "a="),
        ("https://h/?a=b+c%20d%2Be&&%e4%B8%ad=x=y", "h", "a=b%20c%20d%2Be&%E4%B8%AD=x%3Dy"),
    ] {
        assert_eq!(read(url), Some((host.into(), query.into())), "{url}");
    }
    for bad in [
        "",
        "https://",
        "https:///?a=1",
        "ecs.example.com/?a=1",
        "https://ecs.example.com",
        "https://ecs.example.com/path?a=1",
        "https://user@ecs.example.com/?a=1",
        "https://ecs.example.com/?a=1#b",
        "https://ecs.example.com/?a=%",
        "https://ecs.example.com/?a=%4",
        "https://ecs.example.com/?a=%zz",
        "https://ecs.example.com/?a=%ff",
    ] {
        assert_eq!(read(bad), None, "{bad}");
    }
}
