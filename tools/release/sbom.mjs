// A bill of materials in CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/

const purl = ({ ecosystem, name, version }) =>
	`pkg:${ecosystem}/${name.replace("@", "%40")}@${version}`;

function licences(licence) {
	return /^[A-Za-z0-9.+-]+$/.test(licence)
		? [{ license: { id: licence } }]
		: [{ expression: licence.replaceAll("/", " OR ") }];
}

/** The bill of an artefact. It has no serial number and no time, so that equal materials give equal bytes. */
export function sbom({ name, version, ecosystem, materials }) {
	const subject = {
		type: ecosystem === "npm" ? "library" : "application",
		"bom-ref": purl({ ecosystem, name, version }),
		name,
		version,
		purl: purl({ ecosystem, name, version }),
		licenses: licences("Apache-2.0"),
	};
	const components = materials.map((found) => ({
		type: "library",
		"bom-ref": purl(found),
		name: found.name,
		version: found.version,
		purl: purl(found),
		hashes: [found.hash],
		licenses: licences(found.licence),
		externalReferences: [{ type: "vcs", url: found.source }],
	}));
	return {
		$schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
		bomFormat: "CycloneDX",
		specVersion: "1.6",
		version: 1,
		metadata: { component: subject },
		components,
		dependencies: [
			{ ref: subject["bom-ref"], dependsOn: components.map((component) => component["bom-ref"]) },
		],
	};
}
