// Command sdk writes the SDKs of the plugin from its schema, with Pulumi's own code generators.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const generator = "pulumi-alicloud-image-share"

var languages = []struct {
	name     string
	generate func(*schema.Package) (map[string][]byte, error)
}{
	{"nodejs", func(pkg *schema.Package) (map[string][]byte, error) {
		return nodejs.GeneratePackage(generator, pkg, nil, nil, false, nil)
	}},
	{"python", func(pkg *schema.Package) (map[string][]byte, error) {
		return python.GeneratePackage(generator, pkg, nil, nil)
	}},
	{"go", func(pkg *schema.Package) (map[string][]byte, error) {
		return gen.GeneratePackage(generator, pkg, nil)
	}},
}

func main() {
	out := flag.String("out", "", "the folder to write nodejs, python and go into")
	flag.Parse()
	if err := run(os.Stdin, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out string) error {
	if out == "" {
		return fmt.Errorf("give the folder to write into: sdk -out sdk < schema.json")
	}
	var spec schema.PackageSpec
	if err := json.NewDecoder(in).Decode(&spec); err != nil {
		return fmt.Errorf("the schema is no JSON: %w", err)
	}
	for _, language := range languages {
		// A generator writes names into the package that it is given: each has one of its own.
		pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
		if err != nil {
			return err
		}
		if diagnostics.HasErrors() {
			return diagnostics
		}
		written, err := language.generate(pkg)
		if err != nil {
			return fmt.Errorf("%s: %w", language.name, err)
		}
		for name, content := range written {
			path := filepath.Join(out, language.name, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(path, content, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
