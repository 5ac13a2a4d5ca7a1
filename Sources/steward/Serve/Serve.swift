import Administration
import ArgumentParser
import FastCGI
import Files
import Foundation
import Logging
import SQLiteStore
import TodoStore

/// `steward serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server until SIGTERM or SIGINT.",
        discussion: """
            Example, behind nginx on the same machine:
              steward serve --fastcgi unix:/run/steward/fastcgi.sock --socket-group www-data
            SIGHUP reads all tenants and .env again. stores.yaml is read only at the start.
            """)

    @Option(
        name: .customLong("fastcgi"),
        help: ArgumentHelp(
            "The address for nginx. (default: unix:/run/steward/fastcgi.sock if the user owns that folder, "
                + "else unix:./steward.sock)", valueName: "unix:PATH|HOST:PORT"))
    var fastCGI: ServerOptions.Endpoint?

    @Option(help: ArgumentHelp("Also listen for plain HTTP, for development.", valueName: "HOST:PORT"))
    var http: ServerOptions.Endpoint?

    @Option(help: ArgumentHelp("The permissions of the socket.", valueName: "octal"))
    var socketMode = SocketMode(0o660)

    @Option(help: ArgumentHelp("The group of the socket, such as nginx's.", valueName: "group"))
    var socketGroup: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Accept only connections of this user's processes; can be repeated.", valueName: "name")
    )
    var allowUser: [String] = []

    @Flag(help: "Allow --http and FastCGI over TCP on addresses other than loopback.")
    var allowRemote = false

    @Flag(help: "Replace the server running on this data folder, without losing a request.")
    var takeOver = false

    @Option(help: "Minimum log level.")
    var logLevel = LogLevel.info

    @Option(help: "Log format.")
    var logFormat = LogFormat.text

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let stores = try workspace.stores()
        let options = ServerOptions(
            tenantsFolder: workspace.tenantsFolder, dataFolder: workspace.dataFolder,
            fastCGI: fastCGI ?? .standard, http: http, socketMode: socketMode.bits,
            socketGroup: try socketGroup.map(SystemAccounts.groupID),
            allowedUserIDs: allowUser.isEmpty ? nil : Set(try allowUser.map(SystemAccounts.userID)),
            takesOver: takeOver,
            stores: stores, databases: try workspace.databases(of: stores))
        try options.check(allowRemote: allowRemote)
        let level = logLevel.level
        let format = logFormat
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level, format: format) }
        do {
            try await Server(
                options: options,
                secrets: {
                    ((try? ProcessEnvironment.current()) ?? workspace.environment).secrets(
                        masterFile: workspace.masterFile)
                },
                logger: Logger(label: "steward")
            ).run()
        } catch let error as DataLockError {
            throw CommandError(
                error.description,
                advice: "Stop that process, replace it with --take-over, or choose another folder with --data.")
        } catch let error as UnixSocketListenerError {
            throw CommandError(
                "\(error)", advice: "Choose another socket with --fastcgi, or another folder with --data.")
        }
    }
}

/// The minimum level of logged events.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

/// The format of the log.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// The permissions of a socket, in octal.
struct SocketMode: ExpressibleByArgument, CustomStringConvertible {
    let bits: UInt32

    init(_ bits: UInt32) { self.bits = bits }

    init?(argument: String) {
        guard let bits = UInt32(argument, radix: 8), bits <= 0o777 else { return nil }
        self.bits = bits
    }

    var description: String { "0" + String(bits, radix: 8) }
    var defaultValueDescription: String { description }
}

extension ServerOptions.Endpoint: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }

    /// The socket in the folder of systemd's `RuntimeDirectory=steward`, or in the working directory.
    static var standard: Self {
        let folder = "/run/steward"
        let owner = try? FileManager.default.attributesOfItem(atPath: folder)[.ownerAccountID] as? NSNumber
        let isOurs = owner?.uint32Value == geteuid() && access(folder, W_OK) == 0
        return .unix(path: isOurs ? folder + "/fastcgi.sock" : "./steward.sock")
    }
}

extension ServerOptions {
    /// Checks the endpoints.
    ///
    /// - Throws: `ValidationError` for an endpoint that other machines can reach, unless that is allowed.
    func check(allowRemote: Bool) throws {
        for (option, endpoint) in [("--fastcgi", fastCGI), ("--http", http)] {
            guard let endpoint else { continue }
            if option == "--http", case .unix = endpoint {
                throw ValidationError("--http must be HOST:PORT.")
            }
            guard endpoint.isLocal || allowRemote else {
                throw ValidationError(
                    "\(option) \(endpoint) can be reached from other machines, which could claim any tenant's host. "
                        + "Choose a loopback address, or add --allow-remote if access is restricted otherwise.")
            }
        }
    }
}
