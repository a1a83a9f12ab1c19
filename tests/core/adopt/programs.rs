//! The program of a migration in each language, whole.

use serde_json::json;

use super::{migrated, official, official_provider, secret, state};

fn program(language: &str) -> String {
    let mut web = official("web", "1886508529898501", "partner");
    web["protect"] = true.into();
    web["propertyDependencies"] = json!({ "imageId": ["urn:pulumi:dev::images::a:b:C::golden"] });
    let provider = official_provider(
        "partner",
        json!({ "region": "cn-shanghai", "accessKey": "k", "secretKey": secret() }),
    );
    let names = "1886508529898501,Build";
    migrated(&state(vec![provider, web]), json!({ "to": "plugin", "language": language, "accounts": names }))
        .program
}

/// A set with every input that a state can have.
fn whole_set(language: &str) -> String {
    let inputs = json!({
        "imageId": super::IMAGE, "accountIds": ["1886508529898501"], "mode": "authoritative",
        "region": "cn-hangzhou", "force": true, "removalLimit": 0.25, "waitForImage": 60, "adopt": "keep",
        "keepOnDelete": ["1886508529898501"],
    });
    let mut set = super::ours(super::SHARE, "golden", "1886508529898501");
    set["urn"] = super::urn(super::DYNAMIC_SET, "golden").into();
    set["type"] = super::DYNAMIC_SET.into();
    set["id"] = super::IMAGE.into();
    set["inputs"] = inputs.clone();
    set["outputs"] = inputs;
    set["outputs"]["sharedTimes"] = json!(["T"]);
    migrated(&state(vec![set]), json!({ "to": "plugin", "language": language })).program
}

#[test]
fn every_input_is_written_as_its_language_takes_it() {
    for (language, lines) in [
        (
            "typescript",
            [
                "\tmode: \"authoritative\",",
                "\tforce: true,",
                "\tremovalLimit: 0.25,",
                "\twaitForImage: 60,",
                "\tadopt: \"keep\",",
                "\tkeepOnDelete: [",
            ],
        ),
        (
            "yaml",
            [
                "      mode: \"authoritative\"",
                "      force: true",
                "      removalLimit: 0.25",
                "      waitForImage: 60",
                "      adopt: \"keep\"",
                "      keepOnDelete:",
            ],
        ),
        (
            "python",
            [
                "    mode=\"authoritative\",",
                "    force=True,",
                "    removal_limit=0.25,",
                "    wait_for_image=60,",
                "    adopt=\"keep\",",
                "    keep_on_delete=[",
            ],
        ),
        (
            "go",
            [
                "Mode: imageshare.Mode(\"authoritative\"),",
                "Force: pulumi.Bool(true),",
                "RemovalLimit: pulumi.Float64(0.25),",
                "WaitForImage: pulumi.Int(60),",
                "Adopt: imageshare.Adopt(\"keep\"),",
                "KeepOnDelete: pulumi.StringArray{",
            ],
        ),
    ] {
        let program = whole_set(language);
        for line in lines {
            assert!(program.contains(&format!("{line}\n")), "{language}: {line}\n{program}");
        }
    }
}

#[test]
fn typescript() {
    assert_eq!(
        program("typescript"),
        r#"import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission, Provider } from "pulumi-alicloud-image-share-sdk";

// Set each of these with `pulumi config set --secret`.
const config = new pulumi.Config();

const partner = new Provider("partner", {
	region: "cn-shanghai",
	accessKey: "k",
	secretKey: config.requireSecret("partner-secretKey"),
});

// imageId came from `golden`.
new ImageSharePermission("web", {
	imageId: "m-bp18ygjuqnwhechc0001",
	accountId: "1886508529898501", // Build
	region: "cn-shanghai",
}, { provider: partner, protect: true });
"#
    );
}

#[test]
fn yaml() {
    assert_eq!(
        program("yaml"),
        r#"# Set each of these with `pulumi config set --secret`.
config:
  partner-secretKey:
    type: string
    secret: true

resources:
  "partner":
    type: pulumi:providers:alicloud-image-share
    properties:
      region: "cn-shanghai"
      accessKey: "k"
      secretKey: ${partner-secretKey}
  # imageId came from `golden`.
  "web":
    type: alicloud-image-share:ImageSharePermission
    properties:
      imageId: "m-bp18ygjuqnwhechc0001"
      accountId: "1886508529898501" # Build
      region: "cn-shanghai"
    options:
      provider: ${partner}
      protect: true
"#
    );
}

#[test]
fn python() {
    assert_eq!(
        program("python"),
        r#"import pulumi
import pulumi_alicloud_image_share as imageshare

# Set each of these with `pulumi config set --secret`.
config = pulumi.Config()

partner = imageshare.Provider(
    "partner",
    region="cn-shanghai",
    access_key="k",
    secret_key=config.require_secret("partner-secretKey"),
)

# imageId came from `golden`.
imageshare.ImageSharePermission(
    "web",
    image_id="m-bp18ygjuqnwhechc0001",
    account_id="1886508529898501",  # Build
    region="cn-shanghai",
    opts=pulumi.ResourceOptions(provider=partner, protect=True),
)
"#
    );
}

#[test]
fn go() {
    assert_eq!(
        program("go"),
        r#"package main

import (
	imageshare "github.com/pulumi-alicloud-image-share/pulumi-alicloud-image-share/sdk/go"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// Set each of these with `pulumi config set --secret`.
		settings := config.New(ctx, "")
		partner, err := imageshare.NewProvider(ctx, "partner", &imageshare.ProviderArgs{
			Region: pulumi.String("cn-shanghai"),
			AccessKey: pulumi.String("k"),
			SecretKey: settings.RequireSecret("partner-secretKey"),
		})
		if err != nil {
			return err
		}
		// imageId came from `golden`.
		if _, err := imageshare.NewImageSharePermission(ctx, "web", &imageshare.ImageSharePermissionArgs{
			ImageId: pulumi.String("m-bp18ygjuqnwhechc0001"),
			AccountId: pulumi.String("1886508529898501"), // Build
			Region: pulumi.String("cn-shanghai"),
		}, pulumi.Provider(partner), pulumi.Protect(true)); err != nil {
			return err
		}
		return nil
	})
}
"#
    );
}
