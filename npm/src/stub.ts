import type * as pulumi from "@pulumi/pulumi";

/**
 * The provider that Pulumi serialises into the state of every share.
 *
 * Its text never changes between versions: a change would show as a diff of every share, and an older
 * state would go on running older code. So it holds no logic, captures nothing, and requires this
 * package by name where it runs.
 */
export const stub: pulumi.dynamic.ResourceProvider = {
	configure(request) {
		return require("pulumi-alicloud-image-share/provider").configure(request);
	},
	check(olds, news) {
		return require("pulumi-alicloud-image-share/provider").check(olds, news);
	},
	diff(id, olds, news) {
		return require("pulumi-alicloud-image-share/provider").diff(id, olds, news);
	},
	create(inputs) {
		return require("pulumi-alicloud-image-share/provider").create(inputs);
	},
	read(id, props) {
		return require("pulumi-alicloud-image-share/provider").read(id, props);
	},
	update(id, olds, news) {
		return require("pulumi-alicloud-image-share/provider").update(id, olds, news);
	},
	delete(id, props) {
		return require("pulumi-alicloud-image-share/provider").remove(id, props);
	},
};
