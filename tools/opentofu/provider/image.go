package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	source "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// An image that is made in the same deployment, so that its id is known only then.
type image struct{}

func (*image) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = "alicloud_image"
}

func (*image) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id":         computedID(),
		"image_name": schema.StringAttribute{Required: true},
	}}
}

type named struct {
	ID   types.String `tfsdk:"id"`
	Name types.String `tfsdk:"image_name"`
}

func (*image) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var planned named
	response.Diagnostics.Append(request.Plan.Get(ctx, &planned)...)
	planned.ID = types.StringValue("m-bp1" + planned.Name.ValueString())
	response.Diagnostics.Append(response.State.Set(ctx, planned)...)
}

func (*image) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (*image) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	response.State.Raw = request.Plan.Raw
}

func (*image) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// Images that are there already, found by name.
type images struct{}

func (*images) Metadata(_ context.Context, _ datasource.MetadataRequest, response *datasource.MetadataResponse) {
	response.TypeName = "alicloud_images"
}

func (*images) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	response.Schema = source.Schema{Attributes: map[string]source.Attribute{
		"id":         source.StringAttribute{Computed: true},
		"name_regex": source.StringAttribute{Required: true},
		"ids":        source.ListAttribute{Computed: true, ElementType: types.StringType},
	}}
}

type found struct {
	ID    types.String   `tfsdk:"id"`
	Regex types.String   `tfsdk:"name_regex"`
	IDs   []types.String `tfsdk:"ids"`
}

func (*images) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var wanted found
	response.Diagnostics.Append(request.Config.Get(ctx, &wanted)...)
	wanted.ID = wanted.Regex
	wanted.IDs = []types.String{types.StringValue("m-bp18ygjuqnwhechc0001")}
	response.Diagnostics.Append(response.State.Set(ctx, wanted)...)
}
