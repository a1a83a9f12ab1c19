// What a compiler says of plain.ts beside it and of this package's own types, in the mode that Pulumi's templates have.
const { join, sep } = require("node:path");
const ts = require(process.argv[2]);

const options = {
	target: ts.ScriptTarget.ES2016,
	module: ts.ModuleKind.CommonJS,
	moduleResolution: ts.ModuleResolutionKind.NodeJs ?? ts.ModuleResolutionKind.Node10,
	strict: true,
	noEmit: true,
	types: [],
	...(Number(ts.versionMajorMinor) >= 6 && { ignoreDeprecations: "6.0" }),
};
const program = ts.createProgram([join(__dirname, "plain.ts")], options);
const own = [join(__dirname, "plain.ts"), `${sep}pulumi-alicloud-image-share${sep}`];
for (const file of program.getSourceFiles()) {
	const path = join(file.fileName);
	if (!own.some((part) => path.includes(part))) continue;
	for (const found of [
		...program.getSyntacticDiagnostics(file),
		...program.getSemanticDiagnostics(file),
	]) {
		console.log(path, ts.flattenDiagnosticMessageText(found.messageText, " "));
	}
}
