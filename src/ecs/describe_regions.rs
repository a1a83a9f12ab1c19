//! DescribeRegions: the regions that an account can use.

use super::action;
use crate::api::{Action, Client, CredentialsProvider, Error, Expected, Transport};
use crate::region::Region;
use crate::value::Value;

/// The action.
pub const DESCRIBE_REGIONS: Action = action("DescribeRegions", false);

fn read_regions(answer: &Value) -> Result<Vec<Region>, Expected> {
    let Value::List(regions) = answer.get("Regions").get("Region") else {
        return Err(("Regions.Region", "a list"));
    };
    let ids = regions.iter().map(|region| Region::parse(region.text_at("RegionId")));
    // One that cannot be called is not left out in silence.
    ids.collect::<Result<_, _>>().map_err(|_| ("Regions.Region[].RegionId", "a region id"))
}

/// The regions that the account can use, in the API's order. Any region's endpoint lists all.
///
/// # Errors
/// The call's.
pub async fn describe_regions<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
) -> Result<Vec<Region>, Error> {
    client.call(DESCRIBE_REGIONS, &[], read_regions).await
}
