//! The rules, over inputs that are right and inputs that are not, and the ledger over many resources.

use alicloud_image_share::rules::{Declaration, Ledger, Mode, ResourceType, judge};
use alicloud_image_share::value::Value;
use criterion::{BenchmarkId, Criterion, Throughput};

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    for (name, image, account) in [
        ("right", "m-bp18ygjuqnwhechc0001", "1886508529898586"),
        ("wrong", "centos_7_9_x64_20G_alibase_20230815.vhd", "1886 5085 2989 8586"),
        ("swapped", "1886508529898586", "m-bp18ygjuqnwhechc0001"),
    ] {
        let inputs = Value::given(vec![
            ("imageId", image.into()),
            ("accountId", account.into()),
            ("region", "cn-hangzhou".into()),
        ]);
        group.bench_with_input(BenchmarkId::from_parameter(name), &inputs, |bencher, inputs| {
            bencher.iter(|| judge(ResourceType::Share, inputs, None));
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("ledger of single shares on one image");
    for count in [1_000_u32, 10_000] {
        group.throughput(Throughput::Elements(count.into()));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| {
                let mut ledger = Ledger::default();
                for account in 0..count {
                    let accounts = vec![account];
                    let resource = account as usize;
                    ledger.declare(Declaration { resource, image: (), accounts, mode: Mode::Additive });
                }
                ledger
            });
        });
    }
    group.finish();
}
