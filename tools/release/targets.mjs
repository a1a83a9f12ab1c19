// The platforms of the plugin, by Rust's names and by Pulumi's.
import { execFileSync } from "node:child_process";
import { Refusal } from "./refusal.mjs";

export const PLUGIN = "pulumi-resource-alicloud-image-share";

/** `cross`: linked on Linux by zig. macOS needs Apple's frameworks, and so a runner of its own. */
export const TARGETS = [
	{ rust: "x86_64-unknown-linux-musl", pulumi: "linux-amd64", cross: true },
	{ rust: "aarch64-unknown-linux-musl", pulumi: "linux-arm64", cross: true },
	{ rust: "x86_64-apple-darwin", pulumi: "darwin-amd64", cross: false },
	{ rust: "aarch64-apple-darwin", pulumi: "darwin-arm64", cross: false },
	{ rust: "x86_64-pc-windows-gnu", pulumi: "windows-amd64", cross: true },
	{ rust: "aarch64-pc-windows-gnullvm", pulumi: "windows-arm64", cross: true },
];

/** This machine, linked as its own compiler does it. */
function host() {
	const rust = /^host: (.*)$/m.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))?.[1];
	const os = { linux: "linux", darwin: "darwin", win32: "windows" }[process.platform];
	const arch = { x64: "amd64", arm64: "arm64" }[process.arch];
	return { rust, pulumi: `${os}-${arch}`, cross: false };
}

/** The targets that are named, by Pulumi's names: `host` where none is. */
export function chosen(names) {
	const words = (names || "host").split(/[\s,]+/).filter((word) => word !== "");
	return words.map((word) => {
		if (word === "host") return host();
		const found = TARGETS.find((target) => target.pulumi === word);
		if (found) return found;
		const known = ["host", ...TARGETS.map((target) => target.pulumi)].join(", ");
		throw new Refusal(`\`${word}\` is no platform of the plugin`, `choose of ${known}`);
	});
}

/** The archive that `pulumi plugin install` looks for. */
export const archiveName = (version, { pulumi }) => `${PLUGIN}-v${version}-${pulumi}.tar.gz`;

/** The executable in it. */
export const binaryName = ({ pulumi }) => (pulumi.startsWith("windows") ? `${PLUGIN}.exe` : PLUGIN);
