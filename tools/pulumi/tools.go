//go:build tools

// Package tools pins the Pulumi CLI that the demo and the tests run where none is on PATH.
// `go install pkg@version` is refused for it: its go.mod has replace directives.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
