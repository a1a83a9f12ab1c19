import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as automation from "@pulumi/pulumi/automation";
import { Folder } from "../../e2e/support/folder";
import { installPlugin, isOurs } from "../../e2e/support/front-end";
import { Run } from "../../e2e/support/run";
import type { Resource } from "../../e2e/support/stack";

const execute = promisify(execFile);
/** Asked for its version once, and not once a stack. */
const cli = await automation.PulumiCommand.get();

/** The examples of the repository. */
export const EXAMPLES = resolve(import.meta.dirname, "../../../examples");

export interface ProgramOptions {
	/** Environment of the engine and the plugin: region, credentials, endpoint. */
	environment?: Record<string, string>;
	/** Stack config. */
	config?: automation.ConfigMap;
	/** Whether the plugin is installed already. */
	installs?: boolean;
}

/** A program in a language that has a host: a folder with Pulumi.yaml, run by the CLI as a user runs it. */
export class ProgramStack implements AsyncDisposable {
	readonly folder: Folder;
	readonly #stack: automation.Stack;
	readonly #environment: Record<string, string>;
	readonly #project: string;

	private constructor(
		folder: Folder,
		stack: automation.Stack,
		environment: Record<string, string>,
		project: string,
	) {
		this.folder = folder;
		this.#stack = stack;
		this.#environment = environment;
		this.#project = project;
	}

	/** Where the program lies. */
	get program(): string {
		return join(this.folder.path, "examples/program");
	}

	/** A stack of an example, by its folder's name, or of the text of a YAML program. */
	static async create(
		program: { example: string } | { yaml: string },
		{ environment = {}, config = {}, installs = true }: ProgramOptions,
	): Promise<ProgramStack> {
		const folder = new Folder();
		const inside = (name: string) => {
			const path = join(folder.path, name);
			mkdirSync(path);
			return path;
		};
		// An example finds the SDKs where it does in the repository.
		inside("examples");
		symlinkSync(resolve(EXAMPLES, "../sdk"), join(folder.path, "sdk"));
		const workDir = inside("examples/program");
		if ("example" in program) cpSync(join(EXAMPLES, program.example), workDir, { recursive: true });
		else writeFileSync(join(workDir, "Pulumi.yaml"), program.yaml);
		const home = inside("pulumi");
		if (installs) installPlugin(home);
		const variables = {
			HOME: inside("home"),
			PULUMI_HOME: home,
			PULUMI_BACKEND_URL: `file://${inside("backend")}`,
			PULUMI_CONFIG_PASSPHRASE: "passphrase",
			PULUMI_SKIP_UPDATE_CHECK: "true",
			PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
			...environment,
		};
		const stack = await automation.LocalWorkspace.createStack(
			{ stackName: "dev", workDir },
			{ pulumiCommand: cli, pulumiHome: home, envVars: variables },
		);
		// The events have told all of it by then, and each question is a command of its own.
		Object.assign(stack, { outputs: async () => ({}), info: async () => undefined });
		if (Object.keys(config).length > 0) await stack.setAllConfig(config);
		const { name } = await stack.workspace.projectSettings();
		return new ProgramStack(folder, stack, variables, name);
	}

	preview(options: { fails?: boolean } = {}): Promise<Run> {
		return this.#run((handlers) => this.#stack.preview(handlers), options);
	}

	up(options: { fails?: boolean } = {}): Promise<Run> {
		return this.#run((handlers) => this.#stack.up(handlers), options);
	}

	refresh(options: { fails?: boolean } = {}): Promise<Run> {
		return this.#run((handlers) => this.#stack.refresh(handlers), options);
	}

	destroy(options: { fails?: boolean } = {}): Promise<Run> {
		return this.#run((handlers) => this.#stack.destroy(handlers), options);
	}

	/** What another command of the CLI prints. */
	async command(...args: string[]): Promise<string> {
		const env = { ...process.env, ...this.#environment };
		const { stdout } = await execute("pulumi", [...args, "--non-interactive"], {
			cwd: this.program,
			env,
		});
		return stdout;
	}

	/** Writes another program in place of the one that there is. */
	write(yaml: string): void {
		writeFileSync(join(this.program, "Pulumi.yaml"), yaml);
	}

	/** The state as its file has it. */
	get state(): string {
		const file = `backend/.pulumi/stacks/${this.#project}/dev.json`;
		return readFileSync(join(this.folder.path, file), "utf8");
	}

	/** Everything in the state, in order. */
	get resources(): Resource[] {
		return JSON.parse(this.state).checkpoint.latest?.resources ?? [];
	}

	/** The shares in the state. */
	get shares(): Resource[] {
		return this.resources.filter(({ type }) => isOurs(type));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.folder[Symbol.dispose]();
	}

	async #run(
		start: (handlers: {
			onOutput: (text: string) => void;
			onError: (text: string) => void;
			onEvent: (event: automation.EngineEvent) => void;
		}) => Promise<unknown>,
		{ fails = false },
	): Promise<Run> {
		const run = new Run();
		const outcome = await start({
			onOutput: (text) => {
				run.stdout += text;
			},
			onError: (text) => {
				run.stderr += text;
			},
			onEvent: (event) => run.events.push(event),
		}).then(
			() => "succeeded",
			(error: Error) => {
				if (run.stdout === "") throw error;
				return "failed";
			},
		);
		if ((outcome === "failed") !== fails) {
			throw new Error(`the command ${outcome}:\n${run.stdout}${run.stderr}`);
		}
		return run;
	}
}
