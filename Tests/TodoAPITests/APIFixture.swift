import Assistant
import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import JSON
import Logging
import NIOCore
import NIOPosix
import Offline
import OpenAICompatible
import ProviderKit
import SQLiteStore
import Secrets
import ServiceLifecycle
import Tenants
import Testing
import Time
import TodoAPI
import TodoStore
import Tokens

/// The whole API in one process: real tenants, tokens and databases in a temporary folder, and the offline provider.
struct APIFixture: Sendable {
    let client: any TestClientProtocol
    let snapshot: TenantSnapshot
    let databases: any UserStore
    let dataFolder: String
    /// All routes below `/api/{user_id}`.
    let routes: [Route]
    private let responder: RouterResponder<APIContext>

    /// - Parameters:
    ///   - clock: The clock for limits and deadlines.
    ///   - limits: The `limits` section of the tenants' files.
    ///   - upstream: The address of the tenants' provider instead of the offline one.
    static func run(
        clock: any Clock<Duration> = ContinuousClock(),
        limits: String = "chats_per_minute: 30, requests_per_minute: 1000000",
        concurrency: ConcurrencyLimits = ConcurrencyLimits(requests: 4096), upstream: String? = nil,
        _ body: @escaping @Sendable (APIFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "steward-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tenantsFolder = folder + "/tenants"
        let dataFolder = folder + "/data"
        try FileManager.default.createDirectory(atPath: tenantsFolder, withIntermediateDirectories: true)
        let registry = ProviderRegistry([OfflineProvider.self, OpenAICompatibleProvider.self])
        for id in ["acme", "globex", "closed"] {
            try makeTenant(id, in: tenantsFolder, limits: limits, upstream: upstream)
        }
        try Data().write(to: URL(filePath: tenantsFolder + "/closed/disabled"))
        try makeTenant("broken", in: tenantsFolder, limits: limits, upstream: nil)
        try Data("name: Broken\nprovider: nothing\n".utf8).write(
            to: URL(filePath: tenantsFolder + "/broken/tenant.yaml"))

        let threadPool = NIOThreadPool(numberOfThreads: 2)
        threadPool.start()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let databases = UserDatabases(
            configuration: StoreConfiguration(folder: dataFolder), threadPool: threadPool, logger: logger)
        let transport = ProviderTransport()
        let directory = TenantDirectory(
            root: tenantsFolder, registry: registry, secrets: SecretSources(environment: [:]), now: .now)
        let runner = TurnRunner(
            databases: databases,
            makeProvider: { tenant, target in
                try registry.make(target.providerID, target.settings, transport: transport.of(tenant.rawValue))
            }, clock: clock, now: { .now }, logger: logger)
        let services = APIServices(
            tenants: directory, databases: databases, turns: runner, clock: clock, now: { .now },
            concurrency: concurrency,
            isReady: { true })
        let router = makeRouter(services)
        let responder = router.buildResponder()
        let app = Application(router: router, services: [runner], logger: logger)
        let outcome: Result<Void, any Error>
        do {
            try await app.test(.router) { client in
                try await body(
                    APIFixture(
                        client: client, snapshot: directory.snapshot, databases: databases, dataFolder: dataFolder,
                        routes: RouteTable(services).routes, responder: responder))
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await transport.shutdown()
        await databases.close()
        try await threadPool.shutdownGracefully()
        try outcome.get()
    }

    private static func makeTenant(
        _ id: String, in folder: String, limits: String, upstream: String?
    ) throws {
        let tenant = folder + "/" + id
        try FileManager.default.createDirectory(
            atPath: tenant + "/keys", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // Globex allows no origin.
        let origins = id == "acme" ? "allowed_origins: [https://todo.acme.example]\n" : ""
        let provider =
            upstream.map {
                "openai-compatible\nproviders: {openai-compatible: {model: m, base_url: \"\($0)\", allow_private: true}}"
            } ?? "offline"
        let file = "name: \(id)\nprovider: \(provider)\nlimits: {\(limits)}\n\(origins)"
        try Data(file.utf8).write(to: URL(filePath: tenant + "/tenant.yaml"))
        let key = try SigningKey(
            kid: try KeyID.random(), tenant: try #require(TenantID(id)), algorithm: .hs256,
            secret: Secret(try RandomBytes.generate(32)), state: .active, createdAt: .now, origin: .own)
        let path = tenant + "/keys/\(key.kid).json"
        try Data(KeyFile.encode(key).revealedBytes()).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    func key(_ tenant: String) throws -> SigningKey {
        let id = try #require(TenantID(tenant))
        return try #require(snapshot.records[id]?.keys.first)
    }

    func token(_ user: String, tenant: String = "acme", scopes: TokenScopes = .all) throws -> String {
        try TokenIssuer.issue(
            user: try #require(UserID(user)), key: try key(tenant), lifetime: .seconds(3600), scopes: scopes,
            keys: snapshot, now: .now
        ).token.revealed()
    }

    /// Sends one request; `token` nil sends none.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String?, body: JSONValue? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Reply {
        try await send(method, path, token: token, raw: body?.text, headers: headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String?, raw: String?, headers: HTTPFields = [:]
    ) async throws -> Reply {
        var fields = headers
        if let token { fields[.authorization] = "Bearer \(token)" }
        if raw != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        return try await client.execute(
            uri: path, method: method, headers: fields, body: raw.map { ByteBuffer(string: $0) }
        ) { response in
            Reply(
                status: response.status.code, headers: response.headers, text: String(buffer: response.body),
                json: try? JSONParser.parse(response.body))
        }
    }

    /// Serves FastCGI on a socket while `body` runs, which gets its path and the counters.
    func serve(_ body: @Sendable (String, FastCGIStatistics) async throws -> Void) async throws {
        let path = "/tmp/steward-\(UInt32.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let configuration = FastCGIConfiguration()
        let listener = try UnixSocketListener(unixPath: path)
        let (running, isRunning) = AsyncStream.makeStream(of: Void.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: responder, server: .fastCGI(configuration: configuration),
            configuration: .init(address: listener.address),
            onServerRunning: { channel in
                do { try listener.publish() } catch { try? await channel.close() }
                isRunning.finish()
            }, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [.init(service: application)], logger: logger))
        async let ended: Void = group.run()
        for await _ in running {}
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(path, configuration.statistics))
        } catch {
            outcome = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await ended
        try outcome.get()
    }

    struct Reply: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String
        let json: JSONValue?

        var code: String? { json?["code"]?.string }
        var fields: [String] { json?["errors"]?.array?.compactMap { $0["field"]?.string } ?? [] }
    }
}
