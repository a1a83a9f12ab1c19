//! `docs/errors.md` and `docs/zh-CN/errors.md`: every code, what it weighs and what to do about it.

use alicloud_image_share::diagnostic::{Code, CodeInfo, CodeKind, Severity, sentence};
use alicloud_image_share::naming::Naming;
use alicloud_image_share::report::chinese_help;

use super::cell;

/// The words of a kind of codes: its heading on the page, and what its codes are.
struct Words {
    heading: &'static str,
    about: &'static str,
}

/// Every kind, in the order of the page, in English and in Chinese.
const KINDS: &[Kind] = &[
    (
        CodeKind::Rule,
        Words {
            heading: "Inputs",
            about: "Rules about the inputs of a resource. They need no credentials and no network.",
        },
        Words { heading: "输入", about: "关于资源输入的规则，不需要凭证和网络。" },
    ),
    (
        CodeKind::Preflight,
        Words {
            heading: "Images and their accounts",
            about: "Results of the inspection of an image before anything is written.",
        },
        Words { heading: "镜像及其账号", about: "写入之前查询镜像的结果。" },
    ),
    (
        CodeKind::Program,
        Words { heading: "Resources of one program", about: "Resources that contradict each other." },
        Words { heading: "同一程序中的资源", about: "相互矛盾的资源。" },
    ),
    (
        CodeKind::Setting,
        Words {
            heading: "Settings and credentials",
            about: "Stack config, environment variables and credentials.",
        },
        Words { heading: "设置和凭证", about: "堆栈配置、环境变量和凭证。" },
    ),
    (
        CodeKind::Operation,
        Words {
            heading: "Operations",
            about: "Outcomes of creating, reading, updating and deleting shares.",
        },
        Words { heading: "操作", about: "创建、读取、更新和删除共享的结果。" },
    ),
    (
        CodeKind::Api,
        Words {
            heading: "Refusals of the API",
            about: "Error codes of Alibaba Cloud, under their own names. A code that is missing here is reported as the API returns it.",
        },
        Words {
            heading: "API 的拒绝",
            about: "阿里云的错误码，沿用原名。表中没有的错误码按 API 返回的内容报告。",
        },
    ),
    (
        CodeKind::Network,
        Words { heading: "Network", about: "Requests that got no response of the API." },
        Words { heading: "网络", about: "没有得到 API 响应的请求。" },
    ),
    (
        CodeKind::File,
        Words { heading: "Files", about: "Plans, states and other files that the report reads." },
        Words { heading: "文件", about: "报告读取的计划、状态和其他文件。" },
    ),
    (
        CodeKind::Policy,
        Words {
            heading: "Policies",
            about: "Violations of policies. Policies that apply a rule report the rule's code.",
        },
        Words {
            heading: "策略", about: "策略违规。应用某条规则的策略报告该规则的错误码。"
        },
    ),
];

/// The tables of all codes, in English.
pub fn part() -> String {
    tables(
        "code | severity | what to do",
        |kind| (&kind.1, ["error", "warning", "info"]),
        |code| sentence(&Naming::DYNAMIC.fill(code.help)),
    )
}

/// The tables of all codes, in Chinese.
pub fn chinese_part() -> String {
    tables(
        "错误码 | 级别 | 处理办法",
        |kind| (&kind.2, ["错误", "警告", "提示"]),
        |code| chinese_help(code.name).map(|help| format!("{help}。")).unwrap_or_default(),
    )
}

type Kind = (CodeKind, Words, Words);

fn tables(
    columns: &str,
    words: impl Fn(&Kind) -> (&Words, [&'static str; 3]),
    help: impl Fn(&CodeInfo) -> String,
) -> String {
    let table = |kind: &Kind| {
        let (Words { heading, about }, [error, warning, info]) = words(kind);
        let rows = Code::ALL.iter().map(|code| code.info()).filter(|code| code.kind == kind.0).map(|code| {
            let severity = match code.severity {
                Severity::Error => error,
                Severity::Warning => warning,
                Severity::Info => info,
            };
            format!("| `{}` | {severity} | {} |\n", code.name, cell(&help(&code)))
        });
        let rows: String = rows.collect();
        format!("## {heading}\n\n{about}\n\n| {columns} |\n| --- | --- | --- |\n{rows}")
    };
    KINDS.iter().map(table).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_row() {
        for page in [part(), chinese_part()] {
            for code in Code::ALL {
                assert!(page.contains(&format!("\n| `{}` | ", code.name())), "{}", code.name());
            }
        }
    }
}
