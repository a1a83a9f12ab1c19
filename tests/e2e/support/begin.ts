/** How often a command is tried where the engine does not reach the program. */
const ATTEMPTS = 3;

/**
 * Runs a command until it has begun, and returns its outcome. Where the engine had no connection to this process in
 * time, as on a machine that is very busy, nothing was tested, and the command may run again. Each time is reported.
 */
export async function untilBegun<T extends { readonly hasBegun: boolean }>(
	attempt: () => Promise<T>,
	report: (line: string) => void = console.warn,
): Promise<T> {
	for (let number = 1; ; number += 1) {
		const outcome = await attempt();
		if (outcome.hasBegun || number === ATTEMPTS) return outcome;
		report(`the engine did not reach the program: attempt ${number + 1} of ${ATTEMPTS}`);
	}
}
