import packed from "virtual:page-wasm";
import * as glue from "../../../../pkg/generated/page.mjs";

type Core = typeof import("#page");
let ready: Promise<Core> | undefined;

/** The reader of plans, unpacked at the first call. */
export function core(): Promise<Core> {
	ready ??= unpack();
	return ready;
}

async function unpack(): Promise<Core> {
	const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
	const module = await WebAssembly.compile(await new Response(stream).arrayBuffer());
	glue.initSync({ module });
	return glue as unknown as Core;
}
