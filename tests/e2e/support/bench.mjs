// What shares take on the real engine, as JSON, for `npm run bench`.
import { measured, nothing, sets, singles } from "./measured.mjs";

const ON_AN_IMAGE = 50;

async function up(program, resources, options) {
	const { up, bytes } = await measured(program, { resources, ...options });
	return { ...up, bytes };
}

const calls = [];
for (const latency of [0, 50]) {
	const options = { latency, shares: 50 };
	calls.push({
		what: `up of 50 single resources, ${latency} ms latency`,
		toReach: "8 + 10 calls",
		...(await up(singles(50, 1), 50, options)),
	});
	calls.push({
		what: `up of a set of 50, ${latency} ms latency`,
		toReach: "5 + 2 calls",
		...(await up(sets(1, 50), 1, options)),
	});
}

const growth = [];
for (const count of [250, 500, 1000]) {
	const images = count / ON_AN_IMAGE;
	growth.push({
		what: `up of ${count} single resources`,
		ours: await up(singles(count, images), count, { images, shares: count }),
		nothing: await up(nothing(count), count),
	});
}
growth.push({
	what: "up of 100 sets of 50",
	ours: await up(sets(100, 50), 100, { images: 100, shares: 5_000 }),
	nothing: await up(nothing(100), 100),
});
console.log(JSON.stringify({ calls, growth }));
