//! Gathering writes into calls and settling them, on a clock that does not wait.

use criterion::{BenchmarkId, Criterion, Throughput};

use crate::support::cloud::Cloud;
use crate::support::shares::{IMAGE, account, create, provider};
use crate::support::world::World;

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("shares of one image, made at once");
    for count in [1_usize, 50, 500] {
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| {
                let mut cloud = Cloud::new(&[(IMAGE, &[])]);
                cloud.limit = count;
                let world = World::new(cloud, vec![]);
                let shares = provider(&world);
                let made =
                    world.run((0..count).map(|number| create(&shares, IMAGE, account(number))).collect());
                assert!(made.iter().all(Result::is_ok), "every share is made");
            });
        });
    }
    group.finish();
}
