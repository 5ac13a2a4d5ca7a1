# make demo          builds Steward, puts it behind nginx with HTTPS, holds a conversation, and keeps serving
# make demo ONCE=1   the same, but ends after the conversation: 0 only if every step did what it should
# make test          everything that must hold: formatting, imports, all tests, end to end included
# make build | lint | tools

# The same flags everywhere: with other ones SwiftPM would build everything again.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
ONCE ?=

.PHONY: demo test lint build tools

demo: tools
	swift build $(SWIFT_FLAGS) --product steward
	@ONCE="$(ONCE)" Tests/Demo/demo.sh "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/steward"

test: tools lint
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(SWIFT_FLAGS)

lint: tools
	swift format lint --strict --recursive Sources Plugins Tests Package.swift

build: tools
	swift build $(SWIFT_FLAGS)

tools:
	@Tests/Demo/install-tools.sh
