import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect, test } from "vitest";
import { ACCOUNT, IMAGE } from "./support/fixtures";
import { Stack } from "./support/stack";

const KEY = { accessKeyId: "LTAI5tPlantedPlainId", accessKeySecret: "PlantedPlainSecret" };

test.each([
	["plain text is one warning with the command that encrypts it", false],
	["encrypted it is nothing to speak of", true],
])("a secret key in the stack config: %s", async (_what, secret) => {
	await using cloud = await Emulator.start({ images: [IMAGE], credentials: [KEY] });
	await using stack = await Stack.create({
		environment: {
			ALIBABA_CLOUD_ENDPOINT_ECS: cloud.endpoint,
			ALIBABA_CLOUD_ENDPOINT_STS: cloud.endpoint,
		},
		config: {
			"alicloud:region": { value: cloud.region },
			"alicloud:accessKey": { value: KEY.accessKeyId },
			"alicloud:secretKey": { value: KEY.accessKeySecret, secret },
		},
	});
	const run = await stack.preview(() => {
		for (const number of [1, 2, 3]) {
			new ImageSharePermission(`web${number}`, {
				imageId: IMAGE,
				accountId: `${ACCOUNT.slice(0, -1)}${number}`,
			});
		}
	});
	const warning =
		"alicloud:secretKey is plain text in the stack config. Run `pulumi config set --secret alicloud:secretKey`, and replace the secret where the file was committed. [secret-in-plain-text]";
	const said = run.events.filter(({ diagnosticEvent: said }) => said?.message.includes(warning));
	expect(said).toHaveLength(secret ? 0 : 1);
	expect(run.stdout.includes("secret-in-plain-text")).toBe(!secret);
	expect(run.stdout + run.stderr).not.toContain(KEY.accessKeySecret);
});
