# The front door: `make demo` and `make test`. Each builds what it needs, and works from caches after that.
# Needs rustup, Node 20 or later, npm and make; and Go where no `pulumi` is on PATH.

.DELETE_ON_ERROR:
ifndef SIDE_BY_SIDE
.NOTPARALLEL:
endif
.DEFAULT_GOAL := help

CACHE := .cache
CORE := pkg/generated/core_bg.wasm
DIST := npm/dist/index.js
TARBALL := $(CACHE)/pulumi-alicloud-image-share.tgz
NPM := npm/node_modules/.package-lock.json
E2E := tests/e2e/node_modules/.tarball
EXAMPLE := examples/typescript/bin/index.js
PAGE := npm/preview/dist/index.html
PAGE_NPM := npm/preview/node_modules/.package-lock.json
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
PLUGIN_NAME := pulumi-resource-alicloud-image-share
PLUGIN := target/debug/$(PLUGIN_NAME)
PLUGIN_INSTALLED := $(CACHE)/plugin-home/plugins/resource-alicloud-image-share-v$(VERSION)/$(PLUGIN_NAME)
PLUGIN_ARCHIVE := $(CACHE)/plugin/$(PLUGIN_NAME)-v$(VERSION)-$(shell go env GOOS GOARCH 2>/dev/null | paste -sd-).tar.gz
PLUGIN_TESTS := tests/plugin/node_modules/.tarball
PYTHON_SDK := $(CACHE)/python/.sdk
YAML_HOST := $(if $(shell command -v pulumi-language-yaml 2>/dev/null),,$(CACHE)/bin/pulumi-language-yaml)
SDK_GENERATOR := $(CACHE)/bin/generate-sdk

NPM_FLAGS := --no-audit --no-fund --loglevel=error
BIOME := npm/node_modules/.bin/biome
TSC := node npm/node_modules/typescript/bin/tsc

