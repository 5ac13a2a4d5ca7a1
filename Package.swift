// swift-tools-version: 6.2
import PackageDescription

// Linux only: the code uses O_TMPFILE, SO_PEERCRED, /proc and glibc, and is neither built nor tested elsewhere.
//
// The targets are in the order of their dependencies, from below to above. A target may only import what it lists here,
// which `--explicit-target-dependency-import-check error` (see the Makefile) enforces.

/// Each folder in `Plugins/` is a target, whose type is listed in `Sources/Providers/ProviderRegistry+Standard.swift`.
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
        // Without pkgConfig, which would link libpq: it is loaded when the first connection is made.
        .systemLibrary(name: "CPostgres"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "Text"),
        .target(name: "Time"),
        .target(name: "EventLoops", dependencies: [collections, nio]),
        .target(name: "Identity"),
        .target(name: "JSON", dependencies: ["Text", nio]),
        .target(name: "Secrets", dependencies: ["COpenSSL"]),
        .target(name: "Files", dependencies: ["Secrets"]),
        .target(name: "Tokens", dependencies: ["Identity", "JSON", "Secrets", "Text", "Time"]),
        .target(
            name: "FastCGI",
            dependencies: ["EventLoops", "Text", httpTypes, hummingbirdCore, logging, nio, nioExtras, nioHTTPTypes]),
        .target(
            name: "ProviderKit",
            dependencies: [
                "EventLoops", "JSON", "Secrets", "Text", "Time", asyncHTTPClient, metrics, nio, nioHTTP1, nioPosix,
            ]),
        .target(name: "Postgres", dependencies: ["CPostgres", "Secrets"]),
        .target(
            name: "Tenants",
            dependencies: [
                "Files", "Identity", "JSON", "Postgres", "ProviderKit", "Secrets", "Text", "Time", "Tokens", "Yams",
            ]),
        .target(name: "TodoStore", dependencies: ["Identity", "JSON", "Secrets", "Text", "Time", nio]),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "CSQLite", "EventLoops", "Files", "Identity", "JSON", "Secrets", "Time", "TodoStore", collections, grdb,
                logging, nio, nioPosix,
            ]),
        .target(
            name: "PostgresStore",
            dependencies: [
                "EventLoops", "Identity", "JSON", "Postgres", "Secrets", "Time", "TodoStore", collections, logging,
                nioPosix,
            ]),
        .target(name: "TodoTools", dependencies: ["JSON", "ProviderKit", "Text", "Time", "TodoStore"]),
        .target(name: "Prometheus", dependencies: [coreMetrics]),
        .target(
            name: "Assistant",
            dependencies: [
                "EventLoops", "Identity", "JSON", "ProviderKit", "Tenants", "Text", "Time", "TodoStore", "TodoTools",
                lifecycle, logging, metrics,
            ]),
        .target(
            name: "TodoAPI",
            dependencies: [
                "Assistant", "EventLoops", "FastCGI", "Identity", "JSON", "ProviderKit", "Secrets", "Tenants", "Text",
                "Time", "TodoStore", "TodoTools", "Tokens", httpTypes, hummingbird, logging, metrics, nio,
            ]),
        .target(
            name: "Administration",
            dependencies: [
                "EventLoops", "Files", "Identity", "JSON", "PostgresStore", "SQLiteStore", "Text", "Time", "TodoAPI",
                "TodoStore", asyncHTTPClient, httpTypes, hummingbird, logging, nio, nioHTTP1, nioPosix,
            ]),
        .target(name: "Providers", dependencies: ["ProviderKit"] + plugins.map { .target(name: $0) }),
        .target(name: "NginxConfiguration", dependencies: ["Identity"]),
        .executableTarget(
            name: "steward",
            dependencies: [
                "Administration", "Assistant", "CMalloc", "EventLoops", "FastCGI", "Files", "Identity", "JSON",
                "NginxConfiguration", "PostgresStore", "Prometheus", "ProviderKit", "Providers", "Secrets",
                "SQLiteStore", "Tenants", "Text", "Time", "TodoAPI", "TodoStore", "Tokens", argumentParser,
                asyncHTTPClient, configuration, coreMetrics, hummingbird, lifecycle, logging, nio, nioHTTP1, nioPosix,
                unixSignals,
            ]),
    ]
        + plugins.map {
            .target(
                name: $0, dependencies: ["EventLoops", "JSON", "ProviderKit", "Text", "Time", nio],
                path: "Plugins/\($0)",
                exclude: ["README.md"])
        }
        + [
            .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
            .target(
                name: "TestSupport",
                dependencies: [
                    "CSpawn", "Identity", "JSON", "ProviderKit", "Secrets", "Tenants", "Time", "Tokens", logging, nio,
                    nioHTTP1, nioPosix,
                ],
                path: "Tests/TestSupport"),
            .target(
                name: "Fuzzing",
                dependencies: [
                    "Anthropic", "FastCGI", "Identity", "JSON", "Offline", "ProviderKit", "Secrets", "SQLiteStore",
                    "Time", "TodoAPI", "TodoStore", "Tokens", httpTypes, nio,
                ],
                path: "Tests/Fuzzing"),
            .target(
                name: "StoreConformance", dependencies: ["Identity", "JSON", "Time", "TodoStore", nio],
                path: "Tests/StoreConformance"),
            .target(
                name: "StoreTesting",
                dependencies: [
                    "EventLoops", "Identity", "Postgres", "PostgresStore", "TestSupport", "Time", "TodoStore", logging,
                ],
                path: "Tests/StoreTesting"),
            .target(name: "DiskFaults", path: "Tests/DiskFaults"),
            .testTarget(name: "TextTests", dependencies: ["Text"]),
            .testTarget(name: "TimeTests", dependencies: ["Time"]),
            .testTarget(name: "EventLoopsTests", dependencies: ["EventLoops", nio, nioPosix]),
            .testTarget(name: "JSONTests", dependencies: ["JSON", nio]),
            .testTarget(name: "SecretsTests", dependencies: ["Secrets"]),
            .testTarget(
                name: "TokensTests", dependencies: ["Fuzzing", "Identity", "JSON", "Secrets", "Time", "Tokens"],
                exclude: ["Corpus"]),
            .testTarget(
                name: "FastCGITests",
                dependencies: [
                    "EventLoops", "FastCGI", "Fuzzing", "TestSupport", httpTypes, hummingbird, hummingbirdCore,
                    hummingbirdTesting, lifecycle, logging, nio, nioEmbedded, nioHTTPTypes, nioPosix,
                ], exclude: ["Corpus"]),
            .testTarget(
                name: "ProviderKitTests",
                dependencies: [
                    "EventLoops", "Fuzzing", "JSON", "ProviderKit", "Secrets", "TestSupport", "Time", nio, nioPosix,
                ],
                exclude: ["Corpus", "Fixtures"]),
            .testTarget(
                name: "ProvidersTests",
                dependencies: ["Fuzzing", "JSON", "ProviderKit", "Providers", "Secrets", "TestSupport", "Time", nio]
                    + plugins.map { .target(name: $0) }, exclude: ["Corpus", "OfflineCorpus"]),
            .testTarget(
                name: "TenantsTests",
                dependencies: [
                    "Files", "Identity", "JSON", "Postgres", "ProviderKit", "Secrets", "Tenants", "TestSupport", "Time",
                    "Tokens",
                ]),
            .testTarget(name: "PostgresTests", dependencies: ["Postgres", "Secrets", "TestSupport"]),
            .testTarget(
                name: "TodoStoreTests", dependencies: ["Fuzzing", "JSON", "TestSupport", "Time", "TodoStore"],
                exclude: ["Corpus"]),
            .testTarget(
                name: "SQLiteStoreTests",
                dependencies: [
                    "EventLoops", "Files", "Fuzzing", "Identity", "JSON", "SQLiteStore", "StoreConformance",
                    "StoreTesting",
                    "TestSupport", "Time", "TodoStore", grdb, logging, nio, nioPosix,
                ],
                exclude: ["Corpus", "Fixtures"]),
            .testTarget(
                name: "PostgresStoreTests",
                dependencies: [
                    "EventLoops", "Fuzzing", "Identity", "JSON", "Postgres", "PostgresStore", "SQLiteStore",
                    "StoreConformance", "StoreTesting", "TestSupport", "Time", "TodoStore", logging, nio, nioPosix,
                ]),
            .testTarget(
                name: "UserStoreTests",
                dependencies: [
                    "EventLoops", "Identity", "JSON", "PostgresStore", "SQLiteStore", "StoreTesting", "Time",
                    "TodoStore",
                    logging, nio, nioPosix,
                ]),
            .testTarget(name: "PrometheusTests", dependencies: ["Prometheus", coreMetrics]),
            .testTarget(
                name: "NginxConfigurationTests",
                dependencies: ["Identity", "JSON", "NginxConfiguration", "TestSupport"]),
            .testTarget(
                name: "StewardTests",
                dependencies: [
                    "EventLoops", "Files", "JSON", "ProviderKit", "steward", "TestSupport", "Text", "Time",
                    argumentParser, logging, nio, nioPosix,
                ]),
            .testTarget(
                name: "EndToEndTests",
                dependencies: ["JSON", "Secrets", "steward", "StoreTesting", "TestSupport", "Time", grdb, logging]),
            .testTarget(
                name: "AssistantTests",
                dependencies: [
                    "Assistant", "EventLoops", "Identity", "JSON", "Offline", "OpenAICompatible", "ProviderKit",
                    "SQLiteStore", "Tenants", "TestSupport", "Time", "TodoStore", "TodoTools", lifecycle, logging,
                    nioPosix,
                ], exclude: ["Recorded"]),
            .testTarget(
                name: "TodoAPITests",
                dependencies: [
                    "Assistant", "FastCGI", "Fuzzing", "Identity", "JSON", "Offline", "OpenAICompatible", "ProviderKit",
                    "Secrets", "SQLiteStore", "Tenants", "TestSupport", "Text", "Time", "TodoAPI", "TodoStore",
                    "Tokens", httpTypes, hummingbird, hummingbirdTesting, lifecycle, logging, nio, nioPosix,
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
            name: "OfflineBenchmark", dependencies: ["EventLoops", "Fuzzing", "Offline", "ProviderKit"],
            path: "Tests/Benchmarks/OfflineBenchmark"),
        .executableTarget(
            name: "TokenBenchmark", dependencies: ["COpenSSL", "Identity", "Secrets", "Time", "Tokens"],
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
                "Fuzzing", "Identity", "Offline", "ProviderKit", "Secrets", "SQLiteStore", "Tenants", "Time",
                "TodoStore", "Tokens", logging, nioPosix,
            ],
            path: "Tests/Benchmarks/Population"),
    ]
}
if Context.environment["STEWARD_FAULTS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FaultBench", dependencies: ["JSON", "steward", "TestSupport"], path: "Tests/FaultBench"))
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
