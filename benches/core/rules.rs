//! The table of rules, over inputs that are right and inputs that are not.

use alicloud_image_share::rules::{ResourceType, judge};
use criterion::{BenchmarkId, Criterion};

use crate::support::resources::share;

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    for (name, image, account) in [
        ("right", "m-bp18ygjuqnwhechc0001", "1886508529898586"),
        ("wrong", "centos_7_9_x64_20G_alibase_20230815.vhd", "1886 5085 2989 8586"),
        ("swapped", "1886508529898586", "m-bp18ygjuqnwhechc0001"),
    ] {
        let inputs = share(image, account);
        group.bench_with_input(BenchmarkId::from_parameter(name), &inputs, |bencher, inputs| {
            bencher.iter(|| judge(ResourceType::Share, inputs, None));
        });
    }
    group.finish();
}
