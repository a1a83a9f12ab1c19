/** Why a release is not made: what is wrong, and what to do about it. */
export class Refusal extends Error {
	constructor(message, help) {
		super(message);
		this.name = "Refusal";
		this.help = help;
	}
}

/** Runs a task: a refusal is printed as two sentences and ends with 1; any other error is a fault of ours. */
export async function reporting(task) {
	try {
		await task();
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		console.error(`error: ${error.message}\n  help: ${error.help}`);
		process.exitCode = 1;
	}
}
