# make demo          builds Steward, puts it behind nginx with HTTPS, holds a conversation, and keeps serving
# make demo ONCE=1   the same, but ends after the conversation: 0 only if every step did what it should
# make test          everything that must hold: formatting, imports, all tests, end to end included
# make torture       the tests that take long: 20,000 requests under take-overs, hundreds of kill -9
# make faults        the sixteen faults of the Failover Bench in real time, as a table (two minutes); FAULTS="s01 left-1"
# make fuzz TIME=60  the fuzzers, each for so many seconds; FUZZERS=TokenFuzzer names those to run
# make bench         what requests cost, side by side with bare C programs; BENCH="server tokens" names sections,
#                    TURNS=100000 the chats over which the memory is watched
# make interop       against others, fetched for it: tokens, PyJWT; the API, schemathesis; providers, LiteLLM
# make release       .build-release/release/steward for production: optimized, and with the Swift runtime in it
# make build | lint | tools

# The same flags everywhere: with other ones SwiftPM would build everything again.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
# With the runtime in it the server runs where no Swift is installed, and a request costs a fifth less. What nobody looks up
# by name is not exported, and so left out where nothing uses it; the list of addresses that a start adjusts is packed
# (glibc 2.36 or newer). Both are memory that would be read at each start.
RELEASE_FLAGS := -c release --static-swift-stdlib -Xswiftc -use-ld=lld -Xlinker --no-export-dynamic \
	-Xlinker -z -Xlinker pack-relative-relocs
ONCE ?=
POSTS ?= 20000
KILLS ?= 200

# Each fuzzer is named with the folder of a test suite that holds its seeds.
FUZZERS ?= AnthropicFuzzer CSVFuzzer FastCGIFuzzer ImportFuzzer OfflineFuzzer ProviderFuzzer RecurrenceFuzzer TokenFuzzer
CORPUS_AnthropicFuzzer := Tests/ProvidersTests/Corpus
CORPUS_CSVFuzzer := Tests/TodoAPITests/Corpus
CORPUS_FastCGIFuzzer := Tests/FastCGITests/Corpus
CORPUS_ImportFuzzer := Tests/TodoStoreTests/Corpus/Import
CORPUS_OfflineFuzzer := Tests/ProvidersTests/OfflineCorpus
CORPUS_ProviderFuzzer := Tests/ProviderKitTests/Corpus
CORPUS_RecurrenceFuzzer := Tests/TodoStoreTests/Corpus/Recurrence
CORPUS_TokenFuzzer := Tests/TokensTests/Corpus
TIME ?= 60

BENCH ?=
FAULTS ?=

.PHONY: demo test torture faults interop lint build release tools fuzz bench

demo: tools
	swift build $(SWIFT_FLAGS) --product steward
	@ONCE="$(ONCE)" Tests/Demo/demo.sh "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/steward"

# Tests that compute for seconds come after the others: all tests share a thread for each core, and what is computed there
# would keep the scripted providers of other tests waiting beyond the timeouts that they are about.
COMPUTING := OfflineBoundedWorkTests|FuzzReplayTests|HostileStreamTests|RequestCostTests
# Tests that hold over a thousand descriptors have a process of their own: Foundation waits for child processes by select(2).
CROWDED := manyStreams|StreamSharesTests

test: tools lint
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(SWIFT_FLAGS) --skip-build --skip "$(COMPUTING)|$(CROWDED)"
	swift test $(SWIFT_FLAGS) --skip-build --filter "$(COMPUTING)"
	swift test $(SWIFT_FLAGS) --skip-build --filter "$(CROWDED)"

torture: tools
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

lint: tools
	swift format lint --strict --recursive Sources Plugins Tests Package.swift

build: tools
	swift build $(SWIFT_FLAGS)

release: tools
	swift build $(RELEASE_FLAGS) --scratch-path .build-release --product steward

tools:
	@Tests/Demo/install-tools.sh

fuzz: tools
	@set -e; for fuzzer in $(FUZZERS); do $(MAKE) --no-print-directory fuzz-$$fuzzer; done

# Two --sanitize options would leave it without coverage; the backtracer would hang after a crash. What it finds goes to
# .build-fuzz/NAME: the new inputs to corpus, the bad ones to crash-*.
fuzz-%: tools
	STEWARD_FUZZ=1 swift build -c release --product $* --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address \
	    --scratch-path .build-fuzz
	mkdir -p .build-fuzz/$*/corpus
	SWIFT_BACKTRACE=enable=no .build-fuzz/release/$* -max_total_time=$(TIME) -max_len=4096 -timeout=10 \
	    -print_final_stats=1 -artifact_prefix=.build-fuzz/$*/ .build-fuzz/$*/corpus $(CORPUS_$*)

bench:
	@Tests/Demo/install-tools.sh bench
	RELEASE_FLAGS="$(RELEASE_FLAGS)" Tests/Benchmarks/bench.sh $(BENCH)
