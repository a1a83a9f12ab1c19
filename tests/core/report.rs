//! A report for people: the comment is rendered by a parser of GitHub's Markdown, and nothing of a plan is markup.

use alicloud_image_share::plan::{Plan, Report};
use alicloud_image_share::report::{
    AddressBook, Item, Language, Level, Links, MARKER, Query, Table, markdown, pack, problems, sarif, screen,
    text, unpack,
};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use serde_json::{Value, json};

const SHARE: &str = "alicloud-image-share:index:ImageSharePermission";
const SET: &str = "alicloud-image-share:index:ImageShareSet";

fn account(number: usize) -> String {
    format!("18865085298{number:05}")
}

fn step(op: &str, kind: &str, name: &str, old: Option<Value>, new: Option<Value>) -> Value {
    let state = |inputs: Value| json!({ "inputs": inputs });
    json!({
        "op": op,
        "urn": format!("urn:pulumi:prod::p::{kind}::{name}"),
        "oldState": old.map(state),
        "newState": new.map(state),
    })
}

fn create(name: &str, image: &str, account: &str) -> Value {
    step(
        "create",
        SHARE,
        name,
        None,
        Some(json!({ "imageId": image, "accountId": account, "region": "cn-hangzhou" })),
    )
}

fn digest(steps: Vec<Value>) -> Report {
    let mut plan = Plan::new(None);
    plan.feed(json!({ "steps": steps }).to_string().as_bytes());
    plan.finish()
}

fn comment(report: &Report, language: Language) -> String {
    markdown(report, language, &AddressBook::default(), &Links::default())
}

/// What of a comment is markup that a plan could have brought: links, images, raw HTML but for folds.
fn markup(comment: &str) -> Vec<String> {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    let arena = Arena::new();
    let mut found = Vec::new();
    let document = parse_document(&arena, comment, &options);
    let is_item = |value: &NodeValue| matches!(value, NodeValue::Item(_) | NodeValue::TaskItem(_));
    for node in document.descendants() {
        let depth = node.ancestors().filter(|node| is_item(&node.data.borrow().value)).count();
        match &node.data.borrow().value {
            NodeValue::Link(link) => found.push(format!("link {}", link.url)),
            NodeValue::Image(image) => found.push(format!("image {}", image.url)),
            NodeValue::HtmlInline(html) => found.push(format!("html {html}")),
            NodeValue::HtmlBlock(block) => {
                let rest = ["<details>", "</details>", "<summary>", "</summary>", MARKER]
                    .iter()
                    .fold(block.literal.clone(), |text, known| text.replace(known, ""));
                if rest.contains('<') {
                    found.push(format!("html {rest}"));
                }
            }
            NodeValue::Strikethrough
            | NodeValue::Table(_)
            | NodeValue::TaskItem(_)
            | NodeValue::Heading(_)
            | NodeValue::ThematicBreak
            | NodeValue::CodeBlock(_)
            | NodeValue::BlockQuote
            | NodeValue::FootnoteDefinition(_)
            | NodeValue::FootnoteReference(_) => {
                found.push("markup".into());
            }
            NodeValue::Item(_) if depth > 1 => found.push("list".into()),
            _ => {}
        }
    }
    found
}

