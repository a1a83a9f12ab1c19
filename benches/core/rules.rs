//! The table of rules, over inputs that are right and inputs that are not.

use alicloud_image_share::input::ShareInput;
use alicloud_image_share::rules::{Subject, run};
use alicloud_image_share::value::Value;
use criterion::{BenchmarkId, Criterion};

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    for (name, image, account) in [
        ("right", "m-bp18ygjuqnwhechc0001", "1886508529898586"),
        ("wrong", "centos_7_9_x64_20G_alibase_20230815.vhd", "1886 5085 2989 8586"),
        ("swapped", "1886508529898586", "m-bp18ygjuqnwhechc0001"),
    ] {
        let input = ShareInput {
            image_id: Value::Text(image.into()),
            account_id: Value::Text(account.into()),
            region: Value::Text("cn-hangzhou".into()),
            ..ShareInput::default()
        };
        group.bench_with_input(BenchmarkId::from_parameter(name), &input, |bencher, input| {
            bencher.iter(|| run(&Subject { input, owner: None }));
        });
    }
    group.finish();
}
