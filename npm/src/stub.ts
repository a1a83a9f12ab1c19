import type * as pulumi from "@pulumi/pulumi";

// The providers that Pulumi serialises into the state of every resource. Their text never changes between
// versions: a change would show as a diff of every resource, and an older state would go on running older
// code. So they hold no logic, capture nothing, and require this package by name where they run.

/** The provider of `ImageSharePermission`. */
export const shareStub: pulumi.dynamic.ResourceProvider = {
	configure(request) {
		return require("pulumi-alicloud-image-share/provider").configure(request);
	},
	check(olds, news) {
		return require("pulumi-alicloud-image-share/provider").share.check(olds, news);
	},
	diff(id, olds, news) {
		return require("pulumi-alicloud-image-share/provider").share.diff(id, olds, news);
	},
	create(inputs) {
		return require("pulumi-alicloud-image-share/provider").share.create(inputs);
	},
	read(id, props) {
		return require("pulumi-alicloud-image-share/provider").share.read(id, props);
	},
	update(id, olds, news) {
		return require("pulumi-alicloud-image-share/provider").share.update(id, olds, news);
	},
	delete(id, props) {
		return require("pulumi-alicloud-image-share/provider").share.delete(id, props);
	},
};

/** The provider of `ImageShareSet`. */
export const setStub: pulumi.dynamic.ResourceProvider = {
	configure(request) {
		return require("pulumi-alicloud-image-share/provider").configure(request);
	},
	check(olds, news) {
		return require("pulumi-alicloud-image-share/provider").set.check(olds, news);
	},
	diff(id, olds, news) {
		return require("pulumi-alicloud-image-share/provider").set.diff(id, olds, news);
	},
	create(inputs) {
		return require("pulumi-alicloud-image-share/provider").set.create(inputs);
	},
	read(id, props) {
		return require("pulumi-alicloud-image-share/provider").set.read(id, props);
	},
	update(id, olds, news) {
		return require("pulumi-alicloud-image-share/provider").set.update(id, olds, news);
	},
	delete(id, props) {
		return require("pulumi-alicloud-image-share/provider").set.delete(id, props);
	},
};
