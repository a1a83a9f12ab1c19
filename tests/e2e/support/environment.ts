/** Takes out of this process what a developer's machine may have set: real credentials, a real backend. */
for (const name of Object.keys(process.env)) {
	if (/^(ALICLOUD|ALIBABA|ALIYUN|ECS_|PULUMI)/.test(name)) delete process.env[name];
}
