//! An account or an image that comes from a secret stands in no message, whichever resource the message is about.

use std::rc::Rc;

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::provider::Failed;
use alicloud_image_share::rules::ResourceType::{self, Set, Share};
use alicloud_image_share::value::Value;

use crate::support::accounts::{KEY, OTHER};
use crate::support::answers::Answers;
use crate::support::cloud::{Cloud, OWNER};
use crate::support::resources::{
    authoritative, check, claimed, codes, create_set, delete, none, read, set, share, update_set, with,
};
use crate::support::shares::{IMAGE, Shares, account, accounts, provider, provider_with, settings, state_of};
use crate::support::world::World;

/// A resource whose accounts come from a secret, as the package's constructor says it.
fn secret(inputs: Value, kind: ResourceType, name: &str) -> Value {
    secret_in(&[kind.accounts_property()], inputs, kind, name)
}

/// A resource of which these inputs come from a secret.
fn secret_in(names: &[&str], inputs: Value, kind: ResourceType, name: &str) -> Value {
    let mut inputs = claimed(inputs, kind, name);
    let names = Value::List(names.iter().map(|name| (*name).into()).collect());
    let claim = with(inputs.take("__claim"), "secret", names);
    with(inputs, "__claim", claim)
}

fn world(live: &[String]) -> (Rc<World>, Shares) {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    world.cloud.borrow_mut().share(IMAGE, live);
    let shares = provider(&world);
    (world, shares)
}

fn found(
    world: &Rc<World>,
    shares: &Shares,
    kind: ResourceType,
    olds: &Value,
    news: &Value,
) -> Vec<Diagnostic> {
    check(world, shares, kind, olds, news).diagnostics
}

/// Whether any text of a diagnostic repeats an account.
fn shows(diagnostic: &Diagnostic, account: &str) -> bool {
    let texts = [diagnostic.message(), diagnostic.sentences()];
    texts.iter().chain(&diagnostic.values).any(|text| text.contains(account))
}

fn of(code: Code, found: &[Diagnostic]) -> &Diagnostic {
    found.iter().find(|diagnostic| diagnostic.code == code).unwrap_or_else(|| panic!("{:?}", codes(found)))
}

fn failed(failed: &Failed) -> Diagnostic {
    failed.error.diagnostic()
}

#[test]
fn a_duplicate_hides_the_account_that_either_resource_has_from_a_secret_and_names_both() {
    for is_first_secret in [true, false] {
        let (world, shares) = world(&[]);
        let declare = |name: &str, is_secret: bool| {
            let inputs = share(IMAGE, &account(1));
            let inputs = if is_secret { secret(inputs, Share, name) } else { claimed(inputs, Share, name) };
            found(&world, &shares, Share, &none(), &inputs)
        };
        assert_eq!(declare("one", is_first_secret), []);
        let found = declare("two", !is_first_secret);
        assert_eq!(
            of(Code::DuplicateShare, &found).message(),
            format!("resources `one` and `two` both share image {IMAGE} with account <secret>")
        );
        assert!(!shows(&found[0], &account(1)));
    }
}

#[test]
fn an_authoritative_set_hides_the_account_of_a_secret_share_and_shows_the_others() {
    let (world, shares) = world(&[]);
    let one = secret(share(IMAGE, &account(1)), Share, "one");
    assert_eq!(found(&world, &shares, Share, &none(), &one), []);
    let two = claimed(set(IMAGE, &[account(2), account(3)]), Set, "two");
    assert_eq!(found(&world, &shares, Set, &none(), &two), []);
    let all = claimed(authoritative(IMAGE, &[account(9)]), Set, "all");
    let found = found(&world, &shares, Set, &none(), &all);
    let texts: Vec<String> = found.iter().map(Diagnostic::message).collect();
    let overlap = |other: &str, accounts: &str| {
        format!(
            "resource `all` is authoritative for image {IMAGE}, and resource `{other}` shares it with other accounts, {accounts}"
        )
    };
    let shown = format!("{}, {}", account(2), account(3));
    assert_eq!(texts, [overlap("one", "<secret>"), overlap("two", &shown)]);
}

