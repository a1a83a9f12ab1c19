//! The TypeScript types of policies' names and settings, from the table of the core.

use alicloud_image_share::policy::POLICIES;

const HEAD: &str = "\
/** An account in a list of a policy. */
export interface ListedAccount {
\t/** Its ID. */
\tid: string;
\t/** Its name, which violations show. */
\tname?: string;
\t/** The last day on which the entry counts, in UTC: `2027-06-30`. */
\texpires?: string;
\t/** Patterns of the images that the entry is about, such as `m-bp1*`; all images where there are none. */
\timages?: readonly string[];
}

/** The settings of each policy. */
export interface PolicySettings {
";

/// The text of `policies.d.ts`.
pub fn declarations() -> String {
    let mut text = HEAD.to_owned();
    for policy in POLICIES {
        text.push_str(&format!("\t/** {} */\n\t\"{}\": {{\n", policy.description, policy.name));
        for setting in policy.settings {
            text.push_str(&format!("\t\t/** It takes {}. */\n", setting.takes));
            text.push_str(&format!("\t\t{}?: {};\n", setting.name, setting.typescript));
        }
        text.push_str("\t};\n");
    }
    text.push_str("}\n\n/** The name of a policy. */\nexport type PolicyName = keyof PolicySettings;\n");
    text
}
