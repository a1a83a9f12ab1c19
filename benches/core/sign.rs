//! A signature, by the size of its call.

#![expect(clippy::expect_used, reason = "a bench may panic")]

use acs3::canonical_query;
use alicloud_image_share::api::{Credentials, Endpoint, Request, sign};
use alicloud_image_share::secret::Secret;
use alicloud_image_share::time::Timestamp;
use criterion::{BatchSize, BenchmarkId, Criterion};

fn request(accounts: usize) -> Request {
    let mut query = vec![
        ("RegionId".to_owned(), "cn-hangzhou".to_owned()),
        ("ImageId".to_owned(), "m-bp18ygjuqnwhechc0001".to_owned()),
    ];
    for number in 1..=accounts {
        query.push((format!("AddAccount.{number}"), format!("{}", 1_000_000_000_000_000 + number)));
    }
    Request {
        method: "POST",
        is_direct: false,
        endpoint: Endpoint::parse("ecs.cn-hangzhou.aliyuncs.com").expect("an endpoint"),
        path: "/".into(),
        query,
        headers: vec![
            ("accept", "application/json".into()),
            ("x-acs-action", "ModifyImageSharePermission".into()),
            ("x-acs-version", "2014-05-26".into()),
        ],
        body: Vec::new(),
    }
}

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sign");
    for token in [false, true] {
        let credentials = Credentials {
            access_key_id: Secret::new("LTAI5tBenchmarkExample".into()),
            access_key_secret: Secret::new("a-secret-of-thirty-characters.".into()),
            security_token: token.then(|| Secret::new("t".repeat(700))),
        };
        for accounts in [1, 10] {
            let request = request(accounts);
            let name = if token { "with a token, accounts" } else { "accounts" };
            group.bench_function(BenchmarkId::new(name, accounts), |bencher| {
                bencher.iter_batched_ref(
                    || request.clone(),
                    |request| sign(request, &credentials, Timestamp::from_millis(1_767_323_045_000), "nonce"),
                    BatchSize::SmallInput,
                );
            });
        }
    }
    group.bench_function("the query alone", |bencher| {
        let request = request(10);
        bencher.iter(|| canonical_query(&request.query));
    });
    group.finish();
}
