import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, vi } from "vitest";
import { ENGINE, killStarted } from "../e2e/support/processes";
import { ACCOUNT, IMAGE, oneShare, sharedWith, test } from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

const PLUGIN = join(import.meta.dirname, "../../target/debug/pulumi-resource-alicloud-image-share");

/** The version of the workspace: of the plugin, its schema and its SDKs. */
const [, VERSION] = /^version = "(.*)"$/m.exec(
	readFileSync(join(import.meta.dirname, "../../Cargo.toml"), "utf8"),
) as unknown as [string, string];

/** The plugins that run now with a file open below a folder: those of one stack. */
function running(folder: string): string[] {
	const listing = execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" });
	return listing.split("\n").filter((line) => line.includes(folder) && line.includes("resource-"));
}

/** Waits for something that is not true yet. */
const soon = <T>(check: () => T | Promise<T>) =>
	vi.waitFor(check, { timeout: 60_000, interval: 100 });

test("a killed engine leaves no plugin, and what was shared is found by the next up", async ({
	cloud,
}) => {
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{ environment: cloud.environment() },
	);
	const write = cloud.inject({
		fault: "hangAfterWrite",
		action: "ModifyImageSharePermission",
	});
	const up = stack.up({ fails: true });
	await soon(() => expect(write.fired).toBe(1));
	expect(running(stack.folder.path).length).toBeGreaterThan(0);
	expect(killStarted(ENGINE)).toBeGreaterThan(0);
	await up;
	await soon(() => expect(running(stack.folder.path)).toEqual([]));

	await stack.command("cancel", "--yes", "dev");
	await stack.up();
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
	expect(stack.shares.map((share) => share.id)).toEqual([`${IMAGE}:${ACCOUNT}`]);
});

test("the port is the first line, and a signal ends the plugin at once", async () => {
	const plugin = spawn(PLUGIN, ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
	onTestFinished(() => void plugin.kill("SIGKILL"));
	const [line] = await once(createInterface(plugin.stdout), "line");
	const socket = connect(Number(line), "127.0.0.1");
	await once(socket, "connect");
	socket.destroy();
	plugin.kill("SIGINT");
	expect(await once(plugin, "exit")).toEqual([0, null]);
});

test("an engine that is gone ends the plugin, whose address refuses twice", async () => {
	const plugin = spawn(PLUGIN, ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
	onTestFinished(() => void plugin.kill("SIGKILL"));
	expect(await once(plugin, "exit")).toEqual([0, null]);
});

test("what `make plugin` lays out is installed by the CLI and used without a warning", async ({
	cloud,
}) => {
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{ environment: cloud.environment(), installs: false },
	);
	execFileSync("tar", [
		"-czf",
		join(stack.folder.path, "plugin.tar.gz"),
		"-C",
		dirname(PLUGIN),
		basename(PLUGIN),
	]);
	await stack.command(
		...["plugin", "install", "resource", "alicloud-image-share", `v${VERSION}`],
		...["--file", join(stack.folder.path, "plugin.tar.gz")],
	);
	const up = await stack.up();
	expect(up.warnings).toEqual([]);
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
});
