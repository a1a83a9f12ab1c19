using System.Collections.Generic;
using System.Linq;
using Pulumi;
using Pulumi.AlicloudImageShare;

return await Deployment.RunAsync(() =>
{
    var config = new Config();
    var imageId = config.Require("imageId");
    // A name for each account, and its ID in quotes.
    var accounts = config.RequireObject<Dictionary<string, string>>("accounts");

    var shares = accounts.ToDictionary(
        account => account.Key,
        account => new ImageSharePermission(account.Key, new()
        {
            ImageId = imageId,
            AccountId = account.Value,
        }));

    return new Dictionary<string, object?>
    {
        ["sharedSince"] = shares.ToDictionary(share => share.Key, share => share.Value.SharedTime),
    };
});
