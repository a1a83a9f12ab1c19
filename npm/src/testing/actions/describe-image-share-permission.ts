import * as errors from "../errors";
import { type ActionContext, onPage, requestedPage, required, requiredRegion } from "./action";

/** Lists the accounts that an image of the caller is shared with, a page at a time. */
export function describeImageSharePermission(context: ActionContext): object {
	const { cloud, caller, parameters } = context;
	const region = requiredRegion(context);
	const image = cloud.images.find(required(parameters, "ImageId"));
	const page = requestedPage(parameters);
	if (image === undefined || image.region !== region || image.ownerId !== caller.accountId) {
		throw errors.imageNotFound();
	}
	const shares = image.shares.read();
	return {
		RegionId: region,
		ImageId: image.id,
		TotalCount: shares.length,
		PageNumber: page.number,
		PageSize: page.size,
		Accounts: {
			Account: onPage(shares, page).map(({ accountId, sharedTime }) => ({
				AliyunId: accountId,
				SharedTime: sharedTime,
			})),
		},
		ShareGroups: { ShareGroup: image.kind === "community" ? [{ Group: "all" }] : [] },
	};
}
