//go:build tools

// Package tools pins the OpenTofu that writes the plans and states of tests/plans/terraform.
package tools

import _ "github.com/opentofu/opentofu/cmd/tofu"