/// All that a reader sees of a comment.
fn rendered(comment: &str) -> String {
    let arena = Arena::new();
    let mut text = String::new();
    for node in parse_document(&arena, comment, &Options::default()).descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

const NASTY: [&str; 27] = [
    "[click me](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "https://evil.example",
    "www.evil.example",
    "mail@evil.example",
    "@team",
    "#1",
    "<img src=x onerror=alert(1)>",
    "`code` ``two`` ```",
    "*a* _b_ ~~c~~ | d | $e$ [^1]",
    "<!-- -->",
    "line\nbreak\n\n# heading",
    "<https://evil.example>",
    "\u{202e}evil\u{2066}",
    "&lt;b&gt; &#91;x&#93;(javascript:alert(1)) &colon;//",
    "[x](javascript:alert(1)) [y]: javascript:alert(1)",
    "``````` ` ````",
    "`",
    "- [ ] item",
    "+ item",
    "12. item",
    "3) item",
    "<details><summary>x</summary>",
    "</details></summary>\r\n\r\n<b>",
    "mailto:mail@evil.example xmpp:mail@evil.example/x WWW.evil.example ftp://evil.example",
    "org/repo#1 GH-1 :tada: $`x`$ [^note] [^note]: text",
    "\\[x](https://evil.example)\\`\u{2066}\u{e0041}",
];

#[test]
fn nothing_of_a_plan_is_markup_in_a_comment() {
    for name in NASTY {
        let policy = json!({ "policyEvent": {
            "resourceUrn": format!("urn:pulumi:prod::p::{SHARE}::{name}"),
            "message": format!("{name}: must not be"),
            "policyName": "theirs",
            "enforcementLevel": "mandatory",
        } });
        let said = json!({ "diagnosticEvent": { "severity": "error", "message": name } });
        let pre = json!({ "resourcePreEvent": { "metadata": {
            "op": "create",
            "urn": format!("urn:pulumi:{name}::p::{SHARE}::{name}"),
            "new": { "inputs": { "imageId": name, "accountId": name, "region": name } },
        } } });
        let end = json!({ "summaryEvent": { "result": "failed", "PolicyPacks": { "p": "1" } } });
        let mut plan = Plan::new(None);
        plan.name(name, "", "");
        for event in [pre, policy, said, end] {
            plan.feed(event.to_string().as_bytes());
            plan.feed(b"\n");
        }
        plan.end_file();
        let report = plan.finish();
        let book = AddressBook::parse(&json!({ account(1): name }).to_string());
        for language in [Language::En, Language::Zh] {
            let comment = markdown(&report, language, &book, &Links::default());
            assert_eq!(markup(&comment), Vec::<String>::new(), "{name}: {comment}");
            assert!(!comment.contains('\u{202e}') && !comment.contains('\u{2066}'), "{name}");
            assert!(!comment.contains("://") && !comment.contains("@team"), "{name}: {comment}");
            let text = rendered(&comment).replace("`", "");
            for found in ["WWW.evil", "@evil.example", "repo#1"] {
                assert!(!text.contains(found), "{name}: {text}");
            }
        }
    }
}

/// What GitHub itself makes a link or a picture of, in the words of a policy, which are no code.
#[test]
fn references_and_pictures_of_github_stay_text_in_the_words_of_others() {
    for (said, shown) in [
        ("see GH-12 and GHSA-jfh8", "see GH-\u{2060}12 and GHSA-\u{2060}jfh8"),
        ("high-level HIGH-1", "high-level HIGH-1"),
        ("done :tada: at 10:20:30", "done :\u{2060}tada: at 10:\u{2060}20:30"),
        ("alicloud: one", "alicloud: one"),
    ] {
        let policy = json!({ "policyEvent": {
            "message": said, "policyName": "theirs", "enforcementLevel": "mandatory",
        } });
        let mut plan = Plan::new(None);
        plan.feed(format!("{policy}\n{}\n", json!({ "summaryEvent": {} })).as_bytes());
        let comment = comment(&plan.finish(), Language::En);
        assert!(comment.contains(shown), "{said}: {comment}");
    }
}

#[test]
fn a_name_that_is_cut_says_so() {
    let name = "long-".repeat(1000);
    let report = digest(vec![create(&name, "m-bp1one", &account(1))]);
    let comment = comment(&report, Language::En);
    assert!(comment.contains(&format!("`{}…`", "long-".repeat(40))), "{comment}");
    assert!(!comment.contains(&"long-".repeat(41)), "{comment}");
    let screen = screen(&report, Language::En, &AddressBook::default());
    assert_eq!(screen.sections[0].groups[0].rows[0].resource, format!("{}…", "long-".repeat(400)));
}

#[test]
fn control_characters_and_turned_text_are_shown_as_what_they_are() {
    for (name, shown) in [
        ("a\u{61c}b", "aU+061Cb"),
        ("a\u{ad}b", "aU+00ADb"),
        ("a\u{e0041}b", "aU+E0041b"),
        ("a\u{fe0f}b", "aU+FE0Fb"),
        ("a\u{200d}b", "aU+200Db"),
    ] {
        let report = digest(vec![create(name, "m-bp1one", &account(1))]);
        assert!(comment(&report, Language::En).contains(shown), "{name:?}");
        let screen = screen(&report, Language::En, &AddressBook::default());
        assert_eq!(screen.sections[0].groups[0].rows[0].resource, shown);
    }
    let report = digest(vec![create("\u{202e}evil", "m-bp1one", &account(1))]);
    assert!(rendered(&comment(&report, Language::En)).contains("U+202Eevil"));
    assert!(text(&report, Language::En, &AddressBook::default(), false).contains("U+202Eevil"));
}

#[test]
fn the_link_of_the_workflow_is_a_link_and_no_other_address_is() {
    let report = digest(vec![create("one", "m-bp1one", &account(1))]);
    let links = |page: &str| Links { page: page.into(), commit: "abc".into() };
    let of = |page: &str| markup(&markdown(&report, Language::En, &AddressBook::default(), &links(page)));
    assert_eq!(of("https://ci.example/page"), ["link https://ci.example/page"]);
    assert_eq!(of("javascript:alert(1)"), Vec::<String>::new());
    assert_eq!(of("https://a) [x](https://b"), Vec::<String>::new());
}

#[test]
fn the_first_line_carries_the_decision() {
    let old = json!({ "imageId": "m-bp1one", "accountId": account(1) });
    let new = json!({ "imageId": "m-bp1one", "accountId": "not an account" });
    let report = digest(vec![step("replace", SHARE, "one", Some(old), Some(new))]);
    let comment = comment(&report, Language::En);
    assert_eq!(
        comment.lines().next(),
        Some("**Image shares, prod: blocked by 1** · 1 account loses access, 1 account gains access")
    );
    assert!(comment.trim_end().ends_with(MARKER));
}

#[test]
fn a_comment_of_any_size_fits_and_losses_are_cut_last() {
    let accounts = |from: usize, to: usize| -> Vec<String> { (from..to).map(account).collect() };
    let input = |accounts: Vec<String>| json!({ "imageId": "m-bp1one", "accountIds": accounts, "region": "cn-hangzhou" });
    let mut steps = vec![step("delete", SET, "gone", Some(input(accounts(0, 1200))), None)];
    let gains = (0..3000).map(|number| {
        create(&format!("new-{number}"), &format!("m-bp1new{}", number / 30), &account(5000 + number))
    });
    steps.extend(gains);
    let report = digest(steps);
    let comment = comment(&report, Language::En);
    assert!(comment.encode_utf16().count() < 65_536, "{}", comment.len());
    let shown = rendered(&comment);
    for account in accounts(0, 1200) {
        assert!(shown.contains(&account), "{account} loses access");
    }
    assert!(comment.contains("more left out here"));
}

#[test]
fn problems_are_grouped_before_they_are_cut() {
    let steps =
        (0..2000).map(|number| create(&format!("share-{number}"), "m-bp1one", &format!("{}123", number + 1)));
    let comment = comment(&digest(steps.collect()), Language::En);
    assert!(comment.encode_utf16().count() < 65_536);
    assert!(comment.contains("2000 times"));
}

#[test]
fn up_to_twenty_changes_are_shown_and_more_are_grouped_by_image_the_risky_first() {
    let few = (0..20).map(|number| create(&format!("s-{number}"), "m-bp1one", &account(number)));
    let shown = screen(&digest(few.collect()), Language::En, &AddressBook::default());
    let rows: usize = shown.sections.iter().flat_map(|it| &it.groups).map(|it| it.rows.len()).sum();
    assert_eq!(rows, 20);
    let mut steps: Vec<Value> =
        (0..30).map(|number| create(&format!("s-{number}"), "m-bp1calm", &account(number))).collect();
    steps.extend((0..51).map(|number| create(&format!("f-{number}"), "m-bp1full", &account(number))));
    let shown = screen(&digest(steps), Language::En, &AddressBook::default());
    let groups: Vec<_> = shown
        .sections
        .iter()
        .flat_map(|it| &it.groups)
        .map(|it| (it.image.text.as_str(), it.number, it.rows.len(), it.more.as_str()))
        .collect();
    assert_eq!(groups, [("m-bp1full", 51, 5, "and 46 more"), ("m-bp1calm", 30, 5, "and 25 more")]);
    assert_eq!(shown.level, Level::Blocked);
}

#[test]
fn each_number_opens_as_many_rows() {
    let file =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plans/change-all.digest.json")).unwrap();
    let mut plan = Plan::new(None);
    plan.feed(&file);
    let report = plan.finish();
    let book = AddressBook::default();
    let shown = screen(&report, Language::En, &book);
    let groups = shown.sections.iter().flat_map(|it| &it.groups).map(|it| (it.number, it.opens.clone()));
    let counts = shown
        .counts
        .iter()
        .chain(&shown.unchanged)
        .chain(&shown.filters)
        .map(|it| (it.number, it.opens.clone()));
    let bars = shown.images.bars.iter().map(|it| (it.rows, it.opens.clone()));
    let all: Vec<_> = groups.chain(counts).chain(bars).collect();
    assert!(all.len() > 20);
    let mut table = Table::default();
    for (number, opens) in all {
        let query = Query {
            change: opens.change.into(),
            hidden: opens.hidden.into(),
            image: opens.image,
            ..Query::default()
        };
        assert_eq!(
            table.query(&report, Language::En, &book, &query, str::to_lowercase).0,
            number,
            "{opens:?}"
        );
    }
}

#[test]
fn a_search_finds_the_words_that_are_shown_in_each_language() {
    let report = digest(vec![create("one", "m-bp1one", &account(1))]);
    let book = AddressBook::parse(&format!("{},Payments 支付", account(1)));
    for (language, words) in
        [(Language::En, ["gains", "payments", "hangzhou"]), (Language::Zh, ["获得", "支付", "m-bp1one"])]
    {
        for word in words {
            let query = Query { text: word.into(), ..Query::default() };
            assert_eq!(
                Table::default().query(&report, language, &book, &query, str::to_lowercase).0,
                1,
                "{word}"
            );
        }
    }
}

#[test]
fn a_search_finds_both_images_of_a_share_that_moves() {
    let inputs =
        |image: &str| Some(json!({ "imageId": image, "accountId": account(1), "region": "cn-hangzhou" }));
    let report = digest(vec![
        step("replace", SHARE, "one", inputs("m-bp1old"), inputs("m-bp1new")),
        create("other", "m-bp1new", &account(2)),
    ]);
    let rows = |text: &str| {
        let query = Query { text: text.into(), ..Query::default() };
        Table::default().query(&report, Language::En, &AddressBook::default(), &query, str::to_lowercase).0
    };
    assert_eq!((rows("m-bp1old"), rows("m-bp1new"), rows("m-bp1new other")), (2, 3, 1));
}

#[test]
fn a_report_is_the_same_after_it_was_packed() {
    let report = digest(vec![create("one", "m-bp1one", "12")]);
    let again = unpack(&pack(&report).unwrap()).unwrap();
    for language in [Language::En, Language::Zh] {
        assert_eq!(comment(&report, language), comment(&again, language));
    }
    assert!(unpack("{\"version\":99}").is_none());
}

#[test]
fn each_form_says_a_problem_in_sentences_and_leaves_the_words_of_a_policy_alone() {
    let report = digest(vec![create("one", "m-bp1one", "12")]);
    for language in [Language::En, Language::Zh] {
        let end = if language == Language::Zh { '。' } else { '.' };
        let said = problems(&report, language, None, 0..9);
        assert!(!said.is_empty());
        for found in &said {
            for part in [&found.message, &found.help] {
                assert!(part.ends_with(end), "{part}");
            }
            let whole = format!("{} {}", found.message, found.help);
            let log: Value = serde_json::from_str(&sarif(&report, language, "Pulumi.yaml", "1")).unwrap();
            let results = log["runs"][0]["results"].as_array().unwrap();
            assert!(results.iter().any(|result| result["message"]["text"] == *whole), "{whole}");
        }
    }
    let mut plan = Plan::new(None);
    let message = "images must not be shared";
    let policy = json!({ "severity": "error", "message": message });
    plan.feed(json!({ "steps": [], "diagnostics": [policy] }).to_string().as_bytes());
    assert_eq!(problems(&plan.finish(), Language::En, None, 0..1)[0].message, message);
}

#[test]
fn code_scanning_gets_paths_as_uris_and_text_without_links() {
    let report = digest(vec![create("one", "m-bp1one", "[x](https://evil.example)")]);
    let log: Value =
        serde_json::from_str(&sarif(&report, Language::En, "infra dir/Pulumi.yaml", "1")).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "infra%20dir/Pulumi.yaml"
    );
    let text = result["message"]["text"].as_str().unwrap();
    assert!(!text.contains("[x](") && !text.contains("://"), "{text}");
}

