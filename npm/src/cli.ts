#!/usr/bin/env node
import { Command } from "commander";
import { adoptCommand } from "./cli/adopt";
import { checkCommand } from "./cli/check";
import { doctorCommand } from "./cli/doctor";
import { emulatorCommand } from "./cli/emulator";
import { migrateCommand } from "./cli/migrate";
import { reportCommand } from "./cli/report";
import { UserError } from "./cli/user-error";
import { version } from "./cli/version";

const program = new Command("pulumi-alicloud-image-share")
	.description("share Alibaba Cloud custom images from Pulumi")
	.version(version())
	.showHelpAfterError("(add --help for what there is)")
	.showSuggestionAfterError()
	.addCommand(reportCommand())
	.addCommand(checkCommand())
	.addCommand(doctorCommand())
	.addCommand(migrateCommand())
	.addCommand(adoptCommand())
	.addCommand(emulatorCommand());

// Nobody reads any more: `report … | head -1`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	if (error.code !== "EPIPE") throw error;
});

program.parseAsync().catch((error: unknown) => {
	// An error of the user is one line; a defect of ours keeps its stack.
	process.stderr.write(
		error instanceof UserError ? `error: ${error.message}\n` : `${(error as Error).stack}\n`,
	);
	process.exitCode = 1;
});
