package main

import (
	"context"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// One account of one image: `<image>:<account>`.
//
// Source: resource_alicloud_image_share_permission.go of aliyun/terraform-provider-alicloud.
type sharePermission struct{}

type share struct {
	ID        types.String `tfsdk:"id"`
	ImageID   types.String `tfsdk:"image_id"`
	AccountID types.String `tfsdk:"account_id"`
}

// Ids of shares that somebody revoked behind OpenTofu's back, separated by commas.
var revoked = strings.Split(os.Getenv("REVOKED"), ",")

func (*sharePermission) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = "alicloud_image_share_permission"
}

func (*sharePermission) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	replace := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id":         computedID(),
		"image_id":   schema.StringAttribute{Required: true, PlanModifiers: replace},
		"account_id": schema.StringAttribute{Required: true, PlanModifiers: replace},
	}}
}

func (*sharePermission) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var planned share
	response.Diagnostics.Append(request.Plan.Get(ctx, &planned)...)
	planned.ID = types.StringValue(planned.ImageID.ValueString() + ":" + planned.AccountID.ValueString())
	response.Diagnostics.Append(response.State.Set(ctx, planned)...)
}

func (*sharePermission) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var known share
	response.Diagnostics.Append(request.State.Get(ctx, &known)...)
	for _, id := range revoked {
		if id == known.ID.ValueString() {
			response.State.RemoveResource(ctx)
		}
	}
}

func (*sharePermission) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (*sharePermission) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func (*sharePermission) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	image, account, _ := strings.Cut(request.ID, ":")
	for name, value := range map[string]string{"id": request.ID, "image_id": image, "account_id": account} {
		response.Diagnostics.Append(response.State.SetAttribute(ctx, path.Root(name), value)...)
	}
}

func computedID() schema.StringAttribute {
	stays := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	return schema.StringAttribute{Computed: true, PlanModifiers: stays}
}