/// A state of some shares of one image: the account and since when.
fn state(time: &str, shares: &[(usize, &str)]) -> String {
    let resource = |(number, since): &(usize, &str)| {
        json!({
            "urn": format!("urn:pulumi:prod::p::{SHARE}::team-{number}"),
            "inputs": { "imageId": "m-bp1one", "accountId": account(*number), "region": "cn-hangzhou" },
            "outputs": { "sharedTime": since },
        })
    };
    let resources: Vec<Value> = shares.iter().map(resource).collect();
    json!({ "version": 3, "deployment": { "manifest": { "time": time }, "resources": resources } })
        .to_string()
}

fn compared(states: &[String]) -> Report {
    let mut plan = Plan::new(None);
    for state in states {
        plan.feed(state.as_bytes());
        plan.end_file();
    }
    plan.finish()
}

/// Each account's last digit with what happened to it and its details, in both languages.
fn histories(report: &Report, language: Language) -> Vec<(String, &'static str, String)> {
    let book = AddressBook::default();
    let mut table = Table::default();
    let query = Query { sort: "account".into(), ..Query::default() };
    let (rows, _) = table.query(report, language, &book, &query, str::to_lowercase);
    let items = table.items(report, language, &book, &query, 0..rows);
    let row = |item: Item| match item {
        Item::Row(row) => Some((row.account.text.chars().skip(15).collect(), row.change, row.detail)),
        Item::Heading { .. } => None,
    };
    items.into_iter().filter_map(row).collect()
}

