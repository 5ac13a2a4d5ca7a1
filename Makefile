# make demo          builds Steward, puts it behind nginx with HTTPS, holds a conversation, and keeps serving
# make demo ONCE=1   the same, but ends after the conversation: 0 only if every step did what it should
# make test          everything that must hold: formatting, imports, all tests, end to end included
# make torture       the tests that take long: 20,000 requests under take-overs, hundreds of kill -9
# make build | lint | tools

# The same flags everywhere: with other ones SwiftPM would build everything again.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
ONCE ?=
POSTS ?= 20000
KILLS ?= 200

.PHONY: demo test torture lint build tools

demo: tools
	swift build $(SWIFT_FLAGS) --product steward
	@ONCE="$(ONCE)" Tests/Demo/demo.sh "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/steward"

test: tools lint
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(SWIFT_FLAGS)

torture: tools
	swift build $(SWIFT_FLAGS) --build-tests
	STEWARD_TORTURE_POSTS=$(POSTS) STEWARD_TORTURE_KILLS=$(KILLS) \
		swift test $(SWIFT_FLAGS) --skip-build --filter "TakeOverTests|KillTests"

lint: tools
	swift format lint --strict --recursive Sources Plugins Tests Package.swift

build: tools
	swift build $(SWIFT_FLAGS)

tools:
	@Tests/Demo/install-tools.sh
