// Loaded into children before anything else: nothing leaves this machine, and the metadata address of an
// ECS instance, which cannot be set up here, is answered by a server of the test's own. The library asks
// it by http.request, so that is where it is turned aside.
const http = require("node:http");
const net = require("node:net");

const METADATA = "100.100.100.200";
const { request } = http;

const guarded = () => Object.assign(new Error("guarded"), { code: "EGUARDED" });

http.request = (options, ...rest) => {
	if ((options.hostname ?? options.host) !== METADATA) return request(options, ...rest);
	const port = process.env.TEST_METADATA_PORT;
	if (!port) throw guarded();
	return request({ ...options, host: "127.0.0.1", hostname: "127.0.0.1", port }, ...rest);
};

// The second line, beneath every client there is. What it cannot read, it refuses.
const LOCAL = ["127.0.0.1", "localhost", "::1"];
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
	const [first, second] = Array.isArray(args[0]) ? args[0] : args;
	const { host, path } =
		typeof first === "object" && first !== null ? first : { host: second, path: undefined };
	const pipe = typeof path === "string" && host === undefined;
	if (!pipe && !LOCAL.includes(host)) throw guarded();
	return connect.apply(this, args);
};
