export type { Call, Calls, Write } from "./calls";
export type { EmulatorCredentials, EmulatorRole } from "./credentials";
export { Emulator } from "./emulator";
export * from "./faults";
export type { ImageSpec, ImageStatus } from "./images";
export type { TlsOptions } from "./listener";
export type { EmulatorOptions } from "./options";
export type { Share } from "./shares";
