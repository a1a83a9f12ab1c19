// Loaded into children before anything else: nothing leaves this machine, and the metadata address of an
// ECS instance and the central STS, which cannot be set up here, are answered by servers of the test's own. It sits
// beneath every client there is; what it cannot read, it refuses.
const net = require("node:net");

const METADATA = "100.100.100.200";
const STS = "sts.aliyuncs.com";
const LOCAL = ["127.0.0.1", "localhost", "::1"];

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
	const list = Array.isArray(args[0]) ? args[0] : args;
	const [first, second] = list;
	const { host, path } =
		typeof first === "object" && first !== null ? first : { host: second, path: undefined };
	const ports = { [METADATA]: process.env.TEST_METADATA_PORT, [STS]: process.env.TEST_STS_PORT };
	const port = ports[host];
	if (port && typeof first === "object") {
		Object.assign(first, { host: "127.0.0.1", hostname: "127.0.0.1", port: Number(port) });
		return connect.apply(this, args);
	}
	const pipe = typeof path === "string" && host === undefined;
	if (pipe || LOCAL.includes(host)) return connect.apply(this, args);
	process.nextTick(() => this.destroy(Object.assign(new Error("guarded"), { code: "EGUARDED" })));
	return this;
};
