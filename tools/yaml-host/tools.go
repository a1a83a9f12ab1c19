//go:build tools

// Package tools pins Pulumi's YAML language host, which the YAML demo and the tests run where none is on PATH.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
