import type { Problem, Report } from "#plan";

/** A report as SARIF 2.1.0, which code scanning takes. */
export function sarif(report: Report, file: string, version: string): string {
	const rules = new Map(report.problems.map((problem) => [ruleId(problem), problem]));
	const log = {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [
			{
				tool: {
					driver: {
						name: "pulumi-alicloud-image-share",
						version,
						rules: [...rules].map(([id, { help }]) => ({
							id,
							...(help !== "" && { help: { text: help } }),
						})),
					},
				},
				results: report.problems.map((problem) => result(problem, file)),
			},
		],
	};
	return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleId({ code, from }: Problem): string {
	return code || from;
}

function result(problem: Problem, file: string) {
	const { severity, message, help, resource, type, property } = problem;
	return {
		ruleId: ruleId(problem),
		level: severity,
		message: { text: help ? `${message}: ${help}` : message },
		locations: [
			{
				// Code scanning shows nothing that has no place in a file.
				physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } },
				...(resource !== "" && {
					logicalLocations: [
						{ name: resource, fullyQualifiedName: `${type}::${resource}`, kind: "resource" },
					],
				}),
			},
		],
		partialFingerprints: { "imageShare/v1": [ruleId(problem), resource, property].join(":") },
	};
}
