import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Folder } from "../../support/folder";

/** The official resource, as `@pulumi/alicloud` declares it. */
export class OfficialShare extends pulumi.CustomResource {
	constructor(
		name: string,
		args: { imageId: pulumi.Input<string>; accountId: pulumi.Input<string> },
		opts?: pulumi.CustomResourceOptions,
	) {
		super("alicloud:ecs/imageSharePermission:ImageSharePermission", name, { ...args }, opts);
	}
}

/** An explicit provider of the official package. */
export class OfficialProvider extends pulumi.ProviderResource {
	constructor(name: string, args: { region: string }) {
		super("alicloud", name, args);
	}
}

/** A folder of commands that comes first on PATH. */
export class Commands implements Disposable {
	readonly #folder = new Folder();

	constructor() {
		const standIn = join(import.meta.dirname, "alicloud.cjs");
		this.add("pulumi-resource-alicloud", `exec node ${standIn} "$@"`);
	}

	/** Adds a shell script. */
	add(name: string, script: string): void {
		mkdirSync(this.#folder.path, { recursive: true });
		writeFileSync(join(this.#folder.path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	}

	/** For the environment of a stack. */
	get environment(): { PATH: string } {
		return { PATH: `${this.#folder.path}${delimiter}${process.env.PATH}` };
	}

	[Symbol.dispose](): void {
		this.#folder[Symbol.dispose]();
	}
}
