import { dirname, join } from "node:path";
import ts from "typescript";
import { type Page, ROOT } from "./pages";

const SOURCES = join(ROOT, "npm", "src");

/** What the compiler reports of the blocks that claim to run (` ```ts run `), as `page:line: message`. */
export function errorsOfPrograms(pages: readonly Page[]): string[] {
	const programs = new Map<string, { path: string; line: number; code: string }>();
	for (const page of pages) {
		for (const { info, code, line } of page.blocks) {
			if (info !== "ts run") continue;
			// A module of its own, as a user's program is. The file is in memory only.
			const file = join(ROOT, "npm", "tests", "docs", `program-${programs.size}.mts`);
			programs.set(file, { path: page.path, line, code: `${code}\nexport {};\n` });
		}
	}
	const options: ts.CompilerOptions = {
		target: ts.ScriptTarget.ES2022,
		module: ts.ModuleKind.Node20,
		lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
		types: ["node"],
		typeRoots: [join(ROOT, "npm", "node_modules", "@types")],
		strict: true,
		noEmit: true,
		skipLibCheck: true,
		paths: {
			"pulumi-alicloud-image-share": [join(SOURCES, "index.ts")],
			"pulumi-alicloud-image-share/*": [join(SOURCES, "*", "index.ts")],
		},
	};
	const host = ts.createCompilerHost(options);
	const { fileExists, readFile, getSourceFile } = host;
	host.getCurrentDirectory = () => dirname(SOURCES);
	host.fileExists = (file) => programs.has(file) || fileExists(file);
	host.readFile = (file) => programs.get(file)?.code ?? readFile(file);
	host.getSourceFile = (file, target, ...rest) => {
		const program = programs.get(file);
		return program
			? ts.createSourceFile(file, program.code, target)
			: getSourceFile(file, target, ...rest);
	};
	const program = ts.createProgram([...programs.keys()], options, host);
	return [...programs].flatMap(([file, { path, line }]) => {
		const source = program.getSourceFile(file);
		return [
			...program.getSyntacticDiagnostics(source),
			...program.getSemanticDiagnostics(source),
		].map(({ start, messageText }) => {
			const row = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
			return `${path}:${line + row + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
		});
	});
}
