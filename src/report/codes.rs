//! Chinese texts by code. English ones come with the problem; a code without a Chinese text does not compile.

use crate::diagnostic::Code;
use crate::policy::POLICIES;

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

/// What to do about a code, in Chinese.
pub fn chinese_help(code: &str) -> Option<&'static str> {
    chinese(code).map(|text| text.help)
}

const CHINESE: &[Text] = &[
    text("ids-swapped", "imageId 写的是账号 ID，accountId 写的是镜像 ID", "将两者对调"),
    text("image-id-missing", "缺少 imageId", IMAGE_HELP),
    text("image-id-not-text", "imageId 不是文本", IMAGE_HELP),
    text(
        "image-id-public",
        "imageId {0} 是阿里云的公共镜像，所有账号都可以使用",
        "删除此共享：所有账号都可以使用公共镜像；要共享它的变体，请制作自定义镜像",
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
    text("profile-malformed", "profile 为空，或不是文本", "填写 aliyun 命令的配置文件中的 profile 名称"),
    text("unknown-property", "没有这个输入", "删除它，或更正名称"),
    text("account-ids-not-a-list", "accountIds 不是列表", "给出账号 ID 的列表，每个 ID 加引号"),
    text(
        "mode-malformed",
        "mode {0} 既不是 additive 也不是 authoritative",
        "填写 \"additive\"（默认，不动其他共享）或 \"authoritative\"（取消其他共享）",
    ),
    text(
        "image-account-limit",
        "镜像将达到 {0} 个账号，上限 {1} 个：现有 {2} 个，新增 {3} 个，先取消 {4} 个",
        "在此前的部署中取消不再需要的共享；或在配额中心提高“单个自定义镜像可共享的用户配额”，并设置 `alicloud-image-share:accountLimit`",
    ),
    text(
        "duplicate-share",
        "资源 {0} 和 {1} 都把镜像 {2} 共享给账号 {3}",
        "删除其中一个：任何一个被销毁，两者的共享都会被取消",
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
        "文件 {0} 是 UTF-16 编码，不是 UTF-8（PowerShell 的默认输出）",
        "用 `pulumi preview --json | Out-File -Encoding utf8 plan.json` 写出",
    ),
    text(
        "input-packed",
        "文件 {1} 是 {0} 压缩包",
        "先解压；Terraform 的计划请给出 `terraform show -json` 的输出",
    ),
    text("input-not-json", "第 {0} 行第 {1} 列不是 JSON", EXPECTED),
    text("input-cut", "文件不完整", "重新生成文件：缺少的部分可能正是某个将被取消的共享"),
    text("input-not-a-plan", "文件 {0} 既不是计划也不是状态", EXPECTED),
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
    text(
        "no-mixed-sharing",
        "镜像既直接共享给账号，又通过资源共享（resource share）共享",
        "只用其中一种方式",
    ),
    text("prefer-set", "同一镜像有许多单个共享", "改用 ImageShareSet"),
    text("image-not-found", "找不到镜像", "核对镜像 ID 和地域：镜像只能在所在地域内共享"),
    text(
        "authoritative-overlap",
        "authoritative 集合会取消另一资源声明的共享",
        "把这些账号列入集合，以代替另一资源；或把集合改为 additive：authoritative 集合会取消所有未列出的共享",
    ),
    text(
        "too-many-removals",
        "authoritative 集合一次要取消的共享过多",
        "确认列表无误后设置 `force: true`，或提高 `removalLimit`",
    ),
    text(
        "removes-others",
        "authoritative 集合会取消不由此程序声明的共享",
        "要保留这些共享，请把 `mode` 改为 additive；列入集合的账号归此集合所有",
    ),
    text(
        "preflight-blind",
        "无法查询镜像，因此没有预先检查",
        "检查凭证、权限和网络；不需要查询时，把 `alicloud-image-share:preflight` 设为 off",
    ),
    text(
        "image-encrypted",
        "镜像是加密的，可能无法共享",
        "使用您自己的密钥（KMS），并在所有者账号中创建角色 AliyunECSShareEncryptImageDefaultRole",
    ),
    text(
        "region-missing",
        "没有给出地域",
        "执行 `pulumi config set alicloud:region cn-hangzhou`，填写镜像所在的地域",
    ),
    text("account-id-number", "{p} 是数字，不是带引号的文本", "给 ID 加上引号，以免丢失数字"),
    text("force-malformed", "force 不是 true 或 false", "填写 true 或 false"),
    text(
        "removal-limit-malformed",
        "removalLimit 不是 0 到 1 的数字",
        "填写一次可取消的账号比例，如 0.5 表示一半",
    ),
    text(
        "share-id-malformed",
        "共享的 ID 格式有误",
        "填写 <imageId>:<accountId>，其他地域的镜像填写 <imageId>:<accountId>@<region>",
    ),
    text("set-id-malformed", "集合的 ID 格式有误", "填写 <imageId>，其他地域的镜像填写 <imageId>@<region>"),
    text(
        "argument-malformed",
        "参数不是普通的值",
        "给出普通的值：文本、数字、布尔值，以及由它们组成的列表和对象",
    ),
    text("argument-is-an-output", "参数是 Output", "改用 `getImageSharesOutput`，它接受 Output"),
    text("image-public", "镜像是公共镜像", "删除此共享：所有账号都可以直接使用公共镜像"),
    text("image-marketplace", "镜像来自云市场", "在对方账号中订阅，或共享由它制作的自定义镜像"),
    text("image-community", "镜像是社区镜像", "删除此共享；若只想共享给指定账号，请先取消发布"),
    text("image-received", "镜像是别人共享给您的", "请其所有者共享，或共享您自己的副本"),
    text("image-deprecated", "镜像已弃用", "共享替代它的镜像"),
    text("image-not-ready", "镜像尚未就绪", "等镜像可用后再运行，或用 `waitForImage` 设置等待的秒数"),
    text("image-not-available", "镜像不可用", "重新制作镜像，并共享新镜像"),
    text(
        "limit-exceeded",
        "镜像的账号已超过上限，可见其配额已提高",
        "把 `alicloud-image-share:accountLimit` 设为提高后的配额",
    ),
    text(
        "preflight-budget",
        "预检超出了时间预算",
        "提高 `alicloud-image-share:preflightBudget`，或把 `alicloud-image-share:preflight` 设为 off",
    ),
    text(
        "shares-adopted",
        "已有的共享将被接管",
        "`pulumi destroy` 也会取消被接管的共享，除非 `adopt` 为 \"keep\"；如果共享是本程序的另一个资源（如 `alicloud.ecs.ImageSharePermission`）创建的，请用 `npx pulumi-alicloud-image-share migrate` 迁移，切勿在同一次部署中删除它，否则共享会被取消：见 docs/migrating.md",
    ),
    text(
        "share-exists",
        "共享已存在，状态中没有，且 `adopt` 为 \"refuse\"",
        "按 docs/migrating.md 导入共享，或用 `npx pulumi-alicloud-image-share migrate` 迁移，或将 `adopt` 设为 \"own\" 或 \"keep\"",
    ),
    text("shares-kept", "共享按 `adopt` 或 `keepOnDelete` 保留", "无需处理"),
    text(
        "adopt-malformed",
        "adopt 不是 own、keep 或 refuse",
        "填写 \"own\"（默认，管理已有的共享）、\"keep\"（删除资源时保留已有的共享）或 \"refuse\"（已有共享时停止）",
    ),
    text(
        "keep-on-delete-malformed",
        "keepOnDelete 的类型不对",
        "共享填写 true 或 false，集合填写账号 ID 的列表",
    ),
    text(
        "keep-on-delete-unlisted",
        "keepOnDelete 中的账号不在此集合中",
        "将该账号也列入 `accountIds`，或在此删除",
    ),
    text("state-unreadable", "状态无法读取", "请给出 `pulumi stack export` 的输出，或 Terraform 的状态"),
    text("state-version", "状态的版本未知", "用当前版本的 CLI 运行 `pulumi stack export`，并更新此包"),
    text(
        "state-pending-operations",
        "栈中有未结束的操作",
        "运行 `pulumi refresh`（询问后会清除），然后再次迁移",
    ),
    text(
        "state-conflict",
        "两个资源持有同一个共享",
        "用 `pulumi state delete`（不取消共享）从状态中移除多余的资源，只留一个，然后再次迁移",
    ),
    text(
        "state-resource-malformed",
        "资源的 ID 不是任何共享的 ID",
        "更正该资源，或用 `pulumi state delete`（不取消共享）移除，然后再次迁移",
    ),
    text("migration-option", "迁移的选项不对", "见 `npx pulumi-alicloud-image-share migrate --help`"),
    text(
        "account-moves",
        "账号从集合转到另一资源",
        "让集合依赖另一资源（`dependsOn`），使共享在集合更新之前先被接管",
    ),
    text("setting-malformed", "设置有误", "修正该设置：docs/zh-CN/configuration.md 列出了所有设置"),
    text("endpoint-malformed", "接入点有误", "填写主机、主机:端口或 URL，如 ecs.cn-hangzhou.aliyuncs.com"),
    text("endpoint-exposed", "接入点使用明文 http", "改用 https，或省略协议"),
    text("profile-unknown", "配置名称尚不可知", "运行 `pulumi up`：届时即可知道"),
    text("credentials-incomplete", "凭证不完整", "AccessKey 的两部分都要设置，或都不设置"),
    text(
        "credentials-missing",
        "没有凭证",
        "设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，运行 `aliyun configure`，或参阅 docs/zh-CN/configuration.md",
    ),
    text(
        "credentials-failed",
        "无法取得凭证",
        "修正凭证来源，或设置其他凭证：顺序见 docs/zh-CN/configuration.md",
    ),
    text("share-not-found", "找不到共享", "核对镜像、账号以及镜像所在的地域"),
    text("write-not-shown", "写入尚未显示", "重新运行：存疑的共享会保留在状态中，直到确定结果"),
    text("outcome-unknown", "结果未知", "重新运行：存疑的共享会保留在状态中，直到确定结果"),
    text("not-sent", "请求没有发送", "解决第一个错误后重新运行"),
    text("some-accounts-failed", "部分账号失败", "按各账号的错误处理，然后重新运行"),
    text("other-account", "镜像属于另一账号", "使用镜像所有者的凭证重新运行"),
    text("caller-unknown", "无法确定调用者", "允许调用 sts:GetCallerIdentity，或修正凭证，然后重新运行"),
    text(
        "owner-not-recorded",
        "没有记录镜像的所有者",
        "若镜像属于另一账号，用该账号的凭证重新运行；否则无需处理",
    ),
    text(
        "listing-incomplete",
        "列表不完整",
        "过一分钟重新运行：读取期间列表发生变化，或接入点没有给出全部内容",
    ),
    text("state-too-new", "状态的格式比此版本新", "更新 pulumi-alicloud-image-share"),
    text(
        "custom-timeout",
        "操作超过了资源的 `customTimeouts` 所允许的时间，结果未知",
        "重新执行 `pulumi up`，或延长时限",
    ),
    text("cancelled", "操作已取消", "重新运行：存疑的共享会保留在状态中，直到确定结果"),
    text(
        "InvalidImageId.NotFound",
        "找不到镜像",
        "核对镜像 ID，以及镜像所在的地域：镜像只能在所在地域内共享",
    ),
    text("InvalidAccount.NotFound", "找不到账号", "向对方核对账号 ID：它是主账号的“账号 ID”"),
    text("InvalidAccount.Forbbiden", "账号拥有该镜像", "删除此共享：该账号是镜像的所有者，本来就可以使用"),
    text("InvalidAccount.Forbidden", "账号拥有该镜像", "删除此共享：该账号是镜像的所有者，本来就可以使用"),
    text(
        "QuotaExceed.ShareImageUser",
        "镜像的共享账号已满",
        "先在之前的部署中取消不再需要的共享，或在配额中心提高配额并设置 `alicloud-image-share:accountLimit`",
    ),
    text(
        "QuotaExceed.ShareImage",
        "共享镜像的数量已达上限",
        "在配额中心提高可共享镜像数的配额，或取消不再需要的镜像的共享",
    ),
    text("Image.Public", "公共镜像或社区镜像不能共享", "删除此共享：公共镜像和社区镜像不能共享给账号"),
    text(
        "InvalidParameter.IsPublic",
        "公共镜像或社区镜像不能共享",
        "删除此共享：公共镜像和社区镜像不能共享给账号",
    ),
    text(
        "InvalidImageId.BidMismatch",
        "账号与镜像不在同一站点",
        "共享给镜像所在站点的账号：中国站与国际站互不相通",
    ),
    text(
        "OperationDenied.InvalidImageStatus",
        "镜像的状态不允许共享",
        "共享替代它的镜像：已弃用的镜像不能共享",
    ),
    text("IncorrectImageStatus", "镜像尚不可用", "等镜像可用后重新运行"),
    text(
        "AssumeRoleError",
        "缺少加密镜像共享所需的角色",
        "在所有者账号中创建角色 AliyunECSShareEncryptImageDefaultRole，参见 ECS 文档中关于共享加密镜像的说明",
    ),
    text(
        "InvalidOperation.ServiceKeyEncryptedImageUnsupported",
        "用服务密钥加密的镜像不能共享",
        "用您自己的密钥（KMS）复制镜像，并共享副本",
    ),
    text("OperationDeined.FullImage", "镜像含有加密的磁盘", "用未加密的磁盘制作镜像，并共享新镜像"),
    text("OperationDeined.EncryptedSnapshot", "镜像含有加密的快照", "用未加密的磁盘制作镜像，并共享新镜像"),
    text("OperationDenied.EncryptedSnapshot", "镜像含有加密的快照", "用未加密的磁盘制作镜像，并共享新镜像"),
    text("InvalidParameter.KMSKeyId.CMKUnauthorized", "ECS 无权使用镜像的密钥", "授权 ECS 使用该密钥（KMS）"),
    text("InvalidParameter.KMSKeyId.CMKNotEnabled", "镜像的密钥未启用", "启用该密钥（KMS）"),
    text("InvalidAccessKeyId.NotFound", "AccessKey 不存在", "核对所用的凭证：该 AccessKey 不存在"),
    text("InvalidAccessKeyId.Inactive", "AccessKey 已禁用", "核对所用的凭证：该 AccessKey 已禁用"),
    text("SignatureDoesNotMatch", "签名不符", "核对 AccessKey 的两部分：Secret 与 ID 不对应"),
    text("MissingSecurityToken", "缺少安全令牌", "同时设置安全令牌：这是临时的 AccessKey"),
    text("InvalidSecurityToken.Expired", "安全令牌已过期", "重新获取临时凭证"),
    text("InvalidSecurityToken.Malformed", "安全令牌有误", "核对凭证的三个部分：令牌与 AccessKey 不对应"),
    text(
        "InvalidSecurityToken.MismatchWithAccessKey",
        "安全令牌与 AccessKey 不对应",
        "核对凭证的三个部分：令牌与 AccessKey 不对应",
    ),
    text(
        "OIDCToken.Expired",
        "OIDC 令牌已过期",
        "向 OIDC 提供方重新获取令牌；在 CI 中，请在运行 Pulumi 的作业里获取",
    ),
    text("InvalidTimeStamp.Expired", "请求的时间已过期", "校准本机时钟"),
    text("IllegalTimestamp", "请求的时间有误", "校准本机时钟"),
    text("InvalidRegionId.NotFound", "没有这个地域", "填写镜像所在地域的 ID，如 cn-hangzhou"),
    text("NoPermission", "无权扮演角色", "允许该 RAM 身份调用 sts:AssumeRole，并在角色的信任策略中写明它"),
    text("EntityNotExist.Role", "角色不存在", "核对角色的 ARN，如 acs:ram::1234567890123456:role/deployer"),
    text(
        "Forbidden.RAM",
        "没有权限",
        "允许该 RAM 身份调用 ecs:ModifyImageSharePermission、ecs:DescribeImageSharePermission 和 ecs:DescribeImages，见 docs/ram-policy.md",
    ),
    text(
        "Forbidden",
        "没有权限",
        "允许该 RAM 身份调用 ecs:ModifyImageSharePermission、ecs:DescribeImageSharePermission 和 ecs:DescribeImages，见 docs/ram-policy.md",
    ),
    text(
        "Forbidden.NoPermission",
        "没有权限",
        "允许该 RAM 身份调用 ecs:ModifyImageSharePermission、ecs:DescribeImageSharePermission 和 ecs:DescribeImages，见 docs/ram-policy.md",
    ),
    text(
        "Forbidden.SubUser",
        "没有权限",
        "允许该 RAM 身份调用 ecs:ModifyImageSharePermission、ecs:DescribeImageSharePermission 和 ecs:DescribeImages，见 docs/ram-policy.md",
    ),
    text("Throttling", "调用过于频繁", "过一分钟重新运行：该账号调用 API 过于频繁"),
    text("ServiceUnavailable", "服务不可用", "重新运行"),
    text("InternalError", "服务内部错误", "重新运行"),
    text("api-refused", "API 拒绝了请求", "在 API 错误中心查询该错误码，或把请求 ID 提交给阿里云支持"),
    text("connection-failed", "连接失败", "检查网络、代理设置和接入点，然后重新运行"),
    text(
        "connection-refused",
        "连接被拒绝",
        "检查接入点、代理，以及本机信任的证书（NODE_EXTRA_CA_CERTS、SSL_CERT_FILE）",
    ),
    text("connection-broken", "连接中断", "检查网络、代理设置和接入点，然后重新运行"),
    text("timeout", "超时", "检查网络、代理设置和接入点，然后重新运行"),
    text("response-too-long", "响应过长", "检查接入点是否为 ECS 的接入点"),
    text("redirected", "请求被重定向", "检查接入点是否为 ECS 的接入点，且没有代理代为响应"),
    text("unexpected-response", "响应不是 API 的", "检查接入点是否为 ECS 的接入点，且没有代理代为响应"),
    text("wait-for-image-malformed", "waitForImage 不是秒数", "填写等待的秒数，如 600；0 表示不等待"),
    text("image-awaited", "镜像尚在制作，部署时会等待它可用", "无需处理"),
    text("account-not-listed", "账号不在允许列表中", "删除此共享，或把该账号加入策略的 `accounts`"),
    text(
        "account-listed-elsewhere",
        "账号在列表中，但不包括此镜像",
        "共享该条目中的镜像，或把此镜像加入该条目",
    ),
    text("account-listing-expired", "账号在列表中的有效期已过", "删除此共享，或更新该条目的有效期"),
    text("account-denied", "账号在禁止列表中", "删除此共享，或把该账号移出策略的 `accounts`"),
    text("share-unprotected", "共享没有受到保护", "为资源设置 `protect: true`"),
    text(
        "mixed-sharing",
        "镜像既直接共享给账号，又通过资源共享（resource share）共享",
        "只保留其中一种：两者互不知晓",
    ),
    text("many-singles", "同一镜像有许多单个共享", "改用一个 ImageShareSet，调用次数只需十分之一"),
    text(
        "credentials-skipped",
        "{0} 没有给出凭证，改用 {1} 的凭证：{2}",
        "修正或删除该 profile，或指明凭证来源，如 `alicloud:profile`：实际操作的可能是另一个账号",
    ),
    text("credentials-flawed", "凭证的值不完整或含有换行", "重新复制该值，完整且在一行之内"),
    text(
        "setting-trimmed",
        "设置的两端有空白字符",
        "删除首尾的空白或引号：其他工具会把它们当作值的一部分而失败",
    ),
    text(
        "secret-in-plain-text",
        "{0} 以明文存放在堆栈配置中",
        "用 `pulumi config set --secret` 加设置的名称加密它；文件已提交过的，还要更换该密钥",
    ),
    text(
        "settings-conflict",
        "几个名称设置了不同的值",
        "取消不起作用的名称：顺序见 docs/zh-CN/configuration.md",
    ),
    text(
        "unexpected-account",
        "当前凭证属于另一账号",
        "使用 alicloud:accountId 所指账号的凭证，或修正 alicloud:accountId",
    ),
    text("region-unknown", "没有这个地域", "填写镜像所在地域的 ID，如 cn-hangzhou"),
    text("OIDCToken.Invalid", "OIDC 令牌无效", "核对令牌是否来自所填的 OIDC 提供方，受众是否正确"),
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

const _: () = {
    let mut codes = Code::ALL;
    while let [first, rest @ ..] = codes {
        require(first.name());
        codes = rest;
    }
    let mut policies = POLICIES;
    while let [first, rest @ ..] = policies {
        require(first.name);
        policies = rest;
    }
};
