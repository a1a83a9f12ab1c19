import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission } from "pulumi-alicloud-image-share";

const config = new pulumi.Config();
const imageId = config.require("imageId");
/** Whom to share with: a name for each account, and its id in quotes. */
const accounts = config.requireObject<Record<string, string>>("accounts");

const shares = Object.entries(accounts).map(
	([name, accountId]) => new ImageSharePermission(name, { imageId, accountId }),
);

/** Since when each account has the image. */
export const sharedSince = pulumi
	.all(shares.map((share) => pulumi.all([share.accountId, share.sharedTime])))
	.apply((entries) => Object.fromEntries(entries));
