//! A Terraform state: an import file for the plugin, and the program that goes with it.

use std::collections::HashMap;

use super::import_file::ImportFile;
use super::migrate::{Left, Migration, Move, ResourceReference};
use super::options::Options;
use super::program::{Declaration, Program};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::region::Region;
use crate::rules::{FrontEnd, ResourceType};
use crate::share_id::ShareId;
use crate::value::Value;

const TYPE: &str = "alicloud_image_share_permission";
const VERSION: u64 = 4;

/// Whether a document is a state of Terraform's or OpenTofu's.
pub(super) fn is_state(document: &Value) -> bool {
    !document.get("terraform_version").is_missing()
}

/// What a Terraform state becomes. Terraform's own state is left alone: its resources have to be removed from
/// it, and not destroyed.
pub(super) fn migrate(document: &Value, options: &Options) -> Result<Migration, Vec<Diagnostic>> {
    match document.get("version") {
        Value::Whole(VERSION) => {}
        version => {
            let version = match version {
                Value::Whole(version) => version.to_string(),
                other => other.kind().to_owned(),
            };
            let what =
                format!("the Terraform state has version {version}, and version {VERSION} is known here");
            let wrong = Diagnostic::new(Code::StateVersion, what, []);
            return Err(vec![wrong.with_help("run `terraform state pull` of a current Terraform")]);
        }
    }
    if options.shape == Some(ResourceType::Set) {
        let what = "a Terraform state is imported share by share, and `as` asks for sets";
        let wrong = Diagnostic::new(Code::MigrationOption, what, []);
        return Err(vec![wrong.with_help("import the shares, then migrate them into sets")]);
    }
    let front_end = options.to.unwrap_or(FrontEnd::Plugin);
    let (mut file, mut declarations) = (ImportFile::default(), Vec::new());
    let (mut moves, mut left, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let mut holders: HashMap<String, String> = HashMap::new();
    let mut removed = Vec::new();
    for resource in document.get("resources").items().iter().filter(|resource| is_share(resource)) {
        let address = address(resource);
        removed.push(address.clone());
        for instance in resource.get("instances").items() {
            let name = instance_name(resource, instance);
            let id = instance.get("attributes").text_at("id").to_owned();
            let place = ResourceReference { r#type: TYPE.to_owned(), name: name.clone(), id: id.clone() };
            if !instance.get("deposed").is_missing() || instance.text_at("status") == "tainted" {
                let why = "Terraform is about to replace it: run `terraform apply` first".to_owned();
                left.push(Left { resource: place, why });
                continue;
            }
            let share = match ShareId::parse(&id) {
                Ok(share) => share,
                Err(why) => {
                    wrong.push(Diagnostic::new(
                        Code::StateResourceMalformed,
                        format!("the id {{}} of resource {{}} names no share that can exist, since {why}"),
                        [quote(&id), quote(&address)],
                    ));
                    continue;
                }
            };
            if let Some(other) = holders.insert(share.to_string(), address.clone()) {
                wrong.push(
                    Diagnostic::new(
                        Code::StateConflict,
                        "resources {} and {} both hold the share of image {} with account {}",
                        [quote(&other), quote(&address), share.image.to_string(), share.account.to_string()],
                    )
                    .with_help("remove all but one of the resources with `terraform state rm`, which revokes nothing"),
                );
                continue;
            }
            let Some(region) = region_of(resource, options) else {
                let why = "its region is not known: give `--region`".to_owned();
                left.push(Left { resource: place, why });
                continue;
            };
            let name = unique(&declarations, name);
            file.add(ResourceType::Share, &name, &share.to_string(), &region);
            let to = ResourceReference {
                r#type: ResourceType::Share.token(front_end).unwrap_or_default().to_owned(),
                name: name.clone(),
                id,
            };
            moves.push(Move { from: place, to });
            declarations.push(Declaration::new(
                ResourceType::Share,
                name,
                Value::given(vec![
                    ("imageId", share.image.as_str().into()),
                    ("accountId", share.account.as_str().into()),
                    ("region", region.as_str().into()),
                ]),
            ));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if declarations.is_empty() {
        return Ok(Migration { left, ..Migration::default() });
    }
    let mut notes = vec![format!(
        "When the new program is in force, run `terraform state rm {}`: it forgets the shares, where `terraform destroy` would revoke them.",
        removed.join(" ")
    )];
    let is_plugin = front_end == FrontEnd::Plugin;
    if !is_plugin {
        notes.push("The dynamic provider needs no import: the first `pulumi up` adopts the shares and sends reads alone.".to_owned());
    }
    let program = Program { front_end, declarations, providers: Vec::new(), accounts: &options.accounts };
    Ok(Migration {
        moves,
        left,
        notes,
        state: None,
        import_file: is_plugin.then(|| file.text()),
        program: program.text(options.language),
    })
}

fn is_share(resource: &Value) -> bool {
    resource.text_at("type") == TYPE && resource.text_at("mode") != "data"
}

fn address(resource: &Value) -> String {
    let module = resource.text_at("module");
    let dot = if module.is_empty() { "" } else { "." };
    format!("{module}{dot}{TYPE}.{}", resource.text_at("name"))
}

/// `web`, or `web-0` and `web-team` of several.
fn instance_name(resource: &Value, instance: &Value) -> String {
    let name = resource.text_at("name");
    match instance.get("index_key") {
        Value::Text(key) => format!("{name}-{key}"),
        Value::Whole(number) => format!("{name}-{number}"),
        _ => name.to_owned(),
    }
}

fn unique(declarations: &[Declaration], name: String) -> String {
    let is_taken = |name: &str| declarations.iter().any(|declaration| declaration.name == name);
    if !is_taken(&name) {
        return name;
    }
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    numbered.into_iter().find(|name| !is_taken(name)).unwrap_or(name)
}

/// `provider["registry.terraform.io/aliyun/alicloud"].beijing`: the region of an alias is given by its name.
fn region_of(resource: &Value, options: &Options) -> Option<Region> {
    let alias = resource.text_at("provider").rsplit_once("].").map(|(_, alias)| alias);
    let of = |wanted: Option<&str>| {
        options.regions.iter().find(|(name, _)| name.as_deref() == wanted).map(|(_, region)| region.clone())
    };
    match alias {
        Some(alias) => of(Some(alias)),
        None => of(None),
    }
}
