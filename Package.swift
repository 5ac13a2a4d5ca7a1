// swift-tools-version: 6.2
import PackageDescription

// Linux only: the code uses O_TMPFILE, SO_PEERCRED, /proc and glibc, and is neither built nor tested elsewhere.
//
// The targets are in the order of their dependencies, from below to above. A target may only import what it lists here,
// which `--explicit-target-dependency-import-check error` (see the Makefile) enforces.

/// Each folder in `Plugins/` is a target, whose type is listed in `Sources/Providers/ProviderRegistry.swift`.
let plugins = ["Anthropic", "Gemini", "Groq", "Offline", "OpenAI", "OpenAICompatible", "OpenRouter"]

let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")

let package = Package(
    name: "steward",
    products: [
        .executable(name: "steward", targets: ["steward"]),
        .library(name: "FastCGI", targets: ["FastCGI"]),
        // Only for tests, which load it into the server.
        .library(name: "DiskFaults", type: .dynamic, targets: ["DiskFaults"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "Text"),
        .target(name: "Time"),
        .target(name: "Identity"),
        .target(name: "JSON", dependencies: ["Text", nio]),
        .target(name: "Secrets", dependencies: ["COpenSSL"]),
        .target(name: "Tokens", dependencies: ["Time", "Identity", "JSON", "Secrets", "Text"]),
        .target(
            name: "FastCGI",
            dependencies: [hummingbirdCore, httpTypes, nio, nioExtras, nioHTTPTypes, logging]),
        .target(
            name: "ProviderKit",
            dependencies: ["Time", "JSON", "Secrets", "Text", asyncHTTPClient, nio, nioHTTP1, nioPosix, metrics]),
        .target(
            name: "Tenants",
            dependencies: ["Time", "Identity", "JSON", "ProviderKit", "Secrets", "Text", "Tokens", "Yams"]),
        .target(name: "TodoStore", dependencies: ["Identity", "JSON", "Secrets", "Text", "Time", nio]),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "CSQLite", "Identity", "JSON", "Secrets", "Time", "TodoStore", grdb, collections, nio, nioPosix,
                logging,
            ]),
        .target(name: "TodoTools", dependencies: ["JSON", "ProviderKit", "Text", "Time", "TodoStore"]),
        .target(name: "Prometheus", dependencies: [coreMetrics]),
        .target(
            name: "Assistant",
            dependencies: [
                "Identity", "JSON", "ProviderKit", "Tenants", "Text", "Time", "TodoStore", "TodoTools", lifecycle,
                logging,
                metrics,
            ]),
        .target(
            name: "TodoAPI",
            dependencies: [
                "Time",
                "Assistant", "FastCGI", "Identity", "JSON", "ProviderKit", "SQLiteStore", "Secrets", "Tenants", "Text",
                "TodoStore", "TodoTools", "Tokens", hummingbird, httpTypes, nio, nioPosix, logging, metrics,
            ]),
        .target(name: "Providers", dependencies: ["ProviderKit"] + plugins.map { .target(name: $0) }),
        .target(name: "NginxConfiguration", dependencies: ["Identity"]),
        .executableTarget(
            name: "steward",
            dependencies: [
                "Time",
                "Assistant", "CMalloc", "FastCGI", "Identity", "JSON", "NginxConfiguration", "Prometheus",
                "ProviderKit",
                "Providers", "SQLiteStore", "Secrets", "Tenants", "Text", "TodoAPI", "TodoStore", "Tokens",
                argumentParser,
                asyncHTTPClient,
                coreMetrics, nioHTTP1, configuration, hummingbird, lifecycle, unixSignals, logging, nio, nioPosix,
            ]),
    ]
        + plugins.map {
            .target(
                name: $0, dependencies: ["ProviderKit", "JSON", "Text", "Time", nio], path: "Plugins/\($0)",
                exclude: ["README.md"])
        }
        + [
            .target(
                name: "TestSupport",
                dependencies: [
                    "Time",
                    "Identity", "JSON", "ProviderKit", "Secrets", "Tenants", "Tokens", logging, nio, nioHTTP1, nioPosix,
                ],
                path: "Tests/TestSupport"),
            .target(
                name: "Fuzzing",
                dependencies: [
                    "Time",
                    "Anthropic", "FastCGI", "Identity", "JSON", "Offline", "ProviderKit", "SQLiteStore", "Secrets",
                    "TodoAPI", "TodoStore", "Tokens", httpTypes, nio,
                ],
                path: "Tests/Fuzzing"),
            .target(
                name: "StoreConformance", dependencies: ["Identity", "JSON", "Time", "TodoStore", nio],
                path: "Tests/StoreConformance"),
            .target(name: "DiskFaults", path: "Tests/DiskFaults"),
            .testTarget(name: "TextTests", dependencies: ["Text"]),
            .testTarget(name: "TimeTests", dependencies: ["Time"]),
            .testTarget(name: "JSONTests", dependencies: ["JSON", nio]),
            .testTarget(name: "SecretsTests", dependencies: ["Secrets"]),
            .testTarget(
                name: "TokensTests", dependencies: ["Time", "Fuzzing", "Identity", "JSON", "Secrets", "Tokens"],
                exclude: ["Corpus"]),
            .testTarget(
                name: "FastCGITests",
                dependencies: [
                    "FastCGI", "Fuzzing", "TestSupport", hummingbird, hummingbirdCore, hummingbirdTesting, httpTypes,
                    nio, nioEmbedded, nioPosix, nioHTTPTypes, lifecycle, logging,
                ], exclude: ["Corpus"]),
            .testTarget(
                name: "ProviderKitTests",
                dependencies: ["Time", "Fuzzing", "JSON", "ProviderKit", "Secrets", "TestSupport", nio, nioPosix],
                exclude: ["Corpus", "Fixtures"]),
            .testTarget(
                name: "ProvidersTests",
                dependencies: ["Time", "Fuzzing", "JSON", "ProviderKit", "Providers", "Secrets", "TestSupport", nio]
                    + plugins.map { .target(name: $0) }, exclude: ["Corpus", "OfflineCorpus"]),
            .testTarget(
                name: "TenantsTests",
                dependencies: [
                    "Time", "Identity", "JSON", "ProviderKit", "Secrets", "Tenants", "TestSupport", "Tokens",
                ]),
            .testTarget(
                name: "TodoStoreTests", dependencies: ["Fuzzing", "JSON", "TestSupport", "Time", "TodoStore"],
                exclude: ["Corpus"]),
            .testTarget(
                name: "SQLiteStoreTests",
                dependencies: [
                    "Time",
                    "Fuzzing", "Identity", "JSON", "SQLiteStore", "StoreConformance", "TestSupport", "TodoStore", grdb,
                    logging, nio, nioPosix,
                ],
                exclude: ["Corpus", "Fixtures"]),
            .testTarget(name: "PrometheusTests", dependencies: ["Prometheus", coreMetrics]),
            .testTarget(
                name: "NginxConfigurationTests",
                dependencies: ["Identity", "JSON", "NginxConfiguration", "TestSupport"]),
            .testTarget(
                name: "StewardTests",
                dependencies: [
                    "Time",
                    "JSON", "ProviderKit", "TestSupport", "Text", "steward", argumentParser, logging, nio, nioPosix,
                ]),
            .testTarget(
                name: "EndToEndTests",
                dependencies: ["Time", "JSON", "Secrets", "TestSupport", "steward", grdb, logging]),
            .testTarget(
                name: "AssistantTests",
                dependencies: [
                    "Time",
                    "Assistant", "Identity", "JSON", "OpenAICompatible", "ProviderKit", "Tenants", "TestSupport",
                    "SQLiteStore", "TodoStore", lifecycle, logging, nioPosix,
                ]),
            .testTarget(
                name: "TodoAPITests",
                dependencies: [
                    "Time",
                    "Assistant", "FastCGI", "Fuzzing", "Identity", "JSON", "Offline", "OpenAICompatible", "ProviderKit",
                    "SQLiteStore", "Secrets", "Tenants", "TestSupport", "TodoAPI", "TodoStore", "Tokens", hummingbird,
                    hummingbirdTesting, httpTypes,
                    lifecycle, logging, nio, nioPosix,
                ], exclude: ["Corpus"]),
        ],
    swiftLanguageModes: [.v6]
)

