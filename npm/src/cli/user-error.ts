/** An error that the user can correct: its message says how. */
export class UserError extends Error {
	override readonly name = "UserError";
}
