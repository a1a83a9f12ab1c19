//! Chinese texts by code. English ones come with the problem; a code without a Chinese text does not compile.

use crate::plan::{INPUT_CODES, PLAN_CODES};
use crate::policy::POLICIES;
use crate::rules::RULES;

/// What is wrong, and what to do. `{0}` stands for the first value of the problem.
pub(super) struct Text {
    pub code: &'static str,
    pub message: &'static str,
    pub help: &'static str,
}

const fn text(code: &'static str, message: &'static str, help: &'static str) -> Text {
    Text { code, message, help }
}

const IMAGE_HELP: &str = "填写您自己的自定义镜像的 ID，如 m-bp18ygjuqnwhechc0001，控制台的“镜像”页面中可查到";
const ACCOUNT_HELP: &str = "填写控制台显示的主账号“账号 ID”的数字，如 \"1234567890123456\"";

/// The Chinese text of a code.
pub(super) fn chinese(code: &str) -> Option<&'static Text> {
    CHINESE.iter().find(|text| text.code == code)
}

const CHINESE: &[Text] = &[
    text("ids-swapped", "imageId 写的是账号 ID，accountId 写的是镜像 ID", "将两者对调"),
    text("image-id-missing", "缺少 imageId", IMAGE_HELP),
    text("image-id-not-text", "imageId 不是文本", IMAGE_HELP),
    text(
        "image-id-public",
        "imageId {0} 是阿里云的公共镜像，所有账号都可以使用",
        "无需共享：在对方账号中直接使用该公共镜像，或共享由它制作的自定义镜像",
    ),
    text("image-id-placeholder", "imageId {0} 是占位符", IMAGE_HELP),
    text("image-id-malformed", "imageId {0} 不是自定义镜像的 ID", IMAGE_HELP),
    text("account-id-missing", "缺少 accountId", ACCOUNT_HELP),
    text(
        "account-id-not-text",
        "accountId 不是文本",
        "给 ID 加上引号：大于 9007199254740991 的数字会丢失末位，镜像会共享给另一个账号",
    ),
    text("account-id-malformed", "{p} {0} 不是账号 ID", ACCOUNT_HELP),
    text(
        "account-id-length",
        "{p} {0} 不是 16 位数字",
        "与控制台显示的“账号 ID”核对；只有很早的账号位数较少",
    ),
    text("self-share", "账号 {0} 拥有该镜像，本来就可以使用", "删除此共享"),
    text("region-malformed", "region {0} 不是地域 ID", "填写镜像所在地域的 ID，如 cn-hangzhou"),
    text("profile-malformed", "profile 不是配置的名称", "填写 aliyun 命令的配置文件中的配置名称"),
    text("unknown-property", "没有这个输入", "输入有 imageId、accountId（或 accountIds）、region 和 profile"),
    text("account-ids-not-a-list", "accountIds 不是列表", "给出账号 ID 的列表，每个 ID 加引号"),
    text(
        "mode-malformed",
        "mode {0} 既不是 additive 也不是 authoritative",
        "填写 \"additive\"（默认，不动其他共享）或 \"authoritative\"（取消其他共享）",
    ),
    text(
        "image-account-limit",
        "镜像将达到 {0} 个账号，上限 {1} 个：现有 {2} 个，新增 {3} 个，先取消 {4} 个",
        "在此前的部署中取消不再需要的共享；或在配额中心提高“单个自定义镜像可共享的用户数”，并设置 `alicloud-image-share:accountLimit`",
    ),
    text(
        "duplicate-share",
        "资源 {0} 和 {1} 都把镜像共享给账号 {2}",
        "删除其中一个：任何一个被销毁，两者的共享都会结束",
    ),
    text(
        "share-revoked",
        "账号 {0} 会失去该镜像，尽管此资源声明了共享：另一步骤会删除同一个共享",
        "只声明一次该共享；此次部署之后运行 `pulumi refresh` 和 `pulumi up` 重新共享",
    ),
    text("preview-failed", "命令失败了", "去掉 `--json` 再运行一次该命令，以查看全部内容"),
    text("pending-operation", "操作 {0} 被中断，结果存疑", "运行 `pulumi refresh` 以确定结果"),
    text("input-empty", "文件为空", EXPECTED),
    text(
        "input-not-utf8",
        "文件是 UTF-16 编码，不是 UTF-8（PowerShell 的默认输出）",
        "用 `pulumi preview --json | Out-File -Encoding utf8 plan.json` 写出",
    ),
    text(
        "input-packed",
        "文件是压缩包（gzip 或 ZIP）",
        "先解压；Terraform 的计划请给出 `terraform show -json` 的输出",
    ),
    text("input-not-json", "第 {0} 行第 {1} 列不是 JSON", EXPECTED),
    text("input-cut", "文件不完整", "重新生成文件：缺少的部分可能正是某个将被取消的共享"),
    text("input-not-a-plan", "是 JSON，但既不是计划也不是状态", EXPECTED),
    text(
        "input-names-only",
        "文件只有资源的名称",
        "运行 `PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json > plan.jsonl`",
    ),
    text(
        "input-terraform-format",
        "`terraform show -json` 的格式 {0} 无法读取，可读取 1.x",
        "更新此工具，或用 Terraform 1.x、OpenTofu 1.x 输出计划",
    ),
    text(
        "input-terraform-raw",
        "这是 Terraform 的状态文件，其格式仅供 Terraform 自用",
        "给出 `terraform show -json` 的输出",
    ),
    text("input-unreadable", "文件中有 {0} 处无法读取", EXPECTED),
    text("input-beside", "计划之外还有其他文本，见第 {0} 行", "只重定向该命令本身的输出"),
    text("account-id-format", "账号 ID 必须是主账号的数字 ID", ACCOUNT_HELP),
    text("image-id-shareable", "镜像 ID 必须是可共享的自定义镜像", IMAGE_HELP),
    text(
        "account-allow-list",
        "账号不在允许列表中",
        "只共享给允许列表中的账号，或请安全团队把该账号加入列表",
    ),
    text("account-deny-list", "账号在禁止列表中", "删除对该账号的共享"),
    text("no-self-share", "镜像共享给了其所有者自己", "删除此共享"),
    text("share-protected", "共享没有受到保护", "为资源设置 protect: true"),
    text("no-mixed-sharing", "同一镜像既由集合又由单个共享管理", "只用其中一种方式"),
    text("prefer-set", "同一镜像有许多单个共享", "改用 ImageShareSet"),
    text("image-not-found", "找不到镜像", "核对镜像 ID、地域和所用的账号"),
    text(
        "authoritative-overlap",
        "权威集合会取消另一资源声明的共享",
        "把这些账号列入集合，或把集合改为 additive",
    ),
    text(
        "too-many-removals",
        "权威集合一次要取消的共享过多",
        "确认列表无误后设置 force: true，或提高 removalLimit",
    ),
    text(
        "removes-others",
        "权威集合会取消不由此程序声明的共享",
        "把要保留的账号列入集合，或把集合改为 additive",
    ),
    text("preflight-blind", "无法查询镜像，因此没有预先检查", "检查凭证、权限和网络"),
    text("image-encrypted", "镜像是加密的，可能无法共享", "核对加密所用的密钥"),
    text("region-missing", "没有给出地域", "设置 alicloud:region 或资源的 region"),
];

const EXPECTED: &str = "请给出 `pulumi preview --json` 的输出、事件日志、`--save-plan` 保存的计划、`pulumi stack export` 或 `terraform show -json` 的输出";

const fn is_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([first, rest @ ..], [second, others @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (rest, others);
    }
    one.is_empty() && other.is_empty()
}

/// Stops the compiler at a code without a text.
const fn require(code: &'static str) {
    let mut texts = CHINESE;
    while let [first, rest @ ..] = texts {
        if is_same(first.code, code) {
            return;
        }
        texts = rest;
    }
    missing(code);
}

#[expect(clippy::panic, reason = "it runs in the compiler alone")]
const fn missing(code: &'static str) {
    std::panic!("{}", code)
}

const fn require_all(mut codes: &[&'static str]) {
    while let [first, rest @ ..] = codes {
        require(first);
        codes = rest;
    }
}

const _: () = {
    require_all(&INPUT_CODES);
    require_all(&PLAN_CODES);
    let mut rules = RULES;
    while let [first, rest @ ..] = rules {
        require(first.code);
        rules = rest;
    }
    let mut policies = POLICIES;
    while let [first, rest @ ..] = policies {
        require(first.name);
        policies = rest;
    }
};