#[test]
fn an_account_that_moves_out_of_a_secret_set_is_hidden_at_the_single_share_that_takes_it() {
    let (world, shares) = world(&accounts(0..3));
    let olds = set(IMAGE, &accounts(0..3));
    let all = secret(set(IMAGE, &accounts(0..2)), Set, "all");
    assert_eq!(found(&world, &shares, Set, &olds, &all), []);
    let one = claimed(share(IMAGE, &account(2)), Share, "one");
    let found = found(&world, &shares, Share, &none(), &one);
    assert_eq!(
        of(Code::AccountMoves, &found).message(),
        format!(
            "account <secret> moves from set `all` to resource `one` on image {IMAGE}, and may lose access for a moment"
        )
    );
    assert!(found.iter().all(|diagnostic| !shows(diagnostic, &account(2))));
}

#[test]
fn an_account_that_moves_into_a_secret_share_is_hidden() {
    let (world, shares) = world(&accounts(0..3));
    let all = claimed(set(IMAGE, &accounts(0..2)), Set, "all");
    assert_eq!(found(&world, &shares, Set, &set(IMAGE, &accounts(0..3)), &all), []);
    let found = found(&world, &shares, Share, &none(), &secret(share(IMAGE, &account(2)), Share, "one"));
    assert!(!shows(of(Code::AccountMoves, &found), &account(2)));
}

#[test]
fn a_full_image_hides_the_secret_accounts_among_those_that_have_it() {
    let (world, shares) = world(&accounts(0..50));
    let all = secret(set(IMAGE, &accounts(0..50)), Set, "all");
    assert_eq!(codes(&found(&world, &shares, Set, &none(), &all)), [Code::SharesAdopted]);
    let one = claimed(share(IMAGE, &account(99)), Share, "one");
    let found = found(&world, &shares, Share, &none(), &one);
    let message = of(Code::ImageAccountLimit, &found).message();
    assert!(message.contains("it is shared with <secret>, <secret>"), "{message}");
    assert!(accounts(0..50).iter().all(|account| !message.contains(account.as_str())), "{message}");
}

#[test]
fn removals_that_are_too_many_hide_accounts_of_a_set_that_was_secret_before() {
    let (world, shares) = world(&accounts(0..4));
    // Checked once as a secret, as by the preview in the same process; then written in the clear.
    let olds = authoritative(IMAGE, &accounts(0..4));
    assert_eq!(found(&world, &shares, Set, &none(), &secret(olds.clone(), Set, "all")).len(), 1);
    let found =
        found(&world, &shares, Set, &olds, &claimed(authoritative(IMAGE, &accounts(0..1)), Set, "all"));
    let wrong = of(Code::TooManyRemovals, &found);
    assert!(accounts(1..4).iter().all(|account| !shows(wrong, account)), "{}", wrong.message());
    assert!(wrong.message().contains("<secret>, <secret>, <secret>"), "{}", wrong.message());
}

#[test]
fn accounts_that_the_api_refuses_are_hidden_where_they_are_listed_and_where_the_api_names_them() {
    for names_accounts in [true, false] {
        let (world, shares) = world(&[]);
        {
            let mut cloud = world.cloud.borrow_mut();
            cloud.closed.extend([account(1), account(2)]);
            cloud.names_accounts = names_accounts;
        }
        let inputs = set(IMAGE, &accounts(0..3));
        found(&world, &shares, Set, &none(), &secret(inputs.clone(), Set, "all"));
        let wrong = failed(&create_set(&world, &shares, &inputs).expect_err("two accounts are closed"));
        assert!(wrong.message().contains("<secret>"), "{}", wrong.message());
        assert!([1, 2].iter().all(|number| !shows(&wrong, &account(*number))), "{}", wrong.message());

        let single = share(IMAGE, &account(1));
        found(&world, &shares, Share, &none(), &secret(single.clone(), Share, "one"));
        let created = crate::support::shares::create(&shares, IMAGE, account(1));
        let error = world.run(vec![created]).remove(0).expect_err("the account is closed");
        assert!(!error.error.to_string().contains(&account(1)), "{}", error.error);
    }
}

