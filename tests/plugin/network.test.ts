import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect, onTestFinished } from "vitest";
import { Folder } from "../e2e/support/folder";
import { ACCOUNT, IMAGE, oneShare, sharedWith, test } from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

const PASSWORD = "planted%23pass";

/** A proxy that asks for a password, and tunnels to one port. */
async function proxyTo(port: number): Promise<string> {
	const credentials = Buffer.from(`ops:${decodeURIComponent(PASSWORD)}`).toString("base64");
	const server = createServer((client) => {
		client.on("error", () => {});
		client.once("data", (head) => {
			if (!String(head).includes(`Basic ${credentials}\r\n`)) {
				client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
				return;
			}
			const upstream = connect(port, "127.0.0.1", () => {
				client.write("HTTP/1.1 200 OK\r\n\r\n");
				client.pipe(upstream).pipe(client);
			});
			upstream.on("error", () => client.destroy());
		});
	});
	onTestFinished(() => void server.close());
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("it has no port");
	return `127.0.0.1:${address.port}`;
}

const withoutPassword = (stack: ProgramStack, everything: string) => {
	for (const text of [everything, stack.state]) {
		expect(text).not.toContain(PASSWORD);
		expect(text).not.toContain(decodeURIComponent(PASSWORD));
	}
};

test("a proxy with a password carries the calls, and a wrong password is refused at once", async ({
	cloud,
}) => {
	const proxy = await proxyTo(cloud.port);
	const environment = {
		...cloud.environment(),
		ALIBABA_CLOUD_ENDPOINT_ECS: "http://ecs.example.test",
		NO_PROXY: "",
	};
	const create = (password: string) =>
		ProgramStack.create(
			{ yaml: oneShare() },
			{ environment: { ...environment, HTTP_PROXY: `http://ops:${password}@${proxy}` } },
		);
	await using stack = await create(PASSWORD);
	withoutPassword(stack, (await stack.up()).everything);
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
	await using other = await create(`${PASSWORD}x`);
	const up = await other.up({ fails: true });
	expect(up.errors.join("\n")).toContain("the proxy requires other credentials (HTTP 407)");
	expect(up.errors.join("\n")).toContain("[connection-refused]");
	withoutPassword(other, up.everything);
});

test("a variable that names no proxy is refused by its name, and nothing is sent around the proxy", async ({
	cloud,
}) => {
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{ environment: { ...cloud.environment(), HTTP_PROXY: "http://ops:planted#pass@proxy.test" } },
	);
	const up = await stack.up({ fails: true });
	expect(up.errors.join("\n")).toContain("HTTP_PROXY is not the address of a proxy. Write it as ");
	expect(up.errors.join("\n")).toContain("[setting-malformed]");
	expect(up.everything).not.toContain("planted#pass");
	expect(cloud.calls).toEqual([]);
});

test("a host whose certificate nobody vouches for is refused, and SSL_CERT_FILE vouches", async () => {
	using folder = new Folder();
	const [key, file] = [join(folder.path, "key.pem"), join(folder.path, "cert.pem")];
	const options =
		"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=ecs -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=CA:FALSE";
	execFileSync("openssl", [...options.split(" "), "-keyout", key, "-out", file], {
		stdio: "ignore",
	});
	const tls = { key: readFileSync(key, "utf8"), cert: readFileSync(file, "utf8") };
	await using cloud = await Emulator.start({ images: [IMAGE], tls });
	const environment = { ...cloud.environment(), ALIBABA_CLOUD_ENDPOINT_ECS: cloud.endpoint };
	await using refused = await ProgramStack.create({ yaml: oneShare() }, { environment });
	const { errors } = await refused.up({ fails: true });
	expect(errors.join("\n")).toContain("[connection-refused]");
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{ environment: { ...environment, SSL_CERT_FILE: file } },
	);
	await stack.up();
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
});
