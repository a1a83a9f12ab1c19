import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../user-error";

/** Where the page has its report, when it comes with one. */
const PLACE = "<!--report-->";

const INSTALL = "install the package again";

/** The page with a report in it. */
export function html(report: string): string {
	const path = join(__dirname, "..", "..", "preview.html");
	if (!existsSync(path)) {
		throw new UserError("this package was built without its page", INSTALL);
	}
	const [before, after] = readFileSync(path, "utf8").split(PLACE);
	if (before === undefined || after === undefined) {
		throw new UserError("the page of this package has no place for a report", INSTALL);
	}
	// Data, which no browser runs; and no tag of the file's can end it.
	const data = report.replaceAll("<", "\\u003c");
	return `${before}<script type="application/json" id="report">${data}</script>${after}`;
}
