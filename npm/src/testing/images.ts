import { Shares } from "./shares";

/** Stands in for the accounts that publish system, marketplace and community images. */
const PUBLISHER = "1000000000000001";

/** What can be an image's state; only `Available` ones can be shared. */
export type ImageStatus =
	| "Available"
	| "Creating"
	| "Waiting"
	| "UnAvailable"
	| "CreateFailed"
	| "Deprecated";

/** An image for {@link Emulator.addImage}. */
export interface ImageSpec {
	/** Such as `m-bp18ygjuqnwhechc0001`; of a system image, such as `centos_7_9_x64_20G_alibase_20230815.vhd`. */
	readonly id: string;
	/** The region it lives in; the emulator's when left out. */
	readonly region?: string;
	/**
	 * Whose it is, digits. The emulator's owner when left out, of the public kinds some publisher.
	 * An image of another account is seen by those it is shared with, and they cannot pass it on.
	 */
	readonly ownerId?: string;
	/** `custom` when left out. The other kinds are public and cannot be shared. */
	readonly kind?: "custom" | "community" | "marketplace" | "system";
	/** `Available` when left out. */
	readonly status?: ImageStatus;
	/** Encrypted by a service key it cannot be shared, by a customer key only while the role exists. */
	readonly encrypted?: "service-key" | "customer-key";
	/** How many disks it holds; 1 when left out. An encrypted image with several cannot be shared. */
	readonly disks?: number;
	/** The marketplace product it was made from, for `ProductCode`. */
	readonly productCode?: string;
	/** `ImageName`; the id when left out. */
	readonly name?: string;
	/** Accounts it is shared with from the start, digits. */
	readonly shares?: readonly string[];
}

/** An image as it is kept. */
export interface Image extends Required<Omit<ImageSpec, "encrypted" | "shares">> {
	readonly encrypted: ImageSpec["encrypted"];
	readonly shares: Shares;
	/** RFC 3339, whole seconds. */
	readonly creationTime: string;
}

/** All images, by id. */
export class ImageStore {
	readonly #images = new Map<string, Image>();

	/** @throws TypeError when the id is taken. */
	add(spec: ImageSpec, defaults: { region: string; ownerId: string; time: string }): Image {
		if (this.#images.has(spec.id)) {
			throw new TypeError(`image \`${spec.id}\` is there already`);
		}
		const kind = spec.kind ?? "custom";
		const image: Image = {
			id: spec.id,
			region: spec.region ?? defaults.region,
			ownerId: spec.ownerId ?? (kind === "custom" ? defaults.ownerId : PUBLISHER),
			kind,
			status: spec.status ?? "Available",
			encrypted: spec.encrypted,
			disks: spec.disks ?? 1,
			productCode: spec.productCode ?? "",
			name: spec.name ?? spec.id,
			shares: new Shares(),
			creationTime: defaults.time,
		};
		for (const accountId of spec.shares ?? []) {
			image.shares.add(accountId, defaults.time);
		}
		this.#images.set(image.id, image);
		return image;
	}

	/** Changes what is said of an image; its shares stay. */
	update(id: string, change: Partial<Pick<ImageSpec, "status" | "encrypted" | "kind">>): void {
		this.#images.set(id, { ...this.get(id), ...change });
	}

	remove(id: string): boolean {
		return this.#images.delete(id);
	}

	/** The image of that id, wherever it is. */
	find(id: string): Image | undefined {
		return this.#images.get(id);
	}

	/** @throws TypeError when there is none. */
	get(id: string): Image {
		const image = this.#images.get(id);
		if (image === undefined) {
			throw new TypeError(`the emulator has no image \`${id}\``);
		}
		return image;
	}

	/** In the order they were added. */
	all(): Image[] {
		return [...this.#images.values()];
	}
}
