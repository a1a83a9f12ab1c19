export type { ImageShare } from "../core";
export {
	type GetImageSharesOptions,
	getImageShares,
	getImageSharesOutput,
} from "./get-image-shares";
export { ImageSharePermission, type ImageSharePermissionArgs } from "./image-share-permission";
export { ImageShareSet, type ImageShareSetArgs } from "./image-share-set";
