import pulumi
import pulumi_alicloud_image_share as imageshare

config = pulumi.Config()
image_id = config.require("imageId")
# A name for each account, and its ID in quotes.
accounts = config.require_object("accounts")

shares = {
    name: imageshare.ImageSharePermission(name, image_id=image_id, account_id=account_id)
    for name, account_id in accounts.items()
}

pulumi.export("sharedSince", {name: share.shared_time for name, share in shares.items()})