#[test]
fn a_write_in_doubt_hides_its_account_in_update_and_in_delete() {
    let (world, shares) = world(&[]);
    world.cloud.borrow_mut().lag = 600_000;
    let inputs = set(IMAGE, &[account(1)]);
    found(&world, &shares, Set, &none(), &secret(inputs.clone(), Set, "all"));
    let wrong = create_set(&world, &shares, &inputs).expect_err("no list shows it in time");
    assert_eq!(failed(&wrong).code, Code::WriteNotShown);
    assert!(!shows(&failed(&wrong), &account(1)), "{}", wrong.error);
    let state = wrong.partial.expect("it is kept").outputs;
    world.cloud.borrow_mut().lag = 0;
    world.wait(700_000);
    let written = update_set(&world, &shares, &state, &inputs).expect("it shows");
    // The set moves to another image, and its old share cannot be revoked.
    let shares = provider(&world);
    let moved = secret(set("m-bp1two", &[account(1)]), Set, "all");
    found(&world, &shares, Set, &inputs, &moved);
    world.throttled.borrow_mut().insert("ModifyImageSharePermission".into());
    let error = delete(&world, &shares, Set, IMAGE, &written.outputs).expect_err("no write passes");
    let error = format!("{error:?}");
    assert!(error.contains("<secret>") && !error.contains(&account(1)), "{error}");
}

#[test]
fn shares_that_exist_and_are_refused_are_hidden_by_check_and_by_create() {
    let (world, shares) = world(&accounts(0..2));
    let inputs = with(set(IMAGE, &accounts(0..2)), "adopt", "refuse");
    let found = found(&world, &shares, Set, &none(), &secret(inputs.clone(), Set, "all"));
    let wrong = failed(&create_set(&world, &shares, &inputs).expect_err("they exist"));
    for diagnostic in [of(Code::ShareExists, &found), &wrong] {
        assert_eq!(diagnostic.code, Code::ShareExists);
        assert!(accounts(0..2).iter().all(|account| !shows(diagnostic, account)), "{}", diagnostic.message());
    }
}

/// A provider that calls as another account, which some resource of the program has from a secret, and a state
/// with the recorded owner, if any, of a share of an image that this account does not see.
fn called_by_a_secret_account(owner: Option<&str>) -> (Rc<World>, Shares, Value) {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    world.accounts.borrow_mut().key(KEY, OTHER);
    let shares = provider_with(&world, &[("alicloud-image-share:preflight", "off")]);
    let one = secret(share("m-bp1two", OTHER), Share, "one");
    assert_eq!(found(&world, &shares, Share, &none(), &one), []);
    let mut state = state_of(IMAGE, &account(1));
    if let Some(owner) = owner {
        state =
            with(state, "__state", Value::given(vec![("format", Value::Whole(1)), ("owner", owner.into())]));
    }
    (world, shares, state)
}

#[test]
fn warnings_of_read_and_delete_hide_the_caller_where_a_resource_has_it_from_a_secret() {
    let (world, shares, state) = called_by_a_secret_account(None);
    let id = format!("{IMAGE}:{}", account(1));
    let found = read(&world, &shares, Share, &id, &state).expect("it is kept").expect("it is kept");
    let said = delete(&world, &shares, Share, &id, &state).expect("it is taken for gone");
    for diagnostics in [found.warnings, said] {
        assert_eq!(codes(&diagnostics), [Code::OwnerNotRecorded]);
        assert!(diagnostics[0].message().contains("(account <secret>)"), "{}", diagnostics[0].message());
        assert!(!shows(&diagnostics[0], OTHER));
    }
}

#[test]
fn errors_of_read_and_delete_hide_an_account_that_a_resource_has_from_a_secret() {
    let (world, shares, state) = called_by_a_secret_account(Some(OWNER));
    let id = format!("{IMAGE}:{}", account(1));
    let of_read =
        read(&world, &shares, Share, &id, &state).expect_err("another account owns it").diagnostic();
    let of_delete =
        failed(&delete(&world, &shares, Share, &id, &state).expect_err("another account owns it"));
    for wrong in [of_read, of_delete] {
        assert_eq!(wrong.code, Code::OtherAccount);
        assert!(shows(&wrong, OWNER) && !shows(&wrong, OTHER), "{}", wrong.message());
    }
}

