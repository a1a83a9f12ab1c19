# The front door: `make demo` and `make test`. Each builds what it needs, and works from caches after that.
# Needs rustup, Node 20 or later, npm, Go and make.

CACHE := .cache
PULUMI_VERSION := v3.259.0
CORE := pkg/generated/core_bg.wasm
