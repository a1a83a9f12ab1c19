import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { en, type Words } from "./en";
import { zh } from "./zh";

export type { Words };
export const Language = createContext<Words>(en);

/** The language that is chosen, else the browser's. */
export function languageOf(chosen: "" | "en" | "zh"): "en" | "zh" {
	return chosen || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
}

export function wordsOf(code: "en" | "zh"): Words {
	return code === "zh" ? zh : en;
}

export function useWords(): Words {
	return useContext(Language);
}
