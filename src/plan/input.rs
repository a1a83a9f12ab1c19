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

pub(super) fn name(index: usize, files: &[File]) -> String {
    let name = files.get(index).map(|file| file.name.as_str()).filter(|name| !name.is_empty());
    name.map_or_else(|| format!("file {}", index + 1), |name| format!("`{name}`"))
}

/// A format that is no text, or UTF-16, and what to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    /// What the file begins with.
    head: &'static [u8],
    name: &'static str,
    help: &'static str,
}

const PACKED: [Packed; 9] = [
    Packed::new(b"\x1f\x8b", "gzip", "unpack it with `gunzip`"),
    Packed::new(b"\x28\xb5\x2f\xfd", "zstd", "unpack it with `unzstd`"),
    Packed::new(b"\xfd7zX", "xz", "unpack it with `unxz`"),
    Packed::new(b"BZh", "bzip2", "unpack it with `bunzip2`"),
    Packed::new(b"7z\xbc\xaf", "7z", "unpack it with `7z x`"),
    Packed::new(b"PK\x03\x04", "ZIP", ZIP),
    Packed::new(b"PK\x05\x06", "ZIP", ZIP),
    Packed::new(b"\xff\xfe", "", UTF_16),
    Packed::new(b"\xfe\xff", "", UTF_16),
];
const TAR: Packed = Packed::new(b"ustar", "tar", "unpack it with `tar -xf`");
/// Where the first header of a tar archive says that it is one.
const TAR_PLACE: usize = 257;
const ZIP: &str = "give the output of `terraform show -json <file>`, or unpack it";
const UTF_16: &str = "write it with `pulumi preview --json | Out-File -Encoding utf8 plan.json`";
/// The bytes that tell an archive from text.
pub(super) const MAGIC: usize = TAR_PLACE + TAR.head.len();

impl Packed {
    const fn new(head: &'static [u8], name: &'static str, help: &'static str) -> Self {
        Self { head, name, help }
    }

    /// By the first bytes of a file; those of UTF-16 without a mark have a zero in every other place.
    pub(super) fn of(magic: &[u8]) -> Option<Self> {
        if magic.get(TAR_PLACE..) == Some(TAR.head) {
            return Some(TAR);
        }
        let found = PACKED.into_iter().find(|packed| magic.starts_with(packed.head));
        let is_utf_16 = || matches!(magic, [_, 0, _, 0, ..] | [0, _, 0, _, ..]);
        found.or_else(|| is_utf_16().then_some(Self::new(b"", "", UTF_16)))
    }

    /// What is wrong with such a file; its name where there are several.
    pub(super) fn fault(self, file: Option<String>) -> Fault {
        let what = match self.name {
            "" => " is UTF-16 and not UTF-8, as PowerShell writes",
            "ZIP" => " is a ZIP archive, as `terraform plan -out` writes",
            "tar" => " is a tar archive",
            _ => " is compressed with ",
        };
        let mut message = [file.as_deref().unwrap_or("it"), what].concat();
        if what.ends_with(' ') {
            message.push_str(self.name);
        }
        let (code, mut values) = match self.name {
            "" => (Code::InputNotUtf8, Vec::new()),
            name => (Code::InputPacked, vec![name.into()]),
        };
        values.extend(file);
        Fault { values, ..error(code, message, self.help) }
    }
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
