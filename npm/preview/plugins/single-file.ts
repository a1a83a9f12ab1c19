import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/**
 * One file with everything in it, and a policy under which it can run its own script and style, load from
 * its own origin, and do nothing else.
 */
export function singleFile(): Plugin {
	return {
		name: "single-file",
		apply: "build",
		enforce: "post",
		generateBundle(_, bundle) {
			const page = bundle["index.html"];
			if (page?.type !== "asset") throw new Error("vite made no index.html");
			let html = String(page.source);
			const hashes = { script: [] as string[], style: [] as string[] };
			const inline = (kind: "script" | "style", tag: RegExp, text: string, open: string) => {
				if (!tag.test(html)) throw new Error(`the page has no ${tag}`);
				hashes[kind].push(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
				html = html.replace(tag, "");
				const end = kind === "style" ? "</head>" : "</body>";
				html = html.replace(end, () => `${open}${text}</${kind}>${end}`);
			};
			for (const [name, file] of Object.entries(bundle)) {
				if (file.type === "chunk") {
					// The end tag of the script is the one thing that text in it may not spell.
					const text = file.code.replaceAll("</script", "<\\/script");
					inline("script", /<script type="module"[^>]*><\/script>/, text, '<script type="module">');
				} else if (name.endsWith(".css")) {
					inline("style", /<link rel="stylesheet"[^>]*>/, String(file.source), "<style>");
				} else {
					continue;
				}
				delete bundle[name];
			}
			page.source = html.replace("<!--policy-->", () => policy(hashes));
		},
	};
}

function policy({ script, style }: { script: string[]; style: string[] }): string {
	const rules = [
		"default-src 'none'",
		// The worker is a blob of this page, and takes over this policy with its right to compile wasm.
		`script-src ${script.join(" ")} 'wasm-unsafe-eval'`,
		"worker-src blob:",
		`style-src ${style.join(" ")}`,
		"connect-src 'self'",
		"img-src data:",
		"base-uri 'none'",
		"form-action 'none'",
	];
	return `<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}">`;
}
