//! `adopt`: the shares that an account has made become an import file and a program.

use serde::Serialize;

use super::import_file::ImportFile;
use super::options::Options;
use super::program::{Declaration, Program};
use crate::account::AccountId;
use crate::complete::Complete;
use crate::diagnostic::{Code, Diagnostic};
use crate::image::ImageId;
use crate::region::Region;
use crate::rules::{FrontEnd, ResourceType};
use crate::value::Value;

/// What an inventory becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Adopted {
    /// How many images are shared.
    pub images: usize,
    /// How many shares they have.
    pub shares: usize,
    /// An import file for `pulumi import --file`; none for the dynamic provider, which imports nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_file: Option<String>,
    /// The text of the program; empty where nothing is shared.
    pub program: String,
}

/// An image, and the accounts that it is shared with.
struct SharedImage {
    id: ImageId,
    name: String,
    region: Region,
    accounts: Complete<AccountId>,
}

/// Makes of an inventory, a list of `{imageId, name, region, accounts}`, one set an image. Images that nobody
/// has are left out.
///
/// # Errors
/// An inventory of another shape.
pub fn adopt(inventory: &Value, options: &Options) -> Result<Adopted, Vec<Diagnostic>> {
    let front_end = options.to.unwrap_or(FrontEnd::Plugin);
    let images: Option<Vec<SharedImage>> = inventory.items().iter().map(read).collect();
    let Some(images) = images else {
        let what = "the list of images has an entry that is not read";
        return Err(vec![Diagnostic::new(Code::ArgumentMalformed, what, [])]);
    };
    let images: Vec<SharedImage> =
        images.into_iter().filter(|image| !image.accounts.items().is_empty()).collect();
    if images.is_empty() {
        return Ok(Adopted::default());
    }
    let mut file = ImportFile::default();
    let declarations = images.iter().map(|image| {
        let name = image.id.to_string();
        file.add(ResourceType::Set, &name, image.id.as_str(), &image.region);
        let accounts: Vec<Value> =
            image.accounts.items().iter().map(|account| account.as_str().into()).collect();
        let inputs = Value::given(vec![
            ("imageId", image.id.as_str().into()),
            ("accountIds", Value::List(accounts)),
            ("region", image.region.as_str().into()),
        ]);
        let mut declaration = Declaration::new(ResourceType::Set, name, inputs);
        if !image.name.is_empty() {
            declaration.comments.push(image.name.clone());
        }
        declaration
    });
    let declarations: Vec<Declaration> = declarations.collect();
    let shares = images.iter().map(|image| image.accounts.items().len()).sum();
    let program = Program { front_end, declarations, providers: Vec::new(), accounts: &options.accounts };
    Ok(Adopted {
        images: images.len(),
        shares,
        import_file: (front_end == FrontEnd::Plugin).then(|| file.text()),
        program: program.text(options.language),
    })
}

fn read(image: &Value) -> Option<SharedImage> {
    let accounts: Option<Vec<AccountId>> =
        image.get("accounts").items().iter().map(AccountId::of_value).collect();
    Some(SharedImage {
        id: ImageId::parse(image.text_at("imageId")).ok()?,
        name: image.text_at("name").chars().filter(|letter| !letter.is_control()).collect(),
        region: Region::parse(image.text_at("region")).ok()?,
        // The reader of the inventory refuses a list that it could not read to its end.
        accounts: Complete::read_to_its_end(accounts?),
    })
}
