// Writes plans and states by the real OpenTofu, so that the tests read what teams have that have not moved:
// `make terraform-plans` builds it, and a stand-in for the official provider, and runs this.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../../.cache/bin", import.meta.url));
const TARGET = fileURLToPath(new URL(".", import.meta.url));
const account = (number) => `18865085298${String(number).padStart(5, "0")}`;
const WEB = "m-bp18ygjuqnwhechc0001";
const DATABASE = "m-bp18ygjuqnwhechc0002";

const folder = mkdtempSync(join(tmpdir(), "opentofu-"));
const settings = join(folder, "tofurc");
writeFileSync(settings, `provider_installation {\n  dev_overrides {\n    "aliyun/alicloud" = "${BIN}"\n  }\n}\n`);

const PROVIDERS = `
terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}
variable "beijing" {
  default = "cn-beijing"
}
provider "alicloud" {
  region = "cn-hangzhou"
}
provider "alicloud" {
  alias  = "beijing"
  region = var.beijing
}
`;
const share = (name, image, number, more = "") => `
resource "alicloud_image_share_permission" "${name}" {
  image_id   = ${image}
  account_id = ${typeof number === "number" ? `"${account(number)}"` : number}
${more}}
`;
const id = (image) => `"${image}"`;
/** A module that shares an image with a list of accounts. */
const MODULE = `
terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}
variable "image" {}
variable "accounts" {
  type = set(string)
}
resource "alicloud_image_share_permission" "team" {
  for_each   = var.accounts
  image_id   = var.image
  account_id = each.value
}
`;
const module = (numbers, image = id(WEB)) => `
module "teams" {
  source   = "./teams"
  image    = ${image}
  accounts = [${numbers.map((number) => `"${account(number)}"`).join(", ")}]
}
`;

/** Programs before and after, and what happens to the state between them. */
const CASES = {
	create: {
		after: share("one", id(WEB), 1) + share("two", id(DATABASE), 2, "  provider = alicloud.beijing\n"),
	},
	change: {
		before: [
			share("stays", id(WEB), 1),
			share("gone", id(WEB), 2),
			share("partner", id(WEB), 3),
			share("rolled", id(WEB), 4, "  lifecycle {\n    create_before_destroy = true\n  }\n"),
			share("counted", id(DATABASE), `"18865085298000\${count.index + 10}"`, "  provider = alicloud.beijing\n  count = 3\n"),
			share("left", id(WEB), 7),
			share("old_name", id(WEB), 8),
			module([21, 22]),
		].join(""),
		after: [
			share("stays", id(WEB), 1),
			share("partner", id(WEB), 9),
			share("rolled", id(DATABASE), 4, "  lifecycle {\n    create_before_destroy = true\n  }\n"),
			share("counted", id(DATABASE), `"18865085298000\${count.index + 10}"`, "  provider = alicloud.beijing\n  count = 2\n"),
			"\nremoved {\n  from = alicloud_image_share_permission.left\n  lifecycle {\n    destroy = false\n  }\n}\n",
			share("new_name", id(WEB), 8),
			"\nmoved {\n  from = alicloud_image_share_permission.old_name\n  to   = alicloud_image_share_permission.new_name\n}\n",
			module([22, 23]),
			share("adopted", id(WEB), 30),
			`\nimport {\n  to = alicloud_image_share_permission.adopted\n  id = "${WEB}:${account(30)}"\n}\n`,
		].join(""),
	},
	unknown: {
		before: share("late", id(WEB), 1),
		after: [
			'\nresource "alicloud_image" "baked" {\n  image_name = "baked"\n}\n',
			share("late", "alicloud_image.baked.id", 1),
			share("new", "alicloud_image.baked.id", 2),
			'\ndata "alicloud_images" "golden" {\n  name_regex = alicloud_image.baked.id\n}\n',
			share("found", "data.alicloud_images.golden.ids[0]", 3),
		].join(""),
	},
	sensitive: {
		before: `\nvariable "partner" {\n  default   = "${account(1)}"\n  sensitive = true\n}\n${share("secret", id(WEB), "var.partner")}`,
		after: [
			`\nvariable "partner" {\n  default   = "${account(2)}"\n  sensitive = true\n}\n`,
			share("secret", id(WEB), "var.partner"),
			'\ndata "alicloud_images" "golden" {\n  name_regex = "golden"\n}\n',
			share("open", "data.alicloud_images.golden.ids[0]", 3),
		].join(""),
	},
	unchanged: { before: share("one", id(WEB), 1), after: share("one", id(WEB), 1) },
	drift: {
		before: share("one", id(WEB), 1) + share("two", id(WEB), 2),
		after: share("one", id(WEB), 1) + share("two", id(WEB), 2),
		revoked: `${WEB}:${account(2)}`,
	},
	destroy: { before: share("one", id(WEB), 1) + module([21, 22]), flags: ["-destroy"] },
	others: { after: '\nresource "alicloud_image" "baked" {\n  image_name = "baked"\n}\n' },
};

try {
	for (const [name, { before, after, flags = [], revoked = "" }] of Object.entries(CASES)) {
		const work = join(folder, name);
		mkdirSync(join(work, "teams"), { recursive: true });
		writeFileSync(join(work, "teams/main.tf"), MODULE);
		const tofu = (...args) =>
			execFileSync(join(BIN, "tofu"), args, {
				cwd: work,
				encoding: "utf8",
				stdio: ["ignore", "pipe", "inherit"],
				env: { PATH: process.env.PATH, HOME: folder, TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: "1", REVOKED: revoked },
			});
		const program = (text) => writeFileSync(join(work, "main.tf"), PROVIDERS + text);
		if (before !== undefined) {
			program(before);
			tofu("get");
			tofu("apply", "-auto-approve", "-input=false");
			write(`${name}.state.json`, tofu("show", "-json"));
		}
		if (after !== undefined) program(after);
		tofu("get");
		tofu("plan", "-out=plan", "-input=false", ...flags);
		write(`${name}.plan.json`, tofu("show", "-json", "plan"));
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}

function write(name, text) {
	const plan = JSON.parse(text);
	// The same whenever it is made.
	if (plan.timestamp !== undefined) plan.timestamp = "2026-11-25T15:37:00Z";
	writeFileSync(join(TARGET, name), `${JSON.stringify(plan, null, 1)}\n`);
	console.log(name, text.length);
}
