// The process under test: one provider over the core, doing what it is told until nobody tells it more.
import { createRequire } from "node:module";

// The glue keeps the module's memory to itself, so it is taken when the module is made.
let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
	constructor(...given) {
		super(...given);
		memory = this.exports.memory;
	}
};

const require = createRequire(import.meta.url);
const { makeProvider } = require("../../npm/dist/make-provider.js");
const provider = makeProvider(JSON.parse(process.env.SOAK_SETTINGS));

async function run({ operation, imageId, accountId, sharedTime }) {
	const inputs = { imageId, accountId };
	const id = `${imageId}:${accountId}`;
	if (operation === "create") await provider.create("share", inputs);
	else if (operation === "delete") await provider.delete("share", id, { ...inputs, sharedTime });
	else return (await provider.read("share", id, { ...inputs, sharedTime })).id !== "";
	return true;
}

process.on("message", async ({ number, ...job }) => {
	if (job.operation === "measure") {
		globalThis.gc?.();
		const { rss, heapUsed } = process.memoryUsage();
		process.send({ number, result: { rss, heapUsed, wasm: memory.buffer.byteLength } });
		return;
	}
	try {
		process.send({ number, result: await run(job) });
	} catch (error) {
		const isError = error instanceof Error && typeof error.code === "string";
		const { name, code, message, id } = error;
		process.send({ number, error: { isError, name, code, message, inDoubt: id !== undefined } });
	}
});
process.on("disconnect", () => provider.free());
