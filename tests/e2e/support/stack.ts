import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as automation from "@pulumi/pulumi/automation";
import { Folder } from "./folder";
import { Run } from "./run";

/** Where programs live: the folder into which the tarball is installed. */
const PROGRAM = join(import.meta.dirname, "..");

/** A program; what it returns are the outputs of the stack. */
export type Program = () => Record<string, unknown> | void;

export interface StackOptions {
	/** Environment of the engine and the provider: region, credentials, endpoint. */
	environment?: Record<string, string>;
	/** Stack config. */
	config?: automation.ConfigMap;
}

interface Expectation {
	/** The command is to end with an error; without it, it is to end well. */
	fails?: boolean;
}

/** A state as `pulumi stack export` has it. */
export interface Resource {
	urn: string;
	type: string;
	id?: string;
	inputs: Record<string, unknown>;
	outputs: Record<string, unknown>;
}

/** A stack on a file backend in a temporary folder, driven by the real engine. */
export class Stack implements AsyncDisposable {
	readonly folder: Folder;
	readonly #stack: automation.Stack;
	readonly #ended = new AbortController();
	#running: Promise<unknown> = Promise.resolve();

	private constructor(folder: Folder, stack: automation.Stack) {
		this.folder = folder;
		this.#stack = stack;
	}

	static async create({ environment = {}, config = {} }: StackOptions): Promise<Stack> {
		const folder = new Folder();
		const inside = (name: string) => {
			const path = join(folder.path, name);
			mkdirSync(path);
			return path;
		};
		const stack = await automation.LocalWorkspace.createStack(
			{ stackName: "dev", projectName: "images", program: async () => {} },
			{
				workDir: inside("work"),
				pulumiHome: inside("pulumi"),
				projectSettings: {
					name: "images",
					runtime: "nodejs",
					main: PROGRAM,
					backend: { url: `file://${inside("backend")}` },
				},
				envVars: {
					HOME: inside("home"),
					PULUMI_CONFIG_PASSPHRASE: "passphrase",
					PULUMI_SKIP_UPDATE_CHECK: "true",
					PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
					...environment,
				},
			},
		);
		if (Object.keys(config).length > 0) await stack.setAllConfig(config);
		return new Stack(folder, stack);
	}

	preview(program: Program, expectation?: Expectation): Promise<Run> {
		this.#use(program);
		return this.#run((options) => this.#stack.preview(options), expectation);
	}

	/** `up`, of the program given or of the last one. */
	up(program?: Program, expectation?: Expectation): Promise<Run> {
		if (program) this.#use(program);
		return this.#run((options) => this.#stack.up(options), expectation);
	}

	refresh(expectation?: Expectation): Promise<Run> {
		return this.#run((options) => this.#stack.refresh(options), expectation);
	}

	destroy(expectation?: Expectation): Promise<Run> {
		return this.#run((options) => this.#stack.destroy(options), expectation);
	}

	/** The shares in the state. */
	async shares(): Promise<Resource[]> {
		const { deployment } = await this.#stack.exportStack();
		return ((deployment.resources ?? []) as Resource[]).filter(({ type }) =>
			type.startsWith("pulumi-nodejs:dynamic/"),
		);
	}

	/** The whole state, as text. */
	async state(): Promise<string> {
		return JSON.stringify(await this.#stack.exportStack());
	}

	/** Ends what is still running and removes every trace. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#ended.abort();
		await this.#running.catch(() => {});
		this.folder[Symbol.dispose]();
	}

	#use(program: Program): void {
		this.#stack.workspace.program = async () => program() ?? {};
	}

	async #run(
		command: (
			options: Pick<automation.UpOptions, "onOutput" | "onError" | "onEvent" | "signal">,
		) => Promise<object>,
		{ fails = false }: Expectation = {},
	): Promise<Run> {
		const run = new Run();
		const running = command({
			onOutput: (text) => {
				run.stdout += text;
			},
			onError: (text) => {
				run.stderr += text;
			},
			onEvent: (event) => run.events.push(event),
			signal: this.#ended.signal,
		});
		this.#running = running;
		try {
			const result = await running;
			if ("outputs" in result) run.outputs = result.outputs as automation.OutputMap;
		} catch (error) {
			if (run.stdout === "") throw error;
			run.failed = true;
		}
		if (run.failed !== fails) {
			throw new Error(`the command ${fails ? "ended well" : "failed"}:\n${run.stdout}${run.stderr}`);
		}
		return run;
	}
}
