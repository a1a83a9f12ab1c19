//! What a person is told to do: each refusal has advice of its own, and the request id.

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::rules::ResourceType::Share;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::settings::Settings;

use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::resources::{check, check_set, codes, none, set, share};
use crate::support::shares::{IMAGE, Shares, account, create, provider};
use crate::support::world::{Link, World};

/// The help of a refusal that a create ends in, and its message.
fn refused(status: u16, code: &'static str) -> (String, String) {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::Refused(status, code)]);
    let failed = world.run_one(create(&provider(&world), IMAGE, account(1))).expect_err("it is refused");
    let diagnostic = failed.error.diagnostic();
    assert_eq!(diagnostic.code_name(), code);
    (diagnostic.help(), diagnostic.message())
}

#[test]
fn every_refusal_has_the_request_id_and_those_that_people_meet_have_advice() {
    let permission = "allow the RAM identity ecs:DescribeImageSharePermission, as docs/ram-policy.md has it";
    for (status, code, help) in [
        (403, "Forbidden.RAM", permission),
        (403, "Forbidden.NoPermission", permission),
        (403, "Forbidden.SubUser", permission),
        (400, "MissingSecurityToken", "set the security token as well: the access key is a temporary one"),
        (
            400,
            "AuthenticationFail.OIDCToken.Expired",
            "get a new token from the OIDC provider: in CI, request it in the job that runs Pulumi",
        ),
        (
            400,
            "OIDCToken.Expired",
            "get a new token from the OIDC provider: in CI, request it in the job that runs Pulumi",
        ),
        (
            400,
            "Odd.Code",
            "look the code up in the API's error center, and give the request id to Alibaba Cloud's support",
        ),
    ] {
        let (found, message) = refused(status, code);
        assert_eq!(found, help, "{code}");
        assert!(message.contains("(request id R-1, "), "{message}");
    }
}

#[test]
fn an_id_of_eighteen_digits_is_likely_a_ram_users_and_a_short_one_an_old_accounts() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    let ram = "it looks like the id of a RAM user or role: give the \"Account ID\" of the main account that it belongs to";
    let old = Code::AccountIdLength.help();
    for (id, help) in [
        ("288650852989858612", ram),
        ("123456789", old),
        ("18865085298985861", old),
        ("1886508529898586123", old),
    ] {
        let of_share = check(&world, &shares, Share, &none(), &share(IMAGE, id)).diagnostics;
        let of_set = check_set(&world, &shares, &set(IMAGE, &[id.into()]));
        for diagnostics in [of_share, of_set] {
            assert_eq!(codes(&diagnostics), [Code::AccountIdLength], "{id}");
            assert_eq!(diagnostics[0].help(), help, "{id}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_key_is_known_at_preview_and_nothing_is_sent() {
    for (id, secret, code) in [
        ("STS.one", "planted", Code::CredentialsIncomplete),
        (" STS.one\n", "planted", Code::CredentialsIncomplete),
        ("LTAIone", "", Code::CredentialsIncomplete),
        ("LTAI\none", "planted", Code::CredentialsFlawed),
    ] {
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        let environment = [("ALIBABA_CLOUD_ACCESS_KEY_ID", id), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", secret)];
        let own = |(name, text): (&str, &str)| (name.to_owned(), Secret::new(text.to_owned()));
        let settings = Settings::new(Vec::new(), environment.map(own).into());
        let shares =
            Shares::new(alicloud_image_share::provider::Provider::new(Link(world.clone()), settings));
        let diagnostics = check(&world, &shares, Share, &none(), &share(IMAGE, &account(1))).diagnostics;
        let errors: Vec<Code> =
            diagnostics.iter().filter(|found| found.is_error()).map(|found| found.code).collect();
        assert_eq!(errors, [code], "{id:?}");
        assert_eq!(world.calls.borrow().len(), 0);
    }
}
