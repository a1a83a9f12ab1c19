import type { ActionContext } from "./action";

/** Lists the regions that the account can use. It takes no RegionId, and ignores one. */
export function describeRegions({ cloud }: ActionContext): object {
	const regions = [...cloud.regions].map((region) => ({
		RegionId: region,
		LocalName: region,
		RegionEndpoint: `ecs.${region}.aliyuncs.com`,
		Status: "available",
	}));
	return { Regions: { Region: regions } };
}
