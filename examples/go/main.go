package main

import (
	imageshare "github.com/pulumi-alicloud-image-share/pulumi-alicloud-image-share/sdk/go"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		imageID := settings.Require("imageId")
		// A name for each account, and its ID in quotes.
		var accounts map[string]string
		if err := settings.TryObject("accounts", &accounts); err != nil {
			return err
		}
		sharedSince := pulumi.StringMap{}
		for name, accountID := range accounts {
			share, err := imageshare.NewImageSharePermission(ctx, name, &imageshare.ImageSharePermissionArgs{
				ImageId:   pulumi.String(imageID),
				AccountId: pulumi.String(accountID),
			})
			if err != nil {
				return err
			}
			sharedSince[name] = share.SharedTime
		}
		ctx.Export("sharedSince", sharedSince)
		return nil
	})
}
