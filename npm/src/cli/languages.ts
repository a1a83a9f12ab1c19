import { Option } from "commander";

/** The languages of programs, and how files of theirs end. */
export const ENDINGS: Readonly<Record<string, string>> = {
	typescript: "ts",
	yaml: "yaml",
	python: "py",
	go: "go",
};

export const languageOption = () =>
	new Option("--language <language>", "language of the program")
		.choices(Object.keys(ENDINGS))
		.default("typescript");

/** Gathers the values of an option that can be given more than once. */
export const gathered = (
	text: string,
	before: readonly string[] | undefined,
): readonly string[] => [...(before ?? []), text];
