# make demo          builds Steward, runs it behind nginx with HTTPS, has a conversation, and keeps running
# make demo ONCE=1   the same, but ends after the conversation: 0 only if every step succeeded
# make test          all checks: formatting, imports, all tests including those end to end
# make torture       the long tests: 20,000 requests during replacements of the server, hundreds of kill -9
# make faults        the sixteen faults of the Failover Bench in real time, as a table (two minutes); FAULTS="s01 left-1"
# make fuzz TIME=60  the fuzzers, each for TIME seconds; FUZZERS=TokenFuzzer selects some
# make bench         the cost of requests, compared with bare C programs; BENCH="server tokens" selects sections,
#                    TURNS=100000 the number of chats over which the memory is measured
# make interop       tests against other software, which is downloaded: PyJWT for tokens, schemathesis for the API,
#                    LiteLLM for providers
# make models        conversations with real small models through llama.cpp, beside openai-agents and the rules alone, as a
#                    table (3 GB below MODELS the first time, then about an hour); PLAY="--models qwen05 --modes grammar"
# make release       .build-release/release/steward for production: optimized, including the Swift runtime
# make build | lint | tools

# The same flags everywhere: with different ones SwiftPM would rebuild everything.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
# With the runtime included, the server runs without an installed Swift, and a request costs a fifth less. Symbols that are
# not looked up by name are not exported, so that unused ones are omitted, and relative relocations are packed (glibc 2.36
# or newer). Both save memory that would be read at each start.
RELEASE_FLAGS := -c release --static-swift-stdlib -Xswiftc -use-ld=lld -Xlinker --no-export-dynamic \
	-Xlinker -z -Xlinker pack-relative-relocs
ONCE ?=
POSTS ?= 20000
KILLS ?= 200

# Each fuzzer has its seeds in the folder of a test suite.
FUZZERS ?= AnthropicFuzzer CSVFuzzer FastCGIFuzzer ImportFuzzer OfflineFuzzer ProviderFuzzer RecurrenceFuzzer TokenFuzzer
CORPUS_AnthropicFuzzer := Tests/ProvidersTests/Corpus
CORPUS_CSVFuzzer := Tests/TodoAPITests/Corpus
CORPUS_FastCGIFuzzer := Tests/FastCGITests/Corpus
CORPUS_ImportFuzzer := Tests/SQLiteStoreTests/Corpus/Import
CORPUS_OfflineFuzzer := Tests/ProvidersTests/OfflineCorpus
CORPUS_ProviderFuzzer := Tests/ProviderKitTests/Corpus
CORPUS_RecurrenceFuzzer := Tests/TodoStoreTests/Corpus/Recurrence
CORPUS_TokenFuzzer := Tests/TokensTests/Corpus
TIME ?= 60

BENCH ?=
FAULTS ?=
MODELS ?= .build/models
PLAY ?=

.PHONY: demo test torture faults interop models lint build release tools test-tools fuzz bench

demo: tools
	swift build $(SWIFT_FLAGS) --product steward
	@ONCE="$(ONCE)" Tests/Demo/demo.sh "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/steward"

# Tests that compute for seconds run after the others: all tests share one thread per core, so these would delay the
# scripted providers of other tests beyond the timeouts under test.
COMPUTING := DifferentialTests|OfflineBoundedWorkTests|FuzzReplayTests|HostileStreamTests|RequestCostTests
# Tests with hundreds of connections at once run in a separate process: they would delay the scripted providers of others.
# So do those that depend on the time between two events of a provider, which the others would delay.
CROWDED := manyStreams|StreamSharesTests|ProviderCheckOwnServerTests

test: test-tools lint
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(SWIFT_FLAGS) --skip-build --skip "$(COMPUTING)|$(CROWDED)"
	swift test $(SWIFT_FLAGS) --skip-build --filter "$(COMPUTING)"
	swift test $(SWIFT_FLAGS) --skip-build --filter "$(CROWDED)"

torture: test-tools
	swift build $(SWIFT_FLAGS) --build-tests
	STEWARD_TORTURE_POSTS=$(POSTS) STEWARD_TORTURE_KILLS=$(KILLS) \
		swift test $(SWIFT_FLAGS) --skip-build --filter "TakeOverTests|KillTests"

faults: tools
	swift build $(SWIFT_FLAGS) --product steward
	STEWARD_FAULTS=1 swift build $(SWIFT_FLAGS) --product FaultBench
	"$$(swift build $(SWIFT_FLAGS) --show-bin-path)/FaultBench" $(FAULTS)

interop: tools
	swift build $(SWIFT_FLAGS) --product steward
	Tests/Interop/pyjwt.sh "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/steward"
	Tests/Interop/schemathesis.sh "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/steward"
	Tests/Interop/litellm.sh "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/steward"

models: tools
	swift build $(SWIFT_FLAGS) --product steward
	Tests/Models/setup.sh "$(MODELS)"
	python3 Tests/Models/run.py "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/steward" "$(MODELS)" \
		--quiet-messages Tests/TestSupport/NonCommands.swift $(PLAY)

lint: tools
	swift format lint --strict --recursive Sources Plugins Tests Package.swift

build: tools
	swift build $(SWIFT_FLAGS)

release: tools
	swift build $(RELEASE_FLAGS) --scratch-path .build-release --product steward

tools:
	@Tests/Demo/install-tools.sh

test-tools:
	@Tests/Demo/install-tools.sh test

fuzz: tools
	@set -e; for fuzzer in $(FUZZERS); do $(MAKE) --no-print-directory fuzz-$$fuzzer; done

# Two --sanitize options would disable the coverage, and the backtracer would hang after a crash. New inputs are written to
# .build-fuzz/NAME/corpus, failing ones to .build-fuzz/NAME/crash-*.
fuzz-%: tools
	STEWARD_FUZZ=1 swift build -c release --product $* --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address \
	    --scratch-path .build-fuzz
	mkdir -p .build-fuzz/$*/corpus
	SWIFT_BACKTRACE=enable=no .build-fuzz/release/$* -max_total_time=$(TIME) -max_len=4096 -timeout=10 \
	    -print_final_stats=1 -artifact_prefix=.build-fuzz/$*/ .build-fuzz/$*/corpus $(CORPUS_$*)

bench:
	@Tests/Demo/install-tools.sh bench
	RELEASE_FLAGS="$(RELEASE_FLAGS)" Tests/Benchmarks/bench.sh $(BENCH)
