/** The reader of plans, loaded by the commands that need it alone. */
export function loadPlan(): typeof import("#plan") {
	return (require("#plan") as { plan(): typeof import("#plan") }).plan();
}
