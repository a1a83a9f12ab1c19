/**
 * CrossGuard policies about the sharing of images, for `@pulumi/policy`.
 *
 * They judge `ImageSharePermission` and `ImageShareSet` of this package and of its plugin, and
 * `alicloud.ecs.ImageSharePermission` of the official provider.
 */
export type { ListedAccount } from "../../core/policy";
export type { ImageSharePolicyOptions, PolicyOption } from "./pack";
export { imageSharePolicies } from "./pack";
export * from "./policies";
