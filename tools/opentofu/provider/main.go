// A stand-in for the official provider, which is not in the Go module proxy: the schema of what shares an image,
// as `alicloud_image_share_permission` has it, and no cloud behind it. OpenTofu, which writes the files, is the
// real one.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

func main() {
	serve := providerserver.ServeOpts{Address: "registry.opentofu.org/aliyun/alicloud"}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return &alicloud{} }, serve); err != nil {
		log.Fatal(err)
	}
}

type alicloud struct{}

func (*alicloud) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "alicloud"
	response.Version = "1.0.0"
}

func (*alicloud) Schema(_ context.Context, _ provider.SchemaRequest, response *provider.SchemaResponse) {
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"region":     schema.StringAttribute{Optional: true},
		"profile":    schema.StringAttribute{Optional: true},
		"access_key": schema.StringAttribute{Optional: true, Sensitive: true},
		"secret_key": schema.StringAttribute{Optional: true, Sensitive: true},
	}}
}

func (*alicloud) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (*alicloud) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return &sharePermission{} },
		func() resource.Resource { return &image{} },
	}
}

func (*alicloud) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return &images{} }}
}
