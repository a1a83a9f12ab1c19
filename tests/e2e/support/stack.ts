import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as automation from "@pulumi/pulumi/automation";
import { untilBegun } from "./begin";
import { cli } from "./cli";
import { Folder } from "./folder";
import { configKey, installPlugin, isOurs, PROGRAMS } from "./front-end";
import { Run } from "./run";

/** A program; what it returns, if anything, are the outputs of the stack. */
export type Program = () => unknown;

export interface StackOptions {
	/** Environment of the engine and the provider: region, credentials, endpoint. */
	environment?: Record<string, string>;
	/** Stack config. */
	config?: automation.ConfigMap;
}

/** What gRPC reports where nobody accepted the connection in its time, on a machine that is very busy. */
const NO_CONNECTION = "14 UNAVAILABLE: No connection established";

type Start = (
	options: Pick<automation.UpOptions, "onOutput" | "onError" | "onEvent" | "signal">,
) => Promise<unknown>;

interface Outcome {
	readonly run: Run;
	readonly error: Error | undefined;
	/** Whether the engine reached the program, or did anything else that a test may be about. */
	readonly hasBegun: boolean;
}

interface Expectation {
	/** The command is to fail; without it, it is to succeed. */
	readonly fails?: boolean;
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
	#reached = false;
	#running: { command: Promise<unknown>; abort: AbortController } | undefined;

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
		const home = inside("pulumi");
		installPlugin(home);
		const stack = await automation.LocalWorkspace.createStack(
			{ stackName: "dev", projectName: "images", program: async () => {} },
			{
				pulumiCommand: cli,
				workDir: inside("work"),
				pulumiHome: home,
				projectSettings: {
					name: "images",
					runtime: "nodejs",
					main: PROGRAMS,
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
		// After a command the Automation API asks the CLI again for outputs and history, which takes as long
		// as the command itself. The events have told all of it by then.
		Object.assign(stack, { outputs: async () => ({}), info: async () => undefined });
		const entries = Object.entries(config).map(([key, value]) => [configKey(key), value] as const);
		if (entries.some(([, { secret }]) => secret))
			await stack.setAllConfig(Object.fromEntries(entries));
		else if (entries.length > 0) {
			// Plain values need no command: the file takes them as they are.
			const settings = await stack.workspace.stackSettings("dev");
			const plain = Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
			await stack.workspace.saveStackSettings("dev", { ...settings, config: plain });
		}
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

	/** Ctrl-C: what is under way may end, and nothing else begins. */
	interrupt(): void {
		this.#running?.abort.abort();
	}

	/**
	 * Takes away the lock that an engine which was killed has left. It writes checkpoints in place: one that was
	 * killed while it wrote has left a part of a file, and the checkpoint before beside it.
	 */
	async cancel(): Promise<void> {
		try {
			JSON.parse(readFileSync(this.stateFile, "utf8"));
		} catch {
			copyFileSync(`${this.stateFile}.bak`, this.stateFile);
		}
		await this.#stack.cancel();
	}

	/** The file that holds the state. */
	get stateFile(): string {
		return join(this.folder.path, "backend/.pulumi/stacks/images/dev.json");
	}

	/** The shares in the state, as its file has them. */
	async shares(): Promise<Resource[]> {
		const { checkpoint } = JSON.parse(readFileSync(this.stateFile, "utf8"));
		return ((checkpoint.latest?.resources ?? []) as Resource[]).filter(({ type }) => isOurs(type));
	}

	/** Puts a state in place of the stack's own, as text that `pulumi stack export` wrote. */
	async restore(state: string): Promise<void> {
		await this.#stack.importStack(JSON.parse(state));
	}

	/** Changes the state behind the engine's back, as text. */
	async edit(change: (state: string) => string): Promise<void> {
		const state = JSON.stringify(await this.#stack.exportStack());
		await this.#stack.importStack(JSON.parse(change(state)));
	}

	/** Ends what is still running and removes every trace. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#running?.abort.abort();
		await this.#running?.command.catch(() => {});
		this.folder[Symbol.dispose]();
	}

	#use(program: Program): void {
		this.#stack.workspace.program = async () => {
			this.#reached = true;
			return (program() ?? {}) as automation.OutputMap;
		};
	}

	async #run(start: Start, expectation?: Expectation): Promise<Run> {
		const { run, error } = await untilBegun(() => this.#runOnce(start));
		// An error without output is not Pulumi's: the program threw, or the CLI did not start.
		if (error && run.stdout === "") throw error;
		if ((error !== undefined) !== (expectation?.fails ?? false)) {
			throw new Error(`the command ${error ? "failed" : "succeeded"}:\n${run.stdout}${run.stderr}`);
		}
		return run;
	}

	async #runOnce(start: Start): Promise<Outcome> {
		const run = new Run();
		const abort = new AbortController();
		this.#reached = false;
		const command = start({
			onOutput: (text) => {
				run.stdout += text;
			},
			onError: (text) => {
				run.stderr += text;
			},
			onEvent: (event) => run.events.push(event),
			signal: abort.signal,
		});
		this.#running = { command, abort };
		try {
			await command;
			return { run, error: undefined, hasBegun: true };
		} catch (error) {
			const text = [run.everything, (error as Error).message].join("\n");
			const hasBegun = this.#reached || run.steps.length > 0 || !text.includes(NO_CONNECTION);
			return { run, error: error as Error, hasBegun };
		}
	}
}
