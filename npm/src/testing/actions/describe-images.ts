import * as errors from "../errors";
import type { Parameters } from "../http";
import type { Image } from "../images";
import { Digits } from "../json";
import { type ActionContext, onPage, requestedPage, requiredRegion } from "./action";

type OwnerAlias = "system" | "self" | "others" | "marketplace";

/** Lists the images that the caller can see, a page at a time. Unknown ids are simply absent. */
export function describeImages(context: ActionContext): object {
	const { cloud, caller, parameters } = context;
	const region = requiredRegion(context);
	const page = requestedPage(context);
	const images = cloud.images
		.all()
		.filter((image) => image.region === region && isVisible(image, caller.accountId))
		.filter((image) => isWanted(image, caller.accountId, parameters));
	if (parameters.DryRun === "true") {
		throw errors.dryRunPassed();
	}
	return {
		RegionId: region,
		TotalCount: images.length,
		PageNumber: page.number,
		PageSize: page.size,
		Images: { Image: onPage(images, page).map((image) => describe(image, caller.accountId)) },
	};
}

function isVisible(image: Image, accountId: string): boolean {
	return image.kind !== "custom" || image.ownerId === accountId || image.shares.has(accountId);
}

function isWanted(image: Image, accountId: string, parameters: Parameters): boolean {
	const statuses = (parameters.Status || "Available").split(",");
	if (!statuses.includes("ALL") && !statuses.includes(image.status)) {
		return false;
	}
	const alias = ownerAlias(image, accountId);
	const wantedAlias = parameters.ImageOwnerAlias;
	if (wantedAlias && wantedAlias !== alias) {
		return false;
	}
	if (parameters.ImageId) {
		return parameters.ImageId.split(",").includes(image.id);
	}
	if (parameters.IsPublic === "true") {
		return image.kind === "community";
	}
	// Community images of others and the marketplace are listed only where they are asked for.
	return wantedAlias === "marketplace" || alias === "self" || image.kind === "system"
		? true
		: image.kind === "custom";
}

function ownerAlias(image: Image, accountId: string): OwnerAlias {
	if (image.kind === "system" || image.kind === "marketplace") {
		return image.kind;
	}
	return image.ownerId === accountId ? "self" : "others";
}

function describe(image: Image, accountId: string): object {
	const alias = ownerAlias(image, accountId);
	return {
		ImageId: image.id,
		ImageName: image.name,
		ImageVersion: "",
		Description: "",
		ImageOwnerAlias: alias,
		ImageOwnerId: new Digits(image.ownerId),
		IsSelfShared: alias === "self" ? (image.shares.list().length > 0 ? "True" : "False") : "",
		IsPublic: image.kind === "community",
		IsCopied: false,
		IsSubscribed: image.kind === "marketplace",
		Status: image.status,
		Progress: image.status === "Creating" ? "37%" : "100%",
		ProductCode: image.productCode,
		Usage: "none",
		OSType: "linux",
		OSName: "Alibaba Cloud Linux  3.2104 LTS 64位",
		OSNameEn: "Alibaba Cloud Linux  3.2104 LTS 64 bit",
		Platform: "Aliyun",
		Architecture: "x86_64",
		BootMode: "BIOS",
		Size: 20,
		IsSupportIoOptimized: true,
		IsSupportCloudinit: true,
		ResourceGroupId: "",
		CreationTime: image.creationTime,
		DiskDeviceMappings: { DiskDeviceMapping: disks(image) },
		DetectionOptions: {},
		Features: { NvmeSupport: "supported" },
		Tags: { Tag: [] },
	};
}

function disks(image: Image): object[] {
	// The real one returns only the number of the disks of system images.
	if (image.kind === "system") {
		return [];
	}
	return Array.from({ length: image.disks }, (_, index) => ({
		Device: `/dev/xvd${String.fromCharCode("a".charCodeAt(0) + index)}`,
		Type: index === 0 ? "system" : "data",
		Size: "20",
		SnapshotId: `s-${image.id.replace(/^m-/, "")}${index === 0 ? "" : index}`,
		Format: "",
		ImportOSSBucket: "",
		ImportOSSObject: "",
		Progress: "100%",
		RemainTime: 0,
		Encrypted: image.encrypted !== undefined,
	}));
}