#[test]
fn states_have_a_history_of_access_with_its_times_also_of_those_who_came_and_went() {
    let (old, new) = ("2024-01-02T03:04:00Z", "2026-11-11T00:00:00Z");
    let states = [
        state("2026-11-01T10:00:00Z", &[(1, old), (2, old), (5, old)]),
        state("2026-11-12T10:00:00Z", &[(1, old), (3, new), (4, new)]),
        state("2026-11-20T10:00:00Z", &[(1, old), (4, new), (5, "2026-11-15T00:00:00Z")]),
    ];
    let report = compared(&states);
    let histories_are = |report: &Report, expected: &[(&str, &str, &str)]| {
        let found = histories(report, Language::En);
        let found: Vec<_> =
            found.iter().map(|(one, two, three)| (one.as_str(), *two, three.as_str())).collect();
        assert_eq!(found, expected);
    };
    let expected = [
        ("1", "kept", "since 2024-01-02 03:04 UTC"),
        (
            "2",
            "lost",
            "since 2024-01-02 03:04 UTC · lost between 2026-11-01 10:00 UTC and 2026-11-12 10:00 UTC",
        ),
        (
            "3",
            "lost",
            "since 2026-11-11 00:00 UTC · gained between 2026-11-01 10:00 UTC and 2026-11-12 10:00 UTC · lost between 2026-11-12 10:00 UTC and 2026-11-20 10:00 UTC",
        ),
        (
            "4",
            "gained",
            "since 2026-11-11 00:00 UTC · gained between 2026-11-01 10:00 UTC and 2026-11-12 10:00 UTC",
        ),
        (
            "5",
            "kept",
            "since 2026-11-15 00:00 UTC · lost between 2026-11-01 10:00 UTC and 2026-11-12 10:00 UTC · gained between 2026-11-12 10:00 UTC and 2026-11-20 10:00 UTC",
        ),
    ];
    histories_are(&report, &expected);
    histories_are(&unpack(&pack(&report).unwrap()).unwrap(), &expected);
    assert_eq!(screen(&report, Language::En, &AddressBook::default()).verdict, "over 3 states");
    assert!(histories(&report, Language::Zh).iter().any(|(_, _, detail)| detail.contains("之间失去")));
    let comment = rendered(&comment(&report, Language::En));
    assert!(comment.contains(&account(3)) && comment.contains("gained between"), "{comment}");
    let two = compared(&[states[0].clone(), states[2].clone()]);
    let lost = "since 2024-01-02 03:04 UTC · lost between 2026-11-01 10:00 UTC and 2026-11-20 10:00 UTC";
    assert!(histories(&two, Language::En).contains(&("2".into(), "lost", lost.into())));
    let unnamed = compared(&[state("", &[(1, old)]), state("", &[])]);
    histories_are(
        &unnamed,
        &[("1", "lost", "since 2024-01-02 03:04 UTC · lost between state 1 and state 2")],
    );
}

