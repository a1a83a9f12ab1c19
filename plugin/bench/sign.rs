//! Signs a call natively, and prints the header and the nanoseconds that each signature takes, as JSON:
//! signature.mjs compares both with those of the SDK for Go.

use std::hint::black_box;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use acs3::{CanonicalRequest, Key, authorization, canonical_query, sha256_hex};
use alicloud_image_share::time::Timestamp;
use serde_json::json;

const KEY: (&str, &str) = ("LTAI5tBenchmarkExample", "a-secret-of-thirty-characters.");
const QUERY: [(&str, &str); 4] = [
    ("RegionId", "cn-hangzhou"),
    ("ImageId", "m-bp18ygjuqnwhechc0001"),
    ("AddAccount.1", "1886508529898586"),
    ("AddAccount.2", "1886508529898587"),
];
const TURN: Duration = Duration::from_millis(300);

fn header(date: &str, nonce: &str, hash: &str) -> String {
    let query: Vec<(String, String)> =
        QUERY.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let query = canonical_query(&query);
    let headers = vec![
        ("x-acs-action", "ModifyImageSharePermission"),
        ("x-acs-version", "2014-05-26"),
        ("x-acs-date", date),
        ("x-acs-signature-nonce", nonce),
        ("x-acs-content-sha256", hash),
    ];
    let canonical = CanonicalRequest::new("POST", "ecs.cn-hangzhou.aliyuncs.com", &query, headers, hash);
    authorization(&canonical, KEY.0, &Key::new(KEY.1))
}

/// What each attempt needs: time, chance and the hash of its body as well.
fn attempt() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let date = Timestamp::from_millis(alicloud_image_share::time::millis(now)).to_string();
    let chance = [getrandom::u64().unwrap_or_default(), getrandom::u64().unwrap_or_default()];
    header(&date, &format!("{:016x}{:016x}", chance[0], chance[1]), &sha256_hex(&[]))
}

/// The best of some turns, in nanoseconds.
fn nanoseconds(sign: impl Fn() -> String) -> u128 {
    let turn = || {
        let (started, mut count) = (Instant::now(), 0);
        while started.elapsed() < TURN {
            for _ in 0..1000 {
                black_box(sign());
            }
            count += 1000;
        }
        started.elapsed().as_nanos() / count
    };
    (0..5).map(|_| turn()).min().unwrap_or_default()
}

fn main() -> io::Result<()> {
    let (date, nonce, hash) = ("2026-01-02T03:04:05Z", "0123456789abcdef0123456789abcdef", sha256_hex(&[]));
    let figures = json!({
        "header": header(date, nonce, &hash),
        "alone": nanoseconds(|| header(black_box(date), nonce, &hash)),
        "attempt": nanoseconds(attempt),
    });
    writeln!(io::stdout(), "{figures}")
}
