//! The order of calls, and what is refused before anything is sent.

use image_share_plugin::protocol::pulumirpc::{
    CheckRequest, ConfigureRequest, CreateRequest, DeleteRequest, DiffRequest, GetSchemaRequest,
    InvokeRequest, ReadRequest, UpdateRequest,
};
use tonic::Code;

use crate::support::{Outcome, SHARE, client, object, settings};

fn inputs() -> Option<prost_types::Struct> {
    object(&[("imageId", "m-bp18ygjuqnwhechc0001"), ("accountId", "1886508529898586")])
}

#[tokio::test]
async fn calls_before_configure_are_refused_and_the_plugin_stays() -> Outcome {
    let mut plugin = client().await?;
    let urn = SHARE.to_owned();
    let id = "m-bp18ygjuqnwhechc0001:1886508529898586".to_owned();
    let check = CheckRequest { urn: urn.clone(), news: inputs(), ..CheckRequest::default() };
    let diff = DiffRequest { urn: urn.clone(), news: inputs(), ..DiffRequest::default() };
    let create = CreateRequest { urn: urn.clone(), properties: inputs(), ..CreateRequest::default() };
    let read = ReadRequest { urn: urn.clone(), id: id.clone(), ..ReadRequest::default() };
    let update =
        UpdateRequest { urn: urn.clone(), id: id.clone(), news: inputs(), ..UpdateRequest::default() };
    let delete = DeleteRequest { urn, id, properties: inputs(), ..DeleteRequest::default() };
    let invoke = InvokeRequest {
        tok: "alicloud-image-share:index:getImageShares".into(),
        args: object(&[("imageId", "m-bp18ygjuqnwhechc0001")]),
        ..InvokeRequest::default()
    };
    let codes = [
        plugin.check(check).await.err(),
        plugin.diff(diff).await.err(),
        plugin.create(create).await.err(),
        plugin.read(read).await.err(),
        plugin.update(update).await.err(),
        plugin.delete(delete).await.err(),
        plugin.invoke(invoke).await.err(),
    ]
    .map(|error| error.map(|error| error.code()));
    assert_eq!(codes, [Some(Code::FailedPrecondition); 7]);
    assert_eq!(plugin.get_plugin_info(()).await?.into_inner().version, image_share_plugin::VERSION);
    Ok(())
}

#[tokio::test]
async fn a_second_configure_holds_for_what_is_called_after_it() -> Outcome {
    let mut plugin = client().await?;
    let check = CheckRequest { urn: SHARE.into(), news: inputs(), ..CheckRequest::default() };
    for region in ["cn-hangzhou", "cn-beijing"] {
        plugin.configure(settings(region)).await?;
        let checked = plugin.check(check.clone()).await?.into_inner();
        assert_eq!(checked.failures, []);
        let inputs = checked.inputs.unwrap_or_default();
        assert_eq!(inputs.fields.get("region"), Some(&crate::support::text(region)));
    }
    Ok(())
}

#[tokio::test]
async fn what_there_is_not_is_refused_by_name() -> Outcome {
    let mut plugin = client().await?;
    plugin.configure(settings("cn-hangzhou")).await?;
    let schema = GetSchemaRequest { version: 1, ..GetSchemaRequest::default() };
    let invoke =
        InvokeRequest { tok: "alicloud-image-share:index:getImages".into(), ..InvokeRequest::default() };
    let urn = SHARE.replace("Permission", "Permissions");
    let check = CheckRequest { urn, ..CheckRequest::default() };
    let refusals = [
        plugin.get_schema(schema).await.err(),
        plugin.invoke(invoke).await.err(),
        plugin.check(check).await.err(),
    ]
    .map(|error| error.map(|error| (error.code(), error.message().to_owned())));
    assert_eq!(
        refusals,
        [
            "there is no schema of version 1",
            "there is no function `alicloud-image-share:index:getImages`",
            "there is no resource type `alicloud-image-share:index:ImageSharePermissions`",
        ]
        .map(|message| Some((Code::InvalidArgument, message.to_owned())))
    );
    Ok(())
}

#[tokio::test]
async fn the_schema_needs_no_settings() -> Outcome {
    let mut plugin = client().await?;
    let schema = plugin.get_schema(GetSchemaRequest::default()).await?.into_inner().schema;
    assert_eq!(schema, image_share_plugin::schema::package().to_string());
    Ok(())
}

/// What check refuses with settings of the stack's provider, and of a provider resource.
async fn refusals(settings: &[(&str, &str)]) -> Result<[Vec<String>; 2], Box<dyn std::error::Error>> {
    let mut found = [Vec::new(), Vec::new()];
    for (reasons, name) in found.iter_mut().zip(["default_0_1_0", "beijing"]) {
        let mut plugin = client().await?;
        let args = object(settings);
        let name = Some(name.to_owned());
        plugin.configure(ConfigureRequest { args, name, ..ConfigureRequest::default() }).await?;
        let check = CheckRequest { urn: SHARE.into(), news: inputs(), ..CheckRequest::default() };
        let failures = plugin.check(check).await?.into_inner().failures;
        reasons.extend(failures.into_iter().map(|failure| failure.reason));
    }
    Ok(found)
}

#[tokio::test]
async fn a_message_names_the_setting_as_it_can_be_set() -> Outcome {
    let settings = [("region", "cn-hangzhou"), ("preflight", "off"), ("accountId", "one")];
    let [stack, resource] = refusals(&settings).await?;
    let reason = |name: &str| {
        format!("{name} `one` is not all digits. Give the id of an account, all digits. [setting-malformed]")
    };
    assert_eq!(stack, [reason("alicloud-image-share:accountId")]);
    assert_eq!(resource, [reason("accountId")]);
    Ok(())
}

#[tokio::test]
async fn the_message_of_a_missing_region_says_how_a_plugin_gets_one() -> Outcome {
    let [stack, resource] = refusals(&[("preflight", "off")]).await?;
    let environment = "ALICLOUD_REGION, ALIBABA_CLOUD_REGION, ALIBABA_CLOUD_REGION_ID, ALIBABACLOUD_REGION_ID, ALICLOUD_REGION_ID";
    assert_eq!(
        stack,
        [format!(
            "No region is set by the resource, by the stack config (alicloud-image-share:region) or by the environment ({environment}). Run `pulumi config set alicloud-image-share:region cn-hangzhou`, give a provider resource its region, or set ALIBABA_CLOUD_REGION: the official provider's `alicloud:*` does not reach a plugin. [region-missing]"
        )]
    );
    assert_eq!(
        resource,
        [format!(
            "No region is set by the resource, by the provider (region) or by the environment ({environment}). Give the provider resource its `region`, or set ALIBABA_CLOUD_REGION: stack config does not reach a provider resource. [region-missing]"
        )]
    );
    Ok(())
}