PLUGIN_SOURCES = $(RUST_SOURCES) plugin/Cargo.toml plugin/build.rs $(shell find plugin/src plugin/proto -type f)
RUST_SOURCES := Cargo.toml Cargo.lock rust-toolchain.toml .cargo/config.toml xtask/Cargo.toml acs3/Cargo.toml $(shell find src acs3/src xtask/src -name '*.rs')
NPM_SOURCES := npm/package.json npm/build.mjs npm/tsconfig.json npm/tsconfig.build.json $(shell find npm/src -name '*.ts')
PAGE_SOURCES := npm/preview/index.html npm/preview/vite.config.ts $(shell find npm/preview/src npm/preview/plugins -type f)
CORE_LOADERS := pkg/node.cjs pkg/index.d.ts pkg/plan.d.ts pkg/policy.d.ts pkg/adopt.d.ts pkg/command.d.ts
DOCUMENTS := README.md README.zh-CN.md LICENSE CHANGELOG.md $(wildcard docs/*.md docs/zh-CN/*.md docs/languages/*.md)

# A `pulumi` that is installed is used as it is, else the one that tools/pulumi pins.
ifeq ($(shell command -v pulumi 2>/dev/null),)
PULUMI := $(CACHE)/bin/pulumi
PULUMI_VERSION := $(shell sed -n 's|^require github.com/pulumi/pulumi/pkg/v3 ||p' tools/pulumi/go.mod)
CLI := $(PULUMI) $(CACHE)/bin/pulumi-resource-pulumi-nodejs
export PATH := $(CURDIR)/$(CACHE)/bin:$(PATH)
endif

# What needs `npm ci` at most comes first: a slip is reported in a minute, before anything is built.
EARLY := format-check layers clippy docs-check

say = @printf '\n\033[1m%s\033[0m\n' "$(1)"

.PHONY: help terraform-plans demo demo-intro docs demo-yaml plugin sdk test-plugin test build lint bench soak properties wasm cli format format-check clippy layers docs-check types test-rust test-npm test-page test-e2e chromium rust-wasm-target

# What a release is made of, and what holds its supply chain.
include tools/release/release.mk

help: ## list all targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: demo-intro $(CLI) $(EXAMPLE) ## share an image on the real engine, against a local ECS
	@node tools/demo/demo.mjs

# The first line comes before anything is built.
demo-intro:
	@echo "This demo shares an image with three accounts, repairs and replaces shares, and revokes them, on the real Pulumi engine and a local ECS."
	@if [ -e $(EXAMPLE) ]; then echo "Everything is built, or nearly so: it takes some ten seconds."; \
	else echo "The first time, it builds the core, the package and, without a pulumi on PATH, the Pulumi CLI: some ten minutes on two idle cores."; fi

docs: $(DIST) ## the API reference of the npm package, in docs/api
	$(call say,API reference)
	npm --prefix npm run docs --loglevel=error

# What the last three suites need is there by then, and the first two leave a core idle: they run side by side.
test: $(EARLY) test-release build types test-rust $(CLI) chromium ## every test suite
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=line SIDE_BY_SIDE=1 test-npm test-page test-e2e test-plugin

build: $(TARBALL) ## the core, the npm package and its tarball

lint: $(EARLY) types ## formatting, layers, clippy and the TypeScript compiler, warnings refused

bench: $(DIST) $(E2E) $(CLI) $(YAML_HOST) chromium ## measure, in Rust, in Node, on the engine and in a browser
	cargo bench
	npm --prefix npm run bench --loglevel=error
	npm --prefix npm/preview run bench --loglevel=error
	cargo build --quiet --profile plugin --package $(PLUGIN_NAME) --bins --examples
	node plugin/bench/index.mjs

# No part of `make test`, which reads the files that this wrote.
terraform-plans: $(CACHE)/bin/tofu $(CACHE)/bin/terraform-provider-alicloud ## let the real OpenTofu write tests/plans/terraform anew
	node tests/plans/terraform/generate.mjs

$(CACHE)/bin/tofu: tools/opentofu/go.mod tools/opentofu/go.sum
	$(call say,Building OpenTofu (once; some five minutes on two cores))
	@mkdir -p $(@D)
	cd tools/opentofu && go build -buildvcs=false -mod=mod -ldflags "-s -w" -o ../../$@ github.com/opentofu/opentofu/cmd/tofu
	@touch $@

$(CACHE)/bin/terraform-provider-alicloud: $(wildcard tools/opentofu/provider/*.go) tools/opentofu/go.mod
	$(call say,Building the stand-in for the official Terraform provider)
	@mkdir -p $(@D)
	cd tools/opentofu && go build -buildvcs=false -mod=mod -o ../../$@ ./provider
	@touch $@

soak: $(DIST) ## ten minutes of shares under faults: memory flat, nothing lost (SOAK_SECONDS sets the time)
	node tests/soak/soak.mjs

# The seed is printed: the same PROPTEST_RNG_SEED and PROPTEST_CASES draw the same cases again.
properties: ## the property tests over fresh seeds and many cases (PROPTEST_RNG_SEED, PROPTEST_CASES)
	@export PROPTEST_CASES=$${PROPTEST_CASES:-10000} PROPTEST_RNG_SEED=$${PROPTEST_RNG_SEED:-$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}; \
	echo "PROPTEST_CASES=$$PROPTEST_CASES PROPTEST_RNG_SEED=$$PROPTEST_RNG_SEED"; \
	cargo test --quiet --workspace

wasm: $(CORE) ## the .wasm files and their glue

cli: $(CLI) ## the Pulumi CLI, where none is installed

format: $(NPM) ## format everything
	cargo fmt --all
	$(BIOME) check --write .

format-check: $(NPM)
	$(call say,Format)
	cargo fmt --all --check
	$(BIOME) ci --colors=off --error-on-warnings .

clippy: rust-wasm-target
	$(call say,Clippy (the first time it compiles for a minute or two))
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo clippy --quiet --lib --target wasm32-unknown-unknown --features command,plan,page,policy,adopt,signer -- -D warnings

layers:
	$(call say,Layers)
	cargo xtask layers

docs-check:
	$(call say,Generated pages of docs/)
	cargo xtask docs --check

# The types of the core are generated, and the engine tests compile against the tarball.
types: $(DIST) $(E2E) $(PLUGIN_TESTS) $(PAGE_NPM)
	$(call say,TypeScript compiler)
	$(TSC) --noEmit -p npm
	$(TSC) --noEmit -p tests/e2e
	$(TSC) --noEmit -p tests/plugin
	$(TSC) --noEmit -p npm/preview

test-rust:
	$(call say,Rust tests)
	cargo test --quiet --workspace

test-npm: $(DIST)
	$(call say,TypeScript tests)
	npm --prefix npm test --loglevel=error

test-page: $(PAGE) $(DIST) $(CLI) chromium
	$(call say,The page in a browser)
	npm --prefix npm/preview test --loglevel=error

test-plugin: $(PLUGIN_INSTALLED) $(PLUGIN_TESTS) $(CLI) $(YAML_HOST) $(SDK_GENERATOR) $(PYTHON_SDK)
	$(call say,The same programs over the plugin, and the plugin's own)
	npm --prefix tests/plugin test --loglevel=error

demo-yaml: $(PLUGIN_INSTALLED) $(DIST) $(CLI) $(YAML_HOST) ## the demo's story in YAML, through the plugin
	@node plugin/demo.mjs

plugin: ## the native plugin, packed for `pulumi plugin install --file` (PLATFORMS names others than this machine's)
ifdef PLATFORMS
	@PLATFORMS="$(PLATFORMS)" node tools/release/index.mjs plugins $(CACHE)/plugin
else
	$(call say,Building the plugin (some two minutes on two cores))
	cargo build --quiet --profile plugin --package $(PLUGIN_NAME)
	@mkdir -p $(dir $(PLUGIN_ARCHIVE))
	@tar -czf $(PLUGIN_ARCHIVE) -C target/plugin $(PLUGIN_NAME)
	@printf 'pulumi plugin install resource alicloud-image-share v$(VERSION) --file %s\n' $(PLUGIN_ARCHIVE)
endif

sdk: $(PLUGIN) $(SDK_GENERATOR) ## the SDKs of the plugin, from its schema
	$(PLUGIN) --schema | $(SDK_GENERATOR) -out sdk

$(PLUGIN): $(PLUGIN_SOURCES)
	$(call say,Building the plugin)
	cargo build --quiet --package $(PLUGIN_NAME)
	@touch $@

# Where `pulumi plugin install` puts a plugin.
$(PLUGIN_INSTALLED): $(PLUGIN)
	@mkdir -p $(@D)
	@cp $(PLUGIN) $@

$(CACHE)/bin/pulumi-language-yaml: tools/yaml-host/go.mod tools/yaml-host/go.sum
	$(call say,Building Pulumi's host for YAML (once; one to three minutes))
	@mkdir -p $(@D)
	cd tools/yaml-host && go build -buildvcs=false -mod=mod -ldflags "-s -w" -o ../../$@ github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml
	@touch $@

$(SDK_GENERATOR): tools/sdk/go.mod tools/sdk/go.sum tools/sdk/main.go
	$(call say,Building the generator of SDKs (once))
	@mkdir -p $(@D)
	cd tools/sdk && go build -buildvcs=false -o ../../$@ .
	@touch $@

$(PYTHON_SDK): $(shell find sdk/python/pulumi_alicloud_image_share -name '*.py' 2>/dev/null) sdk/python/pyproject.toml
	$(call say,Installing the SDK for Python)
	python3 -m venv $(CACHE)/python
	$(CACHE)/python/bin/pip install --quiet --disable-pip-version-check pulumi==3.259.0 ./sdk/python
	@touch $@

$(PLUGIN_TESTS): $(TARBALL) tests/plugin/node_modules/.package-lock.json $(wildcard sdk/nodejs/*.ts)
	$(call say,Installing the tarball and the SDK for Node into tests/plugin)
	cd tests/plugin && npm install --no-save $(NPM_FLAGS) ../../$(TARBALL)
	@rm -rf tests/plugin/node_modules/pulumi-alicloud-image-share-sdk
	@cp -r sdk/nodejs tests/plugin/node_modules/pulumi-alicloud-image-share-sdk
	cd tests/plugin/node_modules/pulumi-alicloud-image-share-sdk && node ../typescript/bin/tsc --outDir . --ignoreDeprecations 6.0
	@find tests/plugin/node_modules/pulumi-alicloud-image-share-sdk -name '*.ts' ! -name '*.d.ts' -delete
	@touch $@

# A browser of Debian's: those that playwright downloads are not in its packages.
chromium:
	@command -v chromium >/dev/null || { printf 'Installing chromium\n'; apt-get -qq update && apt-get -qq install -y chromium >/dev/null; }

test-e2e: $(E2E) $(CLI)
	$(call say,The tarball on the real engine)
	npm --prefix tests/e2e test --loglevel=error

rust-wasm-target:
	@test -d "$$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" || rustup target add wasm32-unknown-unknown

$(CORE): $(RUST_SOURCES) $(NPM) | rust-wasm-target
	$(call say,Building the core for WebAssembly)
	cargo xtask wasm

$(PAGE): $(PAGE_SOURCES) $(CORE) $(PAGE_NPM)
	$(call say,Building the page)
	npm --prefix npm/preview run build --loglevel=error

$(DIST): $(NPM_SOURCES) $(CORE_LOADERS) $(CORE) $(PAGE) $(NPM) $(wildcard $(DOCUMENTS))
	$(call say,Building the npm package)
	node npm/build.mjs

$(TARBALL): $(DIST)
	@mkdir -p $(CACHE)/pack
	cd npm && npm pack $(NPM_FLAGS) --ignore-scripts --pack-destination ../$(CACHE)/pack
	@mv $(CACHE)/pack/*.tgz $@

# npm writes this file last.
%/node_modules/.package-lock.json: %/package-lock.json %/package.json
	$(call say,Installing what $*/ needs)
	npm ci --prefix $* $(NPM_FLAGS)

