// A signature: natively, by WebAssembly, and by Alibaba Cloud's SDK for Go.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { signature as inNode } from "../../npm/bench/signature.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const printed = (file, args, cwd) =>
	JSON.parse(execFileSync(file, args, { cwd, encoding: "utf8" }));

/** Microseconds of each case: `[what, natively, by WebAssembly, by the SDK for Go]`. */
export async function signature() {
	const native = printed(here("../../target/plugin/examples/sign"), []);
	const go = printed("go", ["run", "."], here("go-sdk"));
	if (native.header !== go.header) throw new Error("the two signatures differ");
	const [alone, attempt] = await inNode();
	return [
		[alone[0], native.alone / 1000, alone[1], go.alone / 1000],
		[attempt[0], native.attempt / 1000, attempt[1], go.attempt / 1000],
	];
}