// Not needed for building and testing; see `make fuzz`, `make bench` and `make faults`.
if Context.environment["STEWARD_FUZZ"] != nil {
    package.targets += [
        .executableTarget(name: "AnthropicFuzzer", dependencies: ["Fuzzing"], path: "Tests/AnthropicFuzzer"),
        .executableTarget(name: "CSVFuzzer", dependencies: ["Fuzzing"], path: "Tests/CSVFuzzer"),
        .executableTarget(name: "FastCGIFuzzer", dependencies: ["Fuzzing"], path: "Tests/FastCGIFuzzer"),
        .executableTarget(name: "ImportFuzzer", dependencies: ["Fuzzing"], path: "Tests/ImportFuzzer"),
        .executableTarget(name: "OfflineFuzzer", dependencies: ["Fuzzing"], path: "Tests/OfflineFuzzer"),
        .executableTarget(name: "ProviderFuzzer", dependencies: ["Fuzzing"], path: "Tests/ProviderFuzzer"),
        .executableTarget(name: "RecurrenceFuzzer", dependencies: ["Fuzzing"], path: "Tests/RecurrenceFuzzer"),
        .executableTarget(name: "TokenFuzzer", dependencies: ["Fuzzing"], path: "Tests/TokenFuzzer"),
    ]
}
if Context.environment["STEWARD_BENCH"] != nil {
    package.targets += [
        .executableTarget(
            name: "ConstantServer", dependencies: ["FastCGI", hummingbird, logging, nio],
            path: "Tests/Benchmarks/ConstantServer"),
        .executableTarget(
            name: "OfflineBenchmark", dependencies: ["Fuzzing", "Offline", "ProviderKit"],
            path: "Tests/Benchmarks/OfflineBenchmark"),
        .executableTarget(
            name: "TokenBenchmark", dependencies: ["Time", "COpenSSL", "Identity", "Secrets", "Tokens"],
            path: "Tests/Benchmarks/TokenBenchmark"),
        .executableTarget(
            name: "HostileBenchmark", dependencies: ["JSON", "TestSupport"],
            path: "Tests/Benchmarks/HostileBenchmark"),
        .executableTarget(
            name: "TurnBenchmark", dependencies: ["CSQLite", asyncHTTPClient, nio, nioHTTP1, nioPosix],
            path: "Tests/Benchmarks/TurnBenchmark"),
        .executableTarget(
            name: "DecodingBenchmark", dependencies: ["Fuzzing", "ProviderKit"],
            path: "Tests/Benchmarks/DecodingBenchmark"),
        .executableTarget(
            name: "StrangerBenchmark", dependencies: ["Secrets", "TestSupport"],
            path: "Tests/Benchmarks/StrangerBenchmark"),
        .executableTarget(
            name: "Population",
            dependencies: [
                "Time",
                "Fuzzing", "Identity", "ProviderKit", "SQLiteStore", "Secrets", "Tenants", "TodoStore", "Tokens",
                logging, nioPosix,
            ],
            path: "Tests/Benchmarks/Population"),
    ]
}
if Context.environment["STEWARD_FAULTS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FaultBench", dependencies: ["JSON", "TestSupport", "steward"], path: "Tests/FaultBench"))
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
