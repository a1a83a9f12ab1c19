//! Files of profiles: where they are, what wrote them, and what is wrong with them.

use super::NO_METADATA;
use super::machine::Machine;

const CLI: &str = "/home/baker/.aliyun/config.json";
const SDK: &str = "/home/baker/.alibabacloud/credentials";
const ONE: &str = r#"{"current":"one","profiles":[{"name":"one","mode":"AK","access_key_id":"LTAIone","access_key_secret":"s"}]}"#;

fn key(id: &str) -> Result<(String, Option<String>), (String, String)> {
    Ok((id.to_owned(), None))
}

#[test]
fn a_file_is_read_whatever_wrote_it() {
    let utf16 = |unit: fn(u16) -> [u8; 2]| {
        std::iter::once(0xfeff).chain(ONE.encode_utf16()).flat_map(unit).collect::<Vec<u8>>()
    };
    for bytes in [
        ONE.as_bytes().to_vec(),
        format!("\u{feff}{ONE}\r\n").into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
    ] {
        assert_eq!(Machine::with(CLI, bytes).given(&[NO_METADATA]), key("LTAIone"));
    }
}

#[test]
fn the_file_of_a_variable_is_found_in_the_home_folder() {
    for path in ["~/p.json", "$HOME/p.json", "${HOME}/p.json", "/home/baker/p.json"] {
        for variable in ["ALIBABA_CLOUD_CREDENTIALS_FILE", "ALIBABA_CLOUD_CONFIG_FILE"] {
            let machine = Machine::with("/home/baker/p.json", ONE);
            assert_eq!(machine.given(&[NO_METADATA, (variable, path)]), key("LTAIone"), "{variable} {path}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_used_says_why_and_never_what_is_in_it() {
    for (content, why) in [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        (r#"{"profiles": planted"#, "the file is not JSON"),
        ("planted", "the file has no section `default`"),
        (r#"{"current":"x","profiles":[{"name":"y"}]}"#, "the file has no profile `x`"),
        (
            r#"{"profiles":[{"name":"x"},{"name":"y"}]}"#,
            "the file names no current profile; run `aliyun configure switch --profile <name>`, or name one",
        ),
        (r#"{"current":"x","profiles":[{"name":"x","mode":""}]}"#, "it is not configured yet"),
    ] {
        let message = Machine::with(CLI, content).why(&[NO_METADATA]);
        let expected = format!(
            "the default chain (`~/.aliyun/config.json`: {why}; `~/.alibabacloud/credentials`: there is no such file; the instance's role: turned off by ALIBABA_CLOUD_ECS_METADATA_DISABLED)"
        );
        assert!(message.ends_with(&expected), "{message}");
        assert!(!message.contains("planted"), "{message}");
    }
    let message = Machine::with(CLI, [0x7b, 0xc3, 0x28]).why(&[NO_METADATA]);
    assert!(message.contains("`~/.aliyun/config.json`: the file is neither UTF-8 nor UTF-16;"), "{message}");
}

#[test]
fn a_file_without_a_current_profile_has_its_default_or_its_only_one() {
    let ak = |name: &str, id: &str| {
        format!(r#"{{"name":"{name}","mode":"AK","access_key_id":"{id}","access_key_secret":"s"}}"#)
    };
    let file = |profiles: &[String]| format!(r#"{{"profiles":[{}]}}"#, profiles.join(","));
    let only = file(&[ak("one", "LTAIone")]);
    assert_eq!(Machine::with(CLI, only).given(&[NO_METADATA]), key("LTAIone"));
    let default = file(&[ak("one", "LTAIone"), ak("default", "LTAItwo")]);
    assert_eq!(Machine::with(CLI, default).given(&[NO_METADATA]), key("LTAItwo"));
}

#[test]
fn the_current_profile_goes_before_the_sections_of_the_sdks() {
    let ini = "[default]\ntype=access_key\naccess_key_id=LTAIsdk\naccess_key_secret=s\n";
    let mut machine = Machine::with(CLI, ONE);
    machine.files.insert(SDK.into(), ini.into());
    assert_eq!(machine.given(&[NO_METADATA]), key("LTAIone"));
    for disabled in
        ["ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "ALIBABA_CLOUD_IGNORE_PROFILE", "ALIBABACLOUD_IGNORE_PROFILE"]
    {
        let mut machine = Machine::with(CLI, ONE);
        machine.files.insert(SDK.into(), ini.into());
        assert_eq!(machine.given(&[NO_METADATA, (disabled, "TRUE")]), key("LTAIsdk"), "{disabled}");
    }
}

#[test]
fn a_broken_source_of_the_chain_is_passed_over_with_a_warning_that_names_whose_credentials_are_used() {
    let sdk = "[default]\ntype=access_key\naccess_key_id=LTAIsdk\naccess_key_secret=s\n";
    let over = |cli: &str| {
        let mut machine = Machine::with(CLI, cli);
        machine.files.insert(SDK.into(), sdk.into());
        let (_, given, said) = machine.session(&[NO_METADATA]);
        assert_eq!(given, key("LTAIsdk"), "{cli}");
        said
    };
    for (cli, why) in [
        ("{", "the file is not JSON"),
        (
            r#"{"current":"one","profiles":[{"name":"one","mode":"AK","access_key_id":"LTAIone"}]}"#,
            "it has no access_key_secret",
        ),
        (
            r#"{"current":"one","profiles":[{"name":"one","mode":"ChainableRamRoleArn","ram_role_arn":"r","source_profile":"two"}]}"#,
            "the file has no profile `two`",
        ),
    ] {
        let expected = format!(
            "`~/.aliyun/config.json` gave no credentials, and those of `~/.alibabacloud/credentials` are used: {why}"
        );
        assert_eq!(over(cli), [expected]);
    }
    // What nobody configured is not broken.
    for cli in [
        "",
        r#"{"current":"one","profiles":[{"name":"one","mode":""}]}"#,
        r#"{"current":"one","profiles":[]}"#,
    ] {
        assert_eq!(over(cli), Vec::<String>::new(), "{cli}");
    }
}

#[test]
fn a_named_profile_that_does_not_work_is_not_looked_for_in_another_file() {
    let sdk = "[one]\ntype=access_key\naccess_key_id=LTAIsdk\naccess_key_secret=s\n";
    let environment = [NO_METADATA, ("ALIBABA_CLOUD_PROFILE", "one")];
    for (cli, found) in [
        (r#"{"profiles":[{"name":"two"}]}"#, key("LTAIsdk")),
        (r#"{"profiles":[{"name":"one","mode":""}]}"#, key("LTAIsdk")),
        (
            r#"{"profiles":[{"name":"one","mode":"AK","access_key_id":"LTAIone"}]}"#,
            Err((
                "credentials-failed".into(),
                "the profile `one` (ALIBABA_CLOUD_PROFILE) gave no credentials: `~/.aliyun/config.json`: it has no access_key_secret".into(),
            )),
        ),
    ] {
        let mut machine = Machine::with(CLI, cli);
        machine.files.insert(SDK.into(), sdk.into());
        assert_eq!(machine.given(&environment), found, "{cli}");
    }
}

#[test]
fn a_file_that_is_set_and_comes_behind_another_is_named() {
    let sdk = "[default]\ntype=access_key\naccess_key_id=LTAIsdk\naccess_key_secret=s\n";
    let set = ("ALIBABA_CLOUD_CREDENTIALS_FILE", "/set");
    let machine = |with_cli: bool| {
        let mut machine = Machine::with("/set", sdk);
        if with_cli {
            machine.files.insert(CLI.into(), ONE.into());
        }
        machine
    };
    let (_, given, said) = machine(true).session(&[NO_METADATA, set]);
    assert_eq!(given, key("LTAIone"));
    assert_eq!(said, ["`/set` is set and not read, since `~/.aliyun/config.json` comes before it"]);
    let disabled = ("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");
    for (with_cli, environment) in [(false, vec![NO_METADATA, set]), (true, vec![NO_METADATA, set, disabled])]
    {
        let (_, given, said) = machine(with_cli).session(&environment);
        assert_eq!((given, said), (key("LTAIsdk"), vec![]));
    }
}

#[test]
fn of_a_field_that_stands_twice_the_last_counts_as_in_the_official_libraries() {
    let twice = ONE.replacen("\"access_key_id\"", "\"access_key_id\":\"LTAIold\",\"access_key_id\"", 1);
    assert_eq!(Machine::with(CLI, twice).given(&[NO_METADATA]), key("LTAIone"));
    let sections = "[default]\ntype=access_key\naccess_key_id=LTAIold\naccess_key_secret=s\n[default]\naccess_key_id=LTAIone\n";
    assert_eq!(Machine::with(SDK, sections).given(&[NO_METADATA]), key("LTAIone"));
}
