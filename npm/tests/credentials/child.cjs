// A program of a user's, as far as credentials go: reads an image's shares and prints what came of it.
const { makeProvider } = require("../../dist/make-provider.js");
const { readSettings } = require("../../dist/settings.js");

const { config, image, region, profile, times } = JSON.parse(process.argv[2]);
const provider = makeProvider(readSettings((key) => config[key]));

async function main() {
	const accounts = [];
	for (let time = 0; time < times; time++) {
		const shares = await provider.shares({ imageId: image, region, profile });
		accounts.push(shares.map(({ accountId }) => accountId));
	}
	return { accounts };
}

main()
	.catch(({ name, code, message }) => ({ error: { name, code, message } }))
	.then((outcome) => {
		const loaded = ["@alicloud/credentials", "undici"].filter((name) =>
			Object.keys(require.cache).some((file) => file.includes(`node_modules/${name}/`)),
		);
		const result = { ...outcome, decisions: provider.decisions(), loaded };
		process.stdout.write(JSON.stringify(result), () => process.exit(0));
	});
