import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Folder } from "../../support/folder";
import { examplePack } from "./pack";

const SUPPORT = import.meta.dirname;

/** How a pack is given to Pulumi: as a folder, or as a file that it starts. */
export type Form = "folder" | "file";

export interface PackOptions {
	form?: Form;
	/** A config file of the pack: an object, or the text of a file. */
	config?: object | string;
	/** Lets `up` preview first, as it does for people; the Automation API has it skip that. */
	previewFirst?: boolean;
}

/**
 * Commands in a folder that comes first on PATH: a `pulumi` that runs the pack, what starts packs where
 * no Node host is installed, and an alicloud plugin that makes nothing and counts.
 */
export class Tools implements Disposable {
	readonly #folder = new Folder();
	/** The folder of the pack. */
	readonly pack: string;
	/** The pack in its form. */
	readonly packPath: string;

	private constructor(pack: string, { form = "file", config, previewFirst }: PackOptions) {
		this.pack = pack;
		this.packPath = form === "file" ? join(pack, "image-share-policies") : pack;
		const flags = ["--policy-pack", this.packPath];
		if (config !== undefined) {
			writeFileSync(this.configFile, typeof config === "string" ? config : JSON.stringify(config));
			flags.push("--policy-pack-config", this.configFile);
		}
		const real = execFileSync("which", ["pulumi"], { encoding: "utf8" }).trim();
		this.#command(
			"pulumi",
			`case "$1" in
	preview) set -- "$@" ${flags.join(" ")} ;;
	up) set -- "$@" ${flags.join(" ")} ${previewFirst ? "--skip-preview=false" : ""} ;;
esac
exec ${real} "$@"`,
		);
		this.#command(
			"pulumi-analyzer-policy-nodejs",
			`exec node "$(node -p 'require.resolve("@pulumi/pulumi/cmd/run-policy-pack")')" "$@"`,
		);
		this.#command(
			"pulumi-resource-alicloud",
			`MADE=${this.#made} exec node ${join(SUPPORT, "alicloud.cjs")} "$@"`,
		);
		writeFileSync(this.#made, "");
	}

	static async create(options: PackOptions = {}): Promise<Tools> {
		return new Tools(await examplePack(), options);
	}

	/** The config file of the pack, where it has one. */
	get configFile(): string {
		return join(this.#folder.path, "config.json");
	}

	/** For the environment of a stack. */
	get environment(): { PATH: string } {
		return { PATH: `${this.#bin}${delimiter}${process.env.PATH}` };
	}

	/** The resources that the alicloud plugin was asked to make, by type. */
	get made(): string[] {
		return readFileSync(this.#made, "utf8").split("\n").filter(Boolean);
	}

	[Symbol.dispose](): void {
		this.#folder[Symbol.dispose]();
	}

	get #made(): string {
		return join(this.#folder.path, "made");
	}

	get #bin(): string {
		return join(this.#folder.path, "bin");
	}

	#command(name: string, script: string): void {
		mkdirSync(this.#bin, { recursive: true });
		writeFileSync(join(this.#bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	}
}
