// In place of the official plugin, which cannot be had here: it shares on create and revokes on delete, by our
// own core, and knows of its resource what the official one does.
const { main } = require("@pulumi/pulumi/provider");
const { makeProvider, readSettings } = require("pulumi-alicloud-image-share/provider");

const settings = { "alicloud-image-share:preflight": "off" };
const core = makeProvider(readSettings((key) => settings[key]));
/** Pulumi's Node runtime hands over secrets as objects. */
const plain = (value) => (typeof value === "object" ? value.value : value);
// The region is the image's own in these tests: the stand-in reads no configuration.
const inputs = ({ imageId, accountId }) => ({
	imageId,
	accountId: plain(accountId),
	region: imageId.startsWith("m-2ze") ? "cn-beijing" : "cn-hangzhou",
});

main(
	{
		version: "3.0.0",
		schema: JSON.stringify({ name: "alicloud", version: "3.0.0" }),
		check: async (_urn, _olds, news) => ({ inputs: news }),
		diff: async (_id, _urn, olds, news) => {
			const replaces = ["imageId", "accountId"].filter(
				(key) => plain(olds[key]) !== plain(news[key]),
			);
			return { changes: replaces.length > 0, replaces };
		},
		create: async (_urn, news) => {
			const { id } = await core.create("share", inputs(news));
			return { id, outs: news };
		},
		read: async (id, _urn, props) => ({ id, props }),
		update: async (_id, _urn, _olds, news) => ({ outs: news }),
		delete: async (id, _urn, props) => {
			await core.delete("share", id, { ...inputs(props), sharedTime: "" });
		},
	},
	process.argv.slice(2),
);
