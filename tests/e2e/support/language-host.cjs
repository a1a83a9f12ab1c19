// Loads index.ts beside it as Pulumi's Node language host does (cmd/run of @pulumi/pulumi: its own ts-node,
// the program's TypeScript), with mocks in place of the engine, and prints its outputs as JSON.
const { createRequire } = require("node:module");

const {
	typeScriptRequireStrings,
	loadTypeScriptCompilerOptions,
} = require("@pulumi/pulumi/tsutils");
const pulumi = require("@pulumi/pulumi");

const { tsnodeRequire, typescriptRequire } = typeScriptRequireStrings();
createRequire(require.resolve("@pulumi/pulumi/cmd/run"))(tsnodeRequire).register({
	compiler: typescriptRequire,
	project: "tsconfig.json",
	compilerOptions: {
		target: "ES2020",
		module: "nodenext",
		moduleResolution: "nodenext",
		sourceMap: "true",
		...loadTypeScriptCompilerOptions("tsconfig.json"),
	},
});

pulumi.runtime.setMocks(
	{
		call: () => ({}),
		newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, sharedTime: "now" } }),
	},
	"image-shares",
);
pulumi.runtime.setAllConfig({
	"image-shares:imageId": "m-bp18ygjuqnwhechc0001",
	"image-shares:accounts": '{"build": "1886508529898586"}',
});
pulumi.output(require("./index.ts")).apply((outputs) => console.log(JSON.stringify(outputs)));
