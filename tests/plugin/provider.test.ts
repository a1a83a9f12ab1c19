import { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, oneShare, sharedWith, test, yaml } from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

/** A share by a provider resource with some settings, a line of YAML each. */
const withProvider = (...settings: string[]) =>
	yaml(`resources:
  there:
    type: pulumi:providers:alicloud-image-share
    properties:
${settings.map((line) => `      ${line}\n`).join("")}  web:
    type: alicloud-image-share:ImageSharePermission
    properties:
      imageId: ${IMAGE}
      accountId: "${ACCOUNT}"
    options:
      provider: \${there}
`);

test("several providers share in several regions, with their own keys, which the state keeps encrypted", async ({
	cloud,
}) => {
	const environment = cloud.environment();
	const provider = (region: string) => `    type: pulumi:providers:alicloud-image-share
    properties:
      region: ${region}
      accessKey: ${environment.ALIBABA_CLOUD_ACCESS_KEY_ID}
      secretKey: ${environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET}
      endpoints:
        ecs: ${environment.ALIBABA_CLOUD_ENDPOINT_ECS}
`;
	const program = yaml(`resources:
  here:
${provider("cn-hangzhou")}  web:
    type: alicloud-image-share:ImageSharePermission
    properties:
      imageId: ${IMAGE}
      accountId: "${ACCOUNT}"
    options:
      provider: \${here}
`);
	await using stack = await ProgramStack.create({ yaml: program }, {});
	const up = await stack.up();
	expect(up.steps).toEqual(["create web"]);
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
	const secrets = [
		environment.ALIBABA_CLOUD_ACCESS_KEY_ID ?? "",
		environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? "",
	];
	for (const secret of secrets) {
		expect(stack.state).not.toContain(secret);
		expect(up.everything).not.toContain(secret);
	}
	expect(
		stack.resources.find(({ type }) => type.startsWith("pulumi:providers:"))?.inputs,
	).toMatchObject({
		region: "cn-hangzhou",
	});
});

test("the stack config of the plugin sets region, keys and endpoint of the default provider", async ({
	cloud,
}) => {
	const environment = cloud.environment();
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{
			config: {
				"alicloud-image-share:region": { value: environment.ALIBABA_CLOUD_REGION ?? "" },
				"alicloud-image-share:accessKey": { value: environment.ALIBABA_CLOUD_ACCESS_KEY_ID ?? "" },
				"alicloud-image-share:secretKey": {
					value: environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? "",
					secret: true,
				},
				"alicloud-image-share:endpoints": {
					value: JSON.stringify({ ecs: environment.ALIBABA_CLOUD_ENDPOINT_ECS }),
				},
			},
		},
	);
	await stack.up();
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
	expect(stack.state).not.toContain(environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? "");
});

test("an unknown setting is refused with the name that was meant", async ({ cloud }) => {
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{
			environment: cloud.environment(),
			config: { "alicloud-image-share:prefligth": { value: "off" } },
		},
	);
	const { errors } = await stack.preview({ fails: true });
	expect(errors.join("\n")).toContain(
		"There is no setting `prefligth`. Did you mean `preflight`? [setting-malformed]",
	);
});

test("another region of the provider replaces its resources, and the provider itself stays", async ({
	cloud,
}) => {
	const program = (region: string) => withProvider(`region: ${region}`, 'preflight: "off"');
	await using stack = await ProgramStack.create(
		{ yaml: program("cn-hangzhou") },
		{ environment: cloud.environment() },
	);
	await stack.up();
	stack.write(program("cn-beijing"));
	const preview = await stack.preview();
	expect(preview.steps).toContain("replace web");
	const provider = preview.events.flatMap(({ resourcePreEvent }) =>
		resourcePreEvent?.metadata.type === "pulumi:providers:alicloud-image-share"
			? resourcePreEvent.metadata.op
			: [],
	);
	expect(provider).toEqual(["update"]);
});

test("a refused setting is named as it was set: a key of the stack config, or an input of the provider", async ({
	cloud,
}) => {
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{
			environment: cloud.environment(),
			config: { "alicloud-image-share:accountLimit": { value: "many" } },
		},
	);
	const ofTheStack = await stack.preview({ fails: true });
	expect(ofTheStack.errors.join("\n")).toContain(
		"alicloud-image-share:accountLimit `many` is not a whole number above 0",
	);
	stack.write(withProvider("accountLimit: 0"));
	const { errors } = await stack.preview({ fails: true });
	expect(errors.join("\n")).toContain("accountLimit `0` is not a whole number above 0");
	expect(errors.join("\n")).not.toContain("alicloud-image-share:accountLimit");
});

test("other keys of the provider, and another timeout, replace nothing", async () => {
	const keys = ["One", "Two"].map((name) => ({
		accessKeyId: `LTAI5tPlanted${name}`,
		accessKeySecret: `Planted${name}Secret`,
	}));
	await using cloud = await Emulator.start({ images: [IMAGE], credentials: keys });
	const program = (key: (typeof keys)[number] | undefined, ...rest: string[]) =>
		withProvider(`accessKey: ${key?.accessKeyId}`, `secretKey: ${key?.accessKeySecret}`, ...rest);
	const { ALIBABA_CLOUD_REGION = "", ALIBABA_CLOUD_ENDPOINT_ECS = "" } = cloud.environment();
	await using stack = await ProgramStack.create(
		{ yaml: program(keys[0]) },
		{ environment: { ALIBABA_CLOUD_REGION, ALIBABA_CLOUD_ENDPOINT_ECS } },
	);
	await stack.up();
	stack.write(program(keys[1], "settleTimeout: 30"));
	const up = await stack.up();
	const provider = up.events.flatMap(({ resourcePreEvent }) =>
		resourcePreEvent?.metadata.type === "pulumi:providers:alicloud-image-share"
			? resourcePreEvent.metadata.op
			: [],
	);
	expect(provider).toEqual(["update"]);
	expect(up.steps).toEqual(["same web"]);
	expect(cloud.writes.length).toBe(1);
});

test("every key and token given to a provider resource is encrypted in the state, also within an object", async () => {
	const secrets = ["LTAI5tPlantedId", "PlantedSecret", "PlantedToken", "PlantedOidc", "PlantedUri"];
	const [id, secret, token, oidc, uri] = secrets;
	const program = yaml(`resources:
  there:
    type: pulumi:providers:alicloud-image-share
    properties:
      region: cn-hangzhou
      accessKey: ${id}
      secretKey: ${secret}
      securityToken: ${token}
      credentialsUri: http://127.0.0.1:1/${uri}
      assumeRoleWithOidc:
        oidcProviderArn: acs:ram::1886508529898586:oidc-provider/ci
        roleArn: acs:ram::1886508529898586:role/deployer
        oidcToken: ${oidc}
`);
	await using stack = await ProgramStack.create({ yaml: program }, {});
	const up = await stack.up();
	const [provider] = stack.resources.filter(({ type }) =>
		type.startsWith("pulumi:providers:alicloud"),
	);
	expect(provider?.inputs).toMatchObject({ region: "cn-hangzhou" });
	for (const planted of secrets) {
		expect(stack.state).not.toContain(planted);
		expect(up.everything).not.toContain(planted);
	}
});
