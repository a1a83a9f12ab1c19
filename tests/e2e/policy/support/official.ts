import * as pulumi from "@pulumi/pulumi";

/** The type of the official resource. */
export const OFFICIAL = "alicloud:ecs/imageSharePermission:ImageSharePermission";

/** The official resource, as `@pulumi/alicloud` declares it, but for the types of its inputs. */
export class OfficialShare extends pulumi.CustomResource {
	constructor(name: string, inputs: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
		super(OFFICIAL, name, inputs, options);
	}
}

/** A resource that is shared within an organization. */
export class SharedResource extends pulumi.CustomResource {
	constructor(name: string, inputs: pulumi.Inputs) {
		super("alicloud:resourcemanager/sharedResource:SharedResource", name, inputs);
	}
}
