import { apiTime } from "../cloud";
import * as errors from "../errors";
import type { EndlessListFault } from "../faults";
import type { Share } from "../shares";
import {
	type ActionContext,
	onPage,
	type Page,
	requestedPage,
	required,
	requiredRegion,
} from "./action";

/** Lists the accounts that an image of the caller is shared with, a page at a time. */
export function describeImageSharePermission(context: ActionContext): object {
	const { cloud, caller, parameters } = context;
	const region = requiredRegion(context);
	const image = cloud.images.find(required(parameters, "ImageId"));
	const page = requestedPage(context);
	if (image === undefined || image.region !== region || image.ownerId !== caller.accountId) {
		throw errors.imageNotFound();
	}
	const listing = context.endless
		? endlessPage(context.endless, page, apiTime(context.now))
		: truePage(image.shares.read(), page);
	return {
		RegionId: region,
		ImageId: image.id,
		TotalCount: listing.total,
		PageNumber: page.number,
		PageSize: page.size,
		Accounts: {
			Account: listing.shares.map(({ accountId, sharedTime }) => ({
				AliyunId: accountId,
				SharedTime: sharedTime,
			})),
		},
		ShareGroups: { ShareGroup: image.kind === "community" ? [{ Group: "all" }] : [] },
	};
}

interface Listing {
	readonly total: number;
	readonly shares: readonly Share[];
}

function truePage(shares: readonly Share[], page: Page): Listing {
	return { total: shares.length, shares: onPage(shares, page) };
}

/** The first of the accounts that stand on the pages of an endless list. */
const MADE_UP = 7_000_000_000_000_000;

function endlessPage(
	{ totalCount = 1_000_000, perPage = 1 }: EndlessListFault,
	{ number }: Page,
	sharedTime: string,
): Listing {
	return {
		total: totalCount,
		shares: Array.from({ length: perPage }, (_, index) => ({
			accountId: String(MADE_UP + (number - 1) * perPage + index),
			sharedTime,
		})),
	};
}