#[test]
fn access_that_a_share_leaves_behind_when_it_leaves_the_state_may_remain() {
    let resource = |kind: &str, name: &str, inputs: Value, more: Value| {
        let mut resource = json!({
            "urn": format!("urn:pulumi:prod::p::{kind}::{name}"), "inputs": inputs, "outputs": { "accountIds": [] },
        });
        resource["inputs"]["imageId"] = json!("m-bp1one");
        resource["inputs"]["region"] = json!("cn-hangzhou");
        for (key, value) in more.as_object().unwrap() {
            resource[key] = value.clone();
        }
        resource
    };
    let share = |number: usize, inputs: Value, more: Value| {
        let mut share = resource(SHARE, &format!("team-{number}"), inputs, more);
        share["inputs"]["accountId"] = json!(account(number));
        share
    };
    let set = |numbers: &[usize]| {
        let accounts: Vec<String> = numbers.iter().map(|number| account(*number)).collect();
        resource(SET, "set", json!({ "accountIds": accounts, "keepOnDelete": [account(5)] }), json!({}))
    };
    let provider = |adopt: &str| json!({ "urn": "urn:pulumi:prod::p::pulumi:providers:alicloud-image-share::default_0_1_0", "id": "x", "inputs": { "adopt": adopt } });
    let adopted = |number: usize| {
        share(
            number,
            json!({}),
            json!({
                "outputs": { "__state": { "format": 1, "adopted": true } },
                "provider": "urn:pulumi:prod::p::pulumi:providers:alicloud-image-share::default_0_1_0::x",
            }),
        )
    };
    let state = |resources: Vec<Value>| {
        json!({ "version": 3, "deployment": { "manifest": { "time": "2026-11-01T10:00:00Z" }, "resources": resources } })
            .to_string()
    };
    let old = state(vec![
        provider("keep"),
        share(1, json!({}), json!({})),
        share(2, json!({ "keepOnDelete": true }), json!({})),
        share(3, json!({}), json!({ "retainOnDelete": true })),
        set(&[4, 5, 6]),
        adopted(7),
    ]);
    let new = state(vec![provider("keep"), set(&[6])]);
    let report = compared(&[old.clone(), new]);
    let changes: Vec<_> =
        histories(&report, Language::En).into_iter().map(|(account, change, _)| (account, change)).collect();
    let expected = [
        ("1", "lost"),
        ("2", "left"),
        ("3", "left"),
        ("4", "lost"),
        ("5", "left"),
        ("6", "kept"),
        ("7", "left"),
    ];
    let expected = expected.map(|(account, change)| (account.to_owned(), change));
    assert_eq!(changes, expected);
    assert_eq!(report.images.iter().map(|image| (image.before, image.after)).collect::<Vec<_>>(), [(7, 5)]);
    let details: Vec<String> =
        histories(&report, Language::En).into_iter().map(|(_, _, detail)| detail).collect();
    assert_eq!(details[1], "left the state between 2026-11-01 10:00 UTC and 2026-11-01 10:00 UTC");
    assert!(details[0].starts_with("lost between"), "{details:?}");
    let english = comment(&report, Language::En);
    assert!(english.contains("**May still have access, no longer managed** (4)"), "{english}");
    assert!(comment(&report, Language::Zh).contains("**可能仍有访问权限，不再受管理** (4)"));
    // The last inputs count, and what came and went between the states may remain as well.
    let dropped = state(vec![provider("keep"), share(2, json!({}), json!({})), set(&[4, 6])]);
    let passing = state(vec![provider("keep"), share(8, json!({ "keepOnDelete": true }), json!({}))]);
    let last = state(vec![provider("keep"), set(&[6])]);
    let found = |states: &[String]| -> Vec<(String, &'static str)> {
        histories(&compared(states), Language::En)
            .into_iter()
            .map(|(account, change, _)| (account, change))
            .collect()
    };
    assert!(found(&[old, dropped, last.clone()]).contains(&("2".into(), "lost")));
    assert!(found(&[last.clone(), passing, last]).contains(&("8".into(), "left")));
}