$(E2E): $(TARBALL) tests/e2e/node_modules/.package-lock.json
	$(call say,Installing the tarball into tests/e2e)
	cd tests/e2e && npm install --no-save $(NPM_FLAGS) ../../$(TARBALL)
	@touch $@

$(EXAMPLE): $(TARBALL) examples/typescript/package.json examples/typescript/tsconfig.json examples/typescript/index.ts
	$(call say,Installing the tarball into examples/typescript)
	cd examples/typescript && npm install --no-save --no-package-lock $(NPM_FLAGS) ../../$(TARBALL) @alicloud/openapi-util@0.3
	cd examples/typescript && node node_modules/typescript/bin/tsc
	@touch $@

$(PULUMI): tools/pulumi/go.mod tools/pulumi/go.sum
	$(call say,Building the Pulumi CLI $(PULUMI_VERSION) (once; some four minutes on two cores))
	@mkdir -p $(@D)
	cd tools/pulumi && go build -buildvcs=false -tags osusergo,grpcnotrace \
		-ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$(PULUMI_VERSION)" \
		-o ../../$@ github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
	@touch $@

# What runs dynamic providers comes in the npm package and is looked for beside the CLI.
$(CACHE)/bin/pulumi-resource-pulumi-nodejs: $(NPM)
	@mkdir -p $(@D)
	@cp npm/node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs $@
	@touch $@
