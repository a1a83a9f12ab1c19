import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect, test } from "vitest";
import { ACCOUNT, IMAGE } from "./support/fixtures";
import { places } from "./support/places";
import type { Run } from "./support/run";
import { Stack } from "./support/stack";

const PLANTED = {
	accessKeyId: "LTAI5tPlantedAccessKeyId",
	accessKeySecret: "PlantedAccessKeySecret01234567",
	securityToken: "CAISPlantedSecurityToken0123456789abcdef",
};
const SECRETS = Object.values(PLANTED);

const program = () => {
	const web = new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
	return { since: web.sharedTime };
};

/** The search finds what is there: the image, in what was printed and in the state. */
function expectFound(stack: Stack, runs: Run[]): void {
	const found = places(IMAGE, stack, runs);
	expect(found).toContain("command 1");
	expect(found).toContain(stack.stateFile);
}

/** Every command there is, with an up that changes something and one that fails. */
async function everyCommand(stack: Stack): Promise<Run[]> {
	return [
		await stack.preview(program),
		await stack.up(),
		await stack.refresh(),
		await stack.up(() => {
			new ImageSharePermission("web", { imageId: IMAGE, accountId: "1886508529898587" });
		}),
		await stack.up(
			() => {
				new ImageSharePermission("api", { imageId: "m-bp18ygjuqnwhechc9999", accountId: ACCOUNT });
			},
			{ fails: true },
		),
	];
}

test("credentials from the environment are in no state, log, event, error or file", async () => {
	await using cloud = await Emulator.start({ images: [IMAGE], credentials: [PLANTED] });
	await using stack = await Stack.create({ environment: cloud.environment() });

	const runs = await everyCommand(stack);
	expectFound(stack, runs);
	for (const secret of SECRETS) expect(places(secret, stack, runs)).toEqual([]);

	const destroy = await stack.destroy();
	for (const secret of SECRETS) expect(places(secret, stack, [destroy])).toEqual([]);
});

test("credentials from the stack config are in no state, log, event, error or file", async () => {
	await using cloud = await Emulator.start({ images: [IMAGE], credentials: [PLANTED] });
	const {
		ALIBABA_CLOUD_ACCESS_KEY_ID,
		ALIBABA_CLOUD_ACCESS_KEY_SECRET,
		ALIBABA_CLOUD_SECURITY_TOKEN,
		...environment
	} = cloud.environment();
	await using stack = await Stack.create({
		environment,
		config: {
			"alicloud:accessKey": { value: PLANTED.accessKeyId, secret: true },
			"alicloud:secretKey": { value: PLANTED.accessKeySecret, secret: true },
			"alicloud:securityToken": { value: PLANTED.securityToken, secret: true },
		},
	});

	const runs = await everyCommand(stack);
	expectFound(stack, runs);
	for (const secret of SECRETS) expect(places(secret, stack, runs)).toEqual([]);
});

test("a signature that is refused shows neither the credentials nor what was signed", async () => {
	const { accessKeyId, accessKeySecret } = PLANTED;
	await using cloud = await Emulator.start({
		images: [IMAGE],
		credentials: [{ accessKeyId, accessKeySecret: "another secret" }],
	});
	await using stack = await Stack.create({
		environment: cloud.environment({ accessKeyId, accessKeySecret }),
	});

	const up = await stack.up(program, { fails: true });
	expect(up.errors).toEqual([
		expect.stringMatching(/request id [0-9A-F-]{36}.*\[SignatureDoesNotMatch\]$/),
		"update failed",
	]);
	for (const secret of [...SECRETS, "another secret", "ACS3-HMAC-SHA256", "x-acs-"]) {
		expect(places(secret, stack, [up])).toEqual([]);
	}
});
