import { PolicyPack } from "@pulumi/policy";
import { imageSharePolicies } from "pulumi-alicloud-image-share/policy";

// What holds for every stack. A stack may set more: see policy-config.json.
new PolicyPack("image-share", {
	policies: imageSharePolicies(),
});
