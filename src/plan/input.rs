//! What is wrong with a file, be it cut, packed, of another encoding or no plan at all.

use super::collector::Collector;
use super::report::File;
use super::scanner::{Break, Scanner};
use crate::diagnostic::{Code, Severity};

/// What a file may be.
const EXPECTED: &str = "give the output of `pulumi preview --json`, an event log, a plan saved by `--save-plan`, the output of `pulumi stack export`, or that of `terraform show -json`";
/// How to get a file that says everything.
pub(super) const STREAM: &str = "run `PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json > plan.jsonl`, which has policies and unchanged resources as well";

/// What is wrong with a file.
#[derive(Debug)]
pub(super) struct Fault {
    pub code: Code,
    /// An error where nothing of the file can be shown.
    pub severity: Severity,
    pub message: String,
    pub help: String,
    pub values: Vec<String>,
}

fn error(code: Code, message: impl Into<String>, help: &str) -> Fault {
    Fault { code, severity: Severity::Error, message: message.into(), help: help.into(), values: Vec::new() }
}

/// What is wrong with the files that were read; none where they are plans, whole and in their encoding.
pub(super) fn fault(collector: &Collector, scanner: &Scanner, is_empty: bool) -> Option<Fault> {
    let shapes = collector.shapes;
    let is_known =
        shapes.digest || shapes.events || shapes.plan || shapes.terraform_plan || shapes.states > 0;
    if is_empty {
        return Some(error(Code::InputEmpty, "there is nothing in it", EXPECTED));
    }
    if let Some(fault) = scanner.broken.as_ref().and_then(|broken| broken_json(broken, is_known, scanner)) {
        return Some(fault);
    }
    if scanner.is_cut {
        let line = scanner.line().to_string();
        return Some(Fault {
            values: vec![line.clone()],
            ..error(
                Code::InputCut,
                format!("it ends in the middle, at line {line}"),
                "make the file again: what is missing may be a share that is revoked",
            )
        });
    }
    if collector.is_log_cut || shapes.events && !collector.has_end {
        return Some(error(
            Code::InputCut,
            "the event log has no last event, so it was cut or is still being written",
            "make the file again, and read it once the command has ended",
        ));
    }
    if shapes.names_only && !shapes.digest && !shapes.events {
        return Some(error(Code::InputNamesOnly, "it names resources and says nothing else of them", STREAM));
    }
    if let Some(fault) = terraform(collector) {
        return Some(fault);
    }
    if !is_known {
        return Some(error(Code::InputNotAPlan, "it is JSON, and neither a plan nor a state", EXPECTED));
    }
    let unreadable = collector.unreadable + scanner.too_long;
    if unreadable > 0 {
        let parts = if unreadable == 1 { "part" } else { "parts" };
        return Some(Fault {
            values: vec![unreadable.to_string()],
            ..error(Code::InputUnreadable, format!("{unreadable} {parts} of it cannot be read"), EXPECTED)
        });
    }
    // Lines of a log before or behind a plan do no harm.
    scanner.broken.as_ref().map(|broken| Fault {
        severity: Severity::Warning,
        values: vec![broken.line.to_string()],
        ..error(
            Code::InputBeside,
            format!("there is text beside the plan, at line {}", broken.line),
            "redirect the output of the command alone",
        )
    })
}

/// What is wrong where one of several files is no plan: its accounts would be missing in silence.
pub(super) fn silent(index: usize, files: &[File]) -> Fault {
    let name = name(index, files);
    Fault {
        values: vec![name.clone()],
        ..error(Code::InputNotAPlan, format!("{name} is neither a plan nor a state"), EXPECTED)
    }
}

fn name(index: usize, files: &[File]) -> String {
    let name = files.get(index).map(|file| file.name.as_str()).filter(|name| !name.is_empty());
    name.map_or_else(|| format!("file {}", index + 1), |name| format!("`{name}`"))
}

