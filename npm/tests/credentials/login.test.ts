import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { IMAGE, start } from "../testing/support";
import { temporary } from "./sources";
import { homeWith, run } from "./support";

const ACCOUNT = "1000000000000001";
const LOGINS = [
	[
		"CloudSSO",
		{
			cloud_sso_sign_in_url: "https://signin-cn-shanghai.alibabacloudsso.com/x/login",
			cloud_sso_account_id: "1",
			cloud_sso_access_config: "ac-x",
			access_token: "planted-access-token",
		},
	],
	["OAuth", { oauth_site_type: "CN", oauth_refresh_token: "planted-refresh-token" }],
] as const;

const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

/** A profile that was logged in by a browser, and what its file holds. */
function loggedIn(mode: string, fields: object, cached: object) {
	const home = homeWith({ name: "baker", mode, ...fields, ...cached });
	const file = join(home, ".aliyun", "config.json");
	const content = () => ({ text: readFileSync(file, "utf8"), changed: statSync(file).mtimeMs });
	return { home, content };
}

test.each(LOGINS)(
	"a login by %s that still holds is read and never written",
	async (mode, fields) => {
		const ecs = await start({ images: [{ id: IMAGE, shares: [ACCOUNT] }] });
		const key = temporary(ecs);
		const { home, content } = loggedIn(mode, fields, {
			access_key_id: key.accessKeyId,
			access_key_secret: key.accessKeySecret,
			sts_token: key.securityToken,
			sts_expiration: seconds(3600),
		});
		const before = content();
		const outcome = await run(ecs, { home, times: 3 });
		expect(outcome.accounts).toEqual([[ACCOUNT], [ACCOUNT], [ACCOUNT]]);
		expect(outcome.loaded).toEqual([]);
		expect(content()).toEqual(before);
	},
);

test.each(LOGINS)(
	"a login by %s that has ended says what to run, and no part of it",
	async (mode, fields) => {
		const ecs = await start({ images: [IMAGE] });
		for (const ended of [{}, { sts_token: "planted-token", sts_expiration: seconds(-60) }]) {
			const expired = { ...ended, cloud_sso_access_token_expire: seconds(-60) };
			const own = mode === "CloudSSO" ? expired : ended;
			const { home, content } = loggedIn(mode, fields, own);
			const before = content();
			const config = { "alicloud:profile": "baker" };
			const { error, output } = await run(ecs, { home, config });
			expect(error?.code).toBe("credentials-failed");
			expect(error?.message).toContain(
				`run \`aliyun configure --mode ${mode} --profile baker\` to log in again`,
			);
			expect(output).not.toContain("planted");
			expect(content()).toEqual(before);
		}
	},
);
