import { Emulator } from "pulumi-alicloud-image-share/testing";
import { IMAGE, OTHER_IMAGE } from "../../support/fixtures";
import { Stack } from "../../support/stack";
import { type PackOptions, Tools } from "./tools";

/** A cloud, and a stack whose commands run the example pack. */
export class Policed implements AsyncDisposable {
	private constructor(
		readonly cloud: Emulator,
		readonly tools: Tools,
		readonly stack: Stack,
	) {}

	static async create(options: PackOptions = {}): Promise<Policed> {
		const tools = await Tools.create(options);
		const cloud = await Emulator.start({ images: [IMAGE, OTHER_IMAGE] });
		const environment = { ...cloud.environment(), ...tools.environment };
		return new Policed(cloud, tools, await Stack.create({ environment }));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.stack[Symbol.asyncDispose]();
		await this.cloud[Symbol.asyncDispose]();
		this.tools[Symbol.dispose]();
	}
}