/// What the first bytes of archives are, and with what they are unpacked.
const ARCHIVES: [(&[u8], &str, &str); 7] = [
    (b"\x1f\x8b", "gzip", "gunzip"),
    (b"\x28\xb5\x2f\xfd", "zstd", "unzstd"),
    (b"\xfd7zX", "xz", "unxz"),
    (b"BZh", "bzip2", "bunzip2"),
    (b"7z\xbc\xaf", "7z", "7z x"),
    (b"PK\x03\x04", "ZIP", ""),
    (b"PK\x05\x06", "ZIP", ""),
];
/// Where the first header of a tar archive says that it is one.
const TAR: (std::ops::Range<usize>, &[u8]) = (257..262, b"ustar");
/// The bytes that tell an archive from text.
pub(super) const MAGIC: usize = TAR.0.end;

/// Files that are no text, by their first bytes; those of UTF-16 without a mark have a zero in every other place.
pub(super) fn packed(magic: &[u8]) -> Option<Fault> {
    let of = |format: &str, message: String, help: &str| {
        Some(Fault { values: vec![format.into()], ..error(Code::InputPacked, message, help) })
    };
    if magic.get(TAR.0) == Some(TAR.1) {
        return of("tar", "it is a tar archive".into(), "unpack it with `tar -xf`");
    }
    match ARCHIVES.iter().find(|(head, ..)| magic.starts_with(head)) {
        Some((_, format, "")) => {
            return of(
                format,
                "it is a ZIP archive, as `terraform plan -out` writes".into(),
                "give the output of `terraform show -json <file>`, or unpack it",
            );
        }
        Some((_, format, command)) => {
            return of(
                format,
                format!("it is compressed with {format}"),
                &format!("unpack it with `{command}`"),
            );
        }
        None => {}
    }
    matches!(magic, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, _, 0, ..] | [0, _, 0, _, ..]).then(|| {
        error(
            Code::InputNotUtf8,
            "it is UTF-16 and not UTF-8, as PowerShell writes",
            "write it with `pulumi preview --json | Out-File -Encoding utf8 plan.json`",
        )
    })
}

/// Names the file that a fault is of, where there are several.
pub(super) fn of_file(fault: Fault, index: usize, files: &[File]) -> Fault {
    let name = name(index, files);
    let message = fault.message.strip_prefix("it ").map(|rest| [name.as_str(), " ", rest].concat());
    let mut values = fault.values;
    values.push(name);
    Fault { message: message.unwrap_or(fault.message), values, ..fault }
}

/// A place that is no JSON; none where it is only beside a plan that is whole.
fn broken_json(broken: &Break, is_known: bool, scanner: &Scanner) -> Option<Fault> {
    if is_known && !scanner.is_cut && !scanner.is_torn && !broken.is_inside {
        return None;
    }
    let found = match broken.found {
        byte @ 0x21..=0x7e => format!("`{}`", char::from(byte)),
        _ => "something else".into(),
    };
    let [line, column] = [broken.line, broken.column].map(|number| number.to_string());
    let message = format!(
        "it is not JSON: at line {line}, column {column} {} was expected and {found} found",
        broken.expected
    );
    Some(Fault { values: vec![line, column], ..error(Code::InputNotJson, message, EXPECTED) })
}

fn terraform(collector: &Collector) -> Option<Fault> {
    let version = &collector.format_version;
    if collector.shapes.terraform_plan || !version.is_empty() {
        // A minor version only adds.
        return (!version.starts_with("1.")).then(|| Fault {
            values: vec![version.clone()],
            ..error(
                Code::InputTerraformFormat,
                match version.as_str() {
                    "" => "it has no `format_version`".to_owned(),
                    version => {
                        format!("it has format {version} of `terraform show -json`, and 1.x can be read")
                    }
                },
                "update this tool, or show the plan with Terraform 1.x or OpenTofu 1.x",
            )
        });
    }
    (!collector.terraform_version.is_empty()).then(|| {
        error(
            Code::InputTerraformRaw,
            "it is a state file of Terraform, whose format is Terraform's own",
            "give the output of `terraform show -json`",
        )
    })
}
