export { ImageSharePermission, type ImageSharePermissionArgs } from "./image-share-permission";