#[test]
fn a_violation_names_its_policy_and_pack_and_its_code_where_that_is_another() {
    let said = |name: &str, message: &str| {
        let policy = json!({ "policyEvent": {
            "resourceUrn": format!("urn:pulumi:prod::p::{SHARE}::one"),
            "message": message,
            "policyName": name,
            "policyPackName": "shares",
            "enforcementLevel": "mandatory",
        } });
        let mut plan = Plan::new(None);
        for event in
            [policy, json!({ "summaryEvent": { "result": "failed", "PolicyPacks": { "shares": "1" } } })]
        {
            plan.feed(event.to_string().as_bytes());
            plan.feed(b"\n");
        }
        text(&plan.finish(), Language::En, &AddressBook::default(), false)
    };
    let ours = said("account-allow-list", "Account 1 is not on the list. Remove it. [account-not-listed]");
    assert!(ours.contains("[policy, mandatory, account-allow-list (shares), account-not-listed]"), "{ours}");
    let theirs = said("no-sharing", "Images must not be shared");
    assert!(theirs.contains("[policy, mandatory, no-sharing (shares)]"), "{theirs}");
}

#[test]
fn a_comparison_has_no_steps_and_an_image_that_is_over_the_limit_has_a_raised_quota() {
    let official = "alicloud:ecs/imageSharePermission:ImageSharePermission";
    let state = |resources: &[(&str, usize)]| {
        let resource = |(name, number): &(&str, usize)| {
            json!({
                "urn": format!("urn:pulumi:prod::p::{official}::{name}"),
                "inputs": { "imageId": "m-bp1one", "accountId": account(*number) },
            })
        };
        let resources: Vec<Value> = resources.iter().map(resource).collect();
        json!({ "version": 3, "deployment": { "resources": resources } }).to_string()
    };
    let codes = |report: &Report| report.problems.iter().map(|it| it.code.clone()).collect::<Vec<_>>();
    // Two resources shared with one account, and one of them is left: the account has the image still.
    let left = compared(&[state(&[("one", 1), ("two", 1)]), state(&[("two", 1)])]);
    assert_eq!((left.counts.kept, left.counts.lost, codes(&left)), (1, 0, vec![]));
    // 50 accounts before, 50 others after: no time at which there were 100.
    let names: Vec<String> = (0..100).map(|number| format!("team-{number}")).collect();
    let teams = |from: usize, to: usize| {
        let teams: Vec<_> = names
            .iter()
            .enumerate()
            .take(to)
            .skip(from)
            .map(|(number, name)| (name.as_str(), number))
            .collect();
        state(&teams)
    };
    let exchanged = compared(&[teams(0, 50), teams(50, 100)]);
    let peaks: Vec<_> =
        exchanged.images.iter().map(|image| (image.before, image.peak, image.after)).collect();
    assert_eq!((peaks, codes(&exchanged)), (vec![(50, 50, 50)], vec![]));
    for report in [compared(&[teams(0, 60)]), compared(&[teams(0, 60), teams(0, 60)])] {
        assert_eq!(codes(&report), ["limit-exceeded"]);
        let [problem] = report.problems.as_slice() else { panic!("one problem") };
        assert_eq!(problem.severity, alicloud_image_share::diagnostic::Severity::Warning);
        assert!(problem.message.starts_with("image m-bp1one has 60 accounts already"), "{}", problem.message);
    }
}

