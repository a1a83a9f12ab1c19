// Types by statements of their own: the compiler that Pulumi brings for programs without one is TypeScript 3.8.
export type { ImageShare } from "../core";
export type { GetImageSharesOptions } from "./get-image-shares";
export { getImageShares, getImageSharesOutput } from "./get-image-shares";
export type { ImageSharePermissionArgs } from "./image-share-permission";
export { ImageSharePermission } from "./image-share-permission";
export type { ImageShareSetArgs } from "./image-share-set";
export { ImageShareSet } from "./image-share-set";
