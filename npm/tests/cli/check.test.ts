import { expect, test } from "vitest";
import { cli } from "./support";

const IMAGE = "m-bp18ygjuqnwhechc0001";

test("what is right is said so", () => {
	expect(cli(["check", "--image", IMAGE, "--account", "1234567890123456"])).toEqual({
		stdout: "nothing is wrong with the image and 1 account\n",
		stderr: "",
		status: 0,
	});
});

test("each account is judged, and the image once", () => {
	const accounts = ["--account", "1234567890123456", "--account", "alice@1.onaliyun.com"];
	const { stdout, status } = cli(["check", "--image", "ubuntu.vhd", ...accounts]);
	expect(stdout.split("\n").filter((line) => !line.startsWith(" "))).toEqual([
		"error imageId `ubuntu.vhd` is a public image of Alibaba Cloud, which every account can use already. [image-id-public]",
		"error accountId `alice@1.onaliyun.com` is the name of a RAM user, and images are shared with whole accounts. [account-id-malformed]",
		"",
	]);
	expect(status).toBe(2);
});

test("a warning does not fail", () => {
	const { stdout, status } = cli(["check", "--image", IMAGE, "--account", "12", "--json"]);
	expect(JSON.parse(stdout)).toEqual([
		{
			code: "account-id-length",
			severity: "warning",
			property: "accountId",
			message: "accountId `12` has 2 digits, and account ids have 16.",
			help: 'Compare it with the "Account ID" that the console shows; only very old accounts have fewer digits.',
		},
	]);
	expect(status).toBe(0);
});

test("what looks like a key is not repeated", () => {
	const { stdout } = cli(["check", "--image", IMAGE, "--account", "LTAI5tSecretSecret"]);
	expect(stdout).not.toContain("LTAI5tSecret");
});

test("an image is needed", () => {
	const { stderr, status } = cli(["check", "--account", "1234567890123456"]);
	expect(stderr.split("\n")[0]).toBe("error: required option '--image <id>' not specified");
	expect(status).toBe(1);
});
