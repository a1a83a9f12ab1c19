import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A temporary folder. */
export class Folder implements Disposable {
	readonly path = mkdtempSync(join(tmpdir(), "image-share-"));

	/** Every file below, with its text. */
	files(): { path: string; text: string }[] {
		return readdirSync(this.path, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.map((path) => ({ path, text: readFileSync(path, "latin1") }));
	}

	[Symbol.dispose](): void {
		rmSync(this.path, { recursive: true, force: true });
	}
}
