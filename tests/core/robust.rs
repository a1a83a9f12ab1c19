//! Whatever comes in: nothing panics, memory stays in step with the input, and what is read is what was
//! written. What `cargo fuzz` would do, in every run of the tests.

use std::rc::Rc;

use acs3::canonical_query;
use alicloud_image_share::account::AccountId;
use alicloud_image_share::api::{Credentials, Endpoint, Request, sign};
use alicloud_image_share::diagnostic::quote;
use alicloud_image_share::image::ImageId;
use alicloud_image_share::region::Region;
use alicloud_image_share::rules::{Inputs, ResourceType, judge};
use alicloud_image_share::secret::Secret;
use alicloud_image_share::share_id::{SetId, ShareId};
use alicloud_image_share::state::State;
use alicloud_image_share::time::Timestamp;
use alicloud_image_share::value::Value;
use proptest::prelude::*;

use crate::support::answers::Answers;
use crate::support::random;
use crate::support::resources::{in_doubt, share};
use crate::support::shares::{IMAGE, account, settings};

/// Text as people and programs write it: any letters, and often those that mean something here.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "(?s).{0,40}",
        "[a-zA-Z .]{900,1100}",
        "[0-9a-zA-Z:@./*<>{}$ _%+=&?#\\[\\]-]{0,80}",
        "m-[a-z0-9]{0,70}",
        "[0-9]{0,40}",
        "(LTAI|STS\\.|acs:ram:)[0-9A-Za-z:/]{0,40}",
        "(http|https|ftp)://[a-z0-9.:/@\\[\\]-]{0,40}",
    ]
}

/// Any JSON: deep, wide, with numbers of every kind.
fn jsons() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<u64>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        texts().prop_map(serde_json::Value::from),
    ];
    let keys = prop_oneof![
        texts(),
        proptest::sample::select(vec![
            "imageId".to_owned(),
            "accountId".into(),
            "accountIds".into(),
            "mode".into(),
            "sharedTimes".into(),
            "__state".into(),
            "__claim".into(),
            "region".into(),
            "profile".into(),
            "TotalCount".into(),
            "Accounts".into(),
            "Account".into(),
            "AliyunId".into(),
            "SharedTime".into(),
            "Code".into(),
            "Message".into(),
            "RequestId".into(),
        ]),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(serde_json::Value::from),
            proptest::collection::vec((keys.clone(), inner), 0..8)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// What a server, a proxy or a broken wire may send.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let json = jsons().prop_map(|json| json.to_string().into_bytes());
    let cut = (jsons(), any::<prop::sample::Index>()).prop_map(|(json, end)| {
        let mut bytes = json.to_string().into_bytes();
        bytes.truncate(end.index(bytes.len() + 1));
        bytes
    });
    let refusal = (texts(), texts(), texts()).prop_map(|(code, message, id)| {
        let body = serde_json::json!({ "Code": code, "Message": message, "RequestId": id, "TotalCount": 1 });
        body.to_string().into_bytes()
    });
    let page = (any::<u64>(), proptest::collection::vec(texts(), 0..3)).prop_map(|(count, accounts)| {
        let accounts: Vec<_> =
            accounts.iter().map(|account| serde_json::json!({ "AliyunId": account })).collect();
        let body = serde_json::json!({ "TotalCount": count, "Accounts": { "Account": accounts } });
        body.to_string().into_bytes()
    });
    prop_oneof![json, cut, refusal, page, proptest::collection::vec(any::<u8>(), 0..400)]
}

#[test]
fn an_answer_takes_memory_in_step_with_its_length() {
    // An answer of the longest kind has a value every two bytes at most: 32 MB of them.
    assert!(size_of::<Value>() <= 32, "{}", size_of::<Value>());
    let deep = "[".repeat(100_000);
    assert!(
        serde_json::from_str::<Value>(&deep)
            .is_err_and(|error| error.to_string().contains("recursion limit"))
    );
}