#[test]
fn errors_of_read_hide_the_account_in_the_id_of_a_share() {
    let (world, shares) = world(&[]);
    assert_eq!(found(&world, &shares, Share, &none(), &secret(share(IMAGE, OTHER), Share, "one")), []);
    for (id, code) in [
        (format!("{IMAGE}:{OTHER}"), Code::ShareNotFound),
        (format!("{IMAGE}:{OTHER}:"), Code::ShareIdMalformed),
    ] {
        let wrong = read(&world, &shares, Share, &id, &none()).expect_err("there is none").diagnostic();
        assert_eq!(wrong.code, code);
        assert!(!shows(&wrong, OTHER), "{}", wrong.message());
    }
}

#[test]
fn the_apis_refusal_of_a_list_hides_an_account_that_a_resource_has_from_a_secret() {
    let refusal = format!(
        r#"{{"Code":"Forbidden.RAM","Message":"User of {} may not.","RequestId":"R-1"}}"#,
        account(1)
    );
    let answers = Answers::new(vec![(403, refusal.into_bytes())], String::new(), String::new());
    let shares = answers.provider(settings(&[("alicloud-image-share:preflight", "off")]));
    let inputs = secret(share(IMAGE, &account(1)), Share, "one");
    let arguments = Value::given(vec![("imageId", IMAGE.into())]);
    let listed = answers.world.run_one(async move {
        shares.check(Share, &none(), &inputs).await;
        shares.shares(&arguments).await
    });
    let error = listed.expect_err("it is refused");
    assert!(error.is(Code::ApiForbiddenRam));
    assert!(error.diagnostic().message().contains("User of <secret> may not"), "{error}");
    assert!(!error.to_string().contains(&account(1)), "{error}");
}

#[test]
fn an_account_is_found_as_a_whole_number_and_not_within_a_longer_one() {
    let (world, shares) = world(&[]);
    let long = format!("{}7", account(1));
    assert_eq!(found(&world, &shares, Share, &none(), &secret(share(IMAGE, &account(1)), Share, "one")), []);
    let declare = |name: &str| {
        let inputs = claimed(share(IMAGE, &long), Share, name);
        found(&world, &shares, Share, &none(), &inputs)
    };
    assert_eq!(codes(&declare("two")), [Code::AccountIdLength]);
    assert!(of(Code::DuplicateShare, &declare("three")).message().ends_with(&long));
}

#[test]
fn an_image_from_a_secret_is_hidden_also_where_another_resource_shares_it() {
    let (world, shares) = world(&[]);
    let one = secret_in(&["imageId"], share(IMAGE, &account(1)), Share, "one");
    assert_eq!(found(&world, &shares, Share, &none(), &one), []);
    let two = claimed(share(IMAGE, &account(1)), Share, "two");
    assert_eq!(
        of(Code::DuplicateShare, &found(&world, &shares, Share, &none(), &two)).message(),
        format!("resources `one` and `two` both share image <secret> with account {}", account(1))
    );
    let gone = secret_in(&["imageId"], share("m-bp1gone", &account(1)), Share, "three");
    let found = found(&world, &shares, Share, &none(), &gone);
    assert!(!found.is_empty() && found.iter().all(|it| !shows(it, "m-bp1gone")), "{found:?}");
}

#[test]
fn a_secret_in_the_wrong_input_is_hidden_and_an_input_that_is_none_is_shown() {
    let (world, shares) = world(&[]);
    let swapped = secret_in(&["imageId"], share(&account(1), IMAGE), Share, "one");
    let found_swapped = found(&world, &shares, Share, &none(), &swapped);
    assert!(found_swapped.iter().any(Diagnostic::is_error));
    assert!(found_swapped.iter().all(|it| !shows(it, &account(1))), "{found_swapped:?}");
    let wrong = secret(share("m_bp1one", &account(2)), Share, "two");
    let found_wrong = found(&world, &shares, Share, &none(), &wrong);
    assert!(found_wrong.iter().any(|it| shows(it, "m_bp1one")), "{found_wrong:?}");
}

#[test]
fn accounts_from_a_secret_that_are_only_kept_are_hidden() {
    let (world, shares) = world(&[account(2)]);
    let inputs =
        with(set(IMAGE, &[account(1)]), "keepOnDelete", Value::List(vec![account(2).as_str().into()]));
    let all = secret_in(&["keepOnDelete"], inputs, Set, "all");
    let first = found(&world, &shares, Set, &none(), &all);
    assert!(!first.is_empty() && first.iter().all(|it| !shows(it, &account(2))), "{first:?}");
}
