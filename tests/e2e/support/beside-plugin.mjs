// The figures of the dynamic provider that those of the plugin stand beside, as JSON, for plugin/bench:
// its arguments are the parts to measure.
import { measured, sets, singles } from "./measured.mjs";

const commands = ["preview", "up", "again", "refresh"];
const fifty = { latency: 50, shares: 50, commands };

const parts = process.argv.slice(2);
console.log(
	JSON.stringify({
		...(parts.includes("deployments") && (await deployments())),
		...(parts.includes("growth") && { growth: await growth() }),
	}),
);

async function deployments() {
	return {
		empty: await measured(async () => {}, { resources: 0, commands }),
		singles: await measured(singles(50, 1), { resources: 50, ...fifty }),
		set: await measured(sets(1, 50), { resources: 1, ...fifty }),
	};
}

async function growth() {
	const rows = {};
	for (const count of [250, 500, 1000]) {
		const options = { resources: count, images: 20, latency: 20, shares: count };
		rows[count] = await measured(singles(count, 20), options);
	}
	return rows;
}