#[test]
fn the_table_has_the_risky_rows_first_unless_it_is_sorted() {
    let steps = vec![
        create("new", "m-bp1one", &account(1)),
        step("delete", SHARE, "old", Some(json!({ "imageId": "m-bp1one", "accountId": account(2) })), None),
    ];
    let report = digest(steps);
    let first = |change: &str| {
        let (mut table, book) = (Table::default(), AddressBook::default());
        let query = Query { change: change.into(), ..Query::default() };
        table.query(&report, Language::En, &book, &query, str::to_lowercase);
        match table.items(&report, Language::En, &book, &query, 0..1).pop() {
            Some(Item::Row(row)) => row.change,
            _ => "",
        }
    };
    assert_eq!((first("changed"), first("")), ("lost", "gained"));
}

#[test]
fn accounts_that_are_not_known_yet_count_as_the_most_there_may_be() {
    let unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    let report = digest(vec![create("one", "m-bp1one", unknown), create("two", "m-bp1one", unknown)]);
    for (language, after) in [(Language::En, "up to 2"), (Language::Zh, "至多 2")] {
        let screen = screen(&report, language, &AddressBook::default());
        let [bar] = screen.images.bars.as_slice() else { panic!("one image") };
        assert_eq!((bar.before.as_str(), bar.after.as_str()), ("0", after));
        assert!(bar.label.contains(after), "{}", bar.label);
    }
}
