import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { en, type Words } from "./en";
import { zh } from "./zh";

export type { Words };
export const Language = createContext<Words>(en);

/** The words of the language that is chosen, else of the browser's. */
export function wordsOf(chosen: "" | "en" | "zh"): { words: Words; code: "en" | "zh" } {
	const code = chosen || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
	return { words: code === "zh" ? zh : en, code };
}

export function useWords(): Words {
	return useContext(Language);
}