proptest! {
    #![proptest_config(random::config(256))]

    #[test]
    fn ids_are_read_as_they_are_shown(text in texts()) {
        for shown in [
            AccountId::parse(&text).map(|id| id.to_string()).ok(),
            ImageId::parse(&text).map(|id| id.to_string()).ok(),
            Region::parse(&text).map(|id| id.to_string()).ok(),
            ShareId::parse(&text).map(|id| id.to_string()).ok(),
        ].into_iter().flatten() {
            prop_assert_eq!(&shown, &text);
        }
        if let Ok(id) = SetId::parse(&text) {
            prop_assert!(text.starts_with(id.image.as_str()));
        }
        // No text is the id of two kinds of things.
        prop_assert!(AccountId::parse(&text).is_err() || ImageId::parse(&text).is_err());
    }

    #[test]
    fn an_id_of_good_parts_is_read(image in "m-[a-z0-9]{1,62}", account in "[1-9][0-9]{0,19}", region in "[a-z]{2}-[a-z0-9]{1,12}(-[0-9])?") {
        prop_assume!(ImageId::parse(&image).is_ok());
        for text in [format!("{image}:{account}"), format!("{image}:{account}@{region}")] {
            prop_assert_eq!(ShareId::parse(&text).map(|id| id.to_string()), Ok(text));
        }
    }

    #[test]
    fn an_endpoint_is_read_as_it_is_shown(text in texts()) {
        if let Ok(endpoint) = Endpoint::parse(&text) {
            prop_assert_eq!(&Endpoint::parse(&endpoint.to_string()), &Ok(endpoint.clone()));
            prop_assert!(!endpoint.host().contains(['/', '@', '?', '#', ' ']), "{}", endpoint);
        }
    }

    #[test]
    fn what_is_repeated_of_a_text_is_short_and_plain(text in texts()) {
        let shown = quote(&text);
        prop_assert!(shown.chars().count() <= 51, "{}", shown);
        prop_assert!(!shown.chars().any(char::is_control));
        prop_assert!(!shown.contains("LTAI"), "{}", shown);
    }

    #[test]
    fn any_json_is_a_value_and_is_judged(json in jsons()) {
        let text = json.to_string();
        let value: Value = serde_json::from_str(&text).expect("JSON is a value");
        let again: Value = serde_json::from_value(serde_json::to_value(&value).expect("plain")).expect("a value");
        prop_assert_eq!(again, value.clone());
        for resource_type in [ResourceType::Share, ResourceType::Set] {
            for diagnostic in judge(resource_type, &value, None) {
                let text = diagnostic.sentences();
                prop_assert!(text.chars().count() < 500, "{}", text);
            }
            let _ = Inputs::read(resource_type, &value);
            // What a state says is what it says again once it is written.
            if let Ok(state) = State::read(resource_type, &value) {
                let again = State::read(resource_type, &state.outputs()).expect("of this format");
                prop_assert_eq!(again.owned, state.owned);
                prop_assert_eq!((again.owner, again.seen), (state.owner, state.seen));
            }
        }
    }

    #[test]
    fn any_bytes_are_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = serde_json::from_slice::<Value>(&bytes);
    }

    #[test]
    fn a_signed_query_is_plain(pairs in proptest::collection::vec((texts(), texts()), 0..8)) {
        let canonical = canonical_query(&pairs);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%=&".contains(&byte);
        prop_assert!(canonical.bytes().all(plain), "{}", canonical);
    }

    #[test]
    fn a_signature_shows_its_key_id_and_no_secret(
        query in proptest::collection::vec((texts(), texts()), 0..6),
        secret in "planted[ -~]{1,80}",
        millis in any::<u64>(),
        nonce in texts(),
        body in proptest::collection::vec(any::<u8>(), 0..100),
    ) {
        let mut request = Request {
            method: "POST",
            is_direct: false,
            endpoint: Endpoint::parse("ecs.example.com").expect("an endpoint"),
            path: "/".into(),
            query,
            headers: vec![("x-acs-action", "Any".into())],
            body,
        };
        let credentials = Credentials {
            access_key_id: Secret::new("LTAIexample".into()),
            access_key_secret: Secret::new(secret.clone()),
            security_token: None,
        };
        sign(&mut request, &credentials, Timestamp::from_millis(millis), &nonce);
        let headers = request.headers.iter().filter(|(name, _)| *name != "x-acs-signature-nonce");
        for (name, value) in headers {
            prop_assert!(!value.contains(&secret), "{}", name);
        }
        let authorization = request.headers.last().map(|(_, value)| value.as_str()).unwrap_or_default();
        let (start, signature) = authorization.split_once("Signature=").unwrap_or_default();
        prop_assert!(start.starts_with("ACS3-HMAC-SHA256 Credential=LTAIexample,SignedHeaders=host;x-acs-action;"));
        prop_assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    #[test]
    fn an_http_date_is_read_as_it_is_written_or_not_at_all(text in texts(), millis in any::<u64>()) {
        let _ = Timestamp::from_http_date(&text);
        let _ = Timestamp::from_millis(millis).to_string();
    }
}

proptest! {
    #![proptest_config(random::config(400))]

    #[test]
    fn whatever_a_server_answers_nothing_is_taken_to_have_happened(
        answers in proptest::collection::vec((prop_oneof![Just(200_u16), 100..600_u16], bodies()), 1..6),
        date in texts(),
        retry_after in texts(),
    ) {
        let answers = Answers::new(answers, date, retry_after);
        let shares = answers.provider(settings(&[("alicloud:maxRetryTimeout", "30")]));
        let created = answers.world.run_one({
            let (shares, inputs) = (Rc::clone(&shares), share(IMAGE, &account(1)));
            async move { shares.create(ResourceType::Share, &inputs).await }
        });
        let is_live = answers.world.cloud.borrow().accounts(IMAGE).contains(&account(1));
        match created {
            // The model answers once the script has ended: a share that is reported is there.
            Ok(written) => prop_assert!(is_live, "{:?}", written),
            Err(failed) => {
                let kept = failed.partial.map(|partial| in_doubt(&partial.outputs)).unwrap_or_default();
                prop_assert!(!is_live || kept == [account(1)], "a share that may exist is kept in doubt");
                let message = failed.error.to_string();
                prop_assert!(message.chars().count() < 1000, "{}", message);
                prop_assert!(!message.chars().any(|letter| letter.is_control() && letter != '\n'), "{}", message);
            }
        }
        prop_assert!(answers.sent() <= 60, "{} calls", answers.sent());
    }
}
