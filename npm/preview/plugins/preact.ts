/** JSX makes Preact's nodes. */
export default {
	oxc: { jsx: { runtime: "automatic" as const, importSource: "preact" } },
};
