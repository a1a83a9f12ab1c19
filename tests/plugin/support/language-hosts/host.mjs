// What Pulumi's own language hosts do, as far as an example needs it: they cannot be had as packages. It starts
// a program with the engine's addresses in its environment, and reports how it ended.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const grpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js");
const service = require("@pulumi/pulumi/proto/language_grpc_pb.js");
const messages = require("@pulumi/pulumi/proto/language_pb.js");
const plugin = require("@pulumi/pulumi/proto/plugin_pb.js");

/** @param command From the request, what to run: `[file, ...arguments]`. */
export function serve(command) {
	const engine = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
	const server = new grpc.Server();
	server.addService(service.LanguageRuntimeService, {
		getPluginInfo: (_, done) => {
			const info = new plugin.PluginInfo();
			info.setVersion("1.0.0");
			done(null, info);
		},
		getRequiredPlugins: (_, done) => done(null, new messages.GetRequiredPluginsResponse()),
		getRequiredPackages: (_, done) => done(null, new messages.GetRequiredPackagesResponse()),
		run: ({ request }, done) => {
			const config = Object.fromEntries(request.getConfigMap().toObject());
			const [file, ...parameters] = command(request);
			const child = spawn(file, parameters, {
				cwd: request.getInfo()?.getProgramDirectory() || request.getPwd(),
				env: {
					...process.env,
					PULUMI_PROJECT: request.getProject(),
					PULUMI_STACK: request.getStack(),
					PULUMI_ORGANIZATION: request.getOrganization(),
					PULUMI_CONFIG: JSON.stringify(config),
					PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
					PULUMI_DRY_RUN: String(request.getDryrun()),
					PULUMI_PARALLEL: String(request.getParallel()),
					PULUMI_MONITOR: request.getMonitorAddress(),
					PULUMI_ENGINE: engine,
				},
				stdio: ["ignore", "pipe", "pipe"],
			});
			let printed = "";
			for (const stream of [child.stdout, child.stderr]) {
				stream.on("data", (text) => {
					printed += text;
				});
			}
			child.on("error", (error) => done(error));
			child.on("close", (code) => {
				const response = new messages.RunResponse();
				if (code !== 0) response.setError(`the program ended with ${code}:\n${printed}`);
				done(null, response);
			});
		},
	});
	server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
		if (error) throw error;
		console.log(port);
	});
}
