import Foundation

/// The PostgreSQL server of this test process: an ordinary user's, in a temporary folder, on a unix socket only.
///
/// It is started by the first test that asks for it. It ends, and its folder is removed, when this process has ended,
/// however that happened: a shell waits for the end of a pipe of which only this process holds the other end.
package struct PostgresServer: Sendable {
    /// The folder of the data, of the socket (port 5432) and of the server's log.
    package let folder: String

    /// The role that may do anything. It needs no password, as no other than `passwordRole` does.
    package static let superuser = "postgres"
    /// The name of a role that must give a password, for a test to create.
    package static let passwordRole = "with_password"

    /// The error for a server that did not start, or for SQL that failed.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Returns the server, once it accepts connections.
    package static func shared() async throws -> PostgresServer { try await starting.value }

    // All tests wait for the same start, which belongs to none of them and is not cancelled with one.
    private static let starting = Task { try await start() }

    /// Runs SQL as the superuser. Returns the rows, one a line.
    @discardableResult
    package func psql(_ sql: String, database: String = "postgres") async throws -> String {
        let result = try await CommandResult.of(
            "psql",
            [
                "--host", folder, "--username", Self.superuser, "--dbname", database, "--no-psqlrc", "--quiet",
                "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1",
            ], input: sql)
        guard result.succeeded else { throw Failure(description: result.errors) }
        return result.line
    }

    /// Lends a new database, copied from a template, and drops it afterwards.
    package func withDatabase<Result>(
        from template: String = "template1", _ body: (_ name: String) async throws -> Result
    ) async throws -> Result {
        let name = "test_" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
        try await psql("CREATE DATABASE \(name) TEMPLATE \(template)")
        do {
            let result = try await body(name)
            try await psql("DROP DATABASE \(name) WITH (FORCE)")
            return result
        } catch {
            _ = try? await psql("DROP DATABASE \(name) WITH (FORCE)")
            throw error
        }
    }

    private static func start() async throws -> PostgresServer {
        let programs = try programs()
        // Short, because that of a unix socket may have only 107 bytes.
        let folder = "/tmp/steward-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let pipe = folder + "/pipe"
        // Opened for reading, too, so that neither this process nor the shell waits for the other. It is never closed.
        guard mkfifo(pipe, 0o600) == 0, open(pipe, O_RDWR | O_CLOEXEC) >= 0 else {
            throw Failure(description: "the server's pipe cannot be made")
        }
        let child = try ChildProcess.start(
            "sh", ["-c", script, "sh", programs, folder, try user()], directory: "/", input: pipe,
            output: folder + "/output", errors: folder + "/errors")
        let server = PostgresServer(folder: folder)
        try await eventually("PostgreSQL accepts connections", within: .seconds(300)) {
            guard child.ending == nil else {
                let texts = ["output", "errors", "log"].map { name in
                    String(decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
                }
                try? FileManager.default.removeItem(atPath: folder)
                throw Failure(description: texts.joined(separator: "\n"))
            }
            return FileManager.default.fileExists(atPath: folder + "/ready")
        }
        return server
    }

    /// The user to run the server, which refuses to be root's.
    private static func user() throws -> String {
        guard geteuid() == 0 else { return "" }
        guard let user = ["postgres", "nobody"].first(where: { (name: String) in getpwnam(name) != nil }) else {
            throw Failure(description: "the server needs an ordinary user: postgres or nobody")
        }
        return user
    }

    /// Makes the data, runs the server until the standard input ends, and removes everything.
    private static let script = """
        programs=$1 folder=$2 user=$3 data=$2/data as_user=
        if [ -n "$user" ]; then
            chown "$user" "$folder" || exit 1
            as_user="setpriv --reuid=$user --regid=$(id -g "$user") --init-groups"
        fi
        cd "$folder" || exit 1
        $as_user "$programs/initdb" --pgdata="$data" --username=\(superuser) --auth=trust --locale=C --encoding=UTF8 \
            --no-sync || exit 1
        printf '%s\\n' 'local all \(passwordRole) scram-sha-256' 'local all all trust' > "$data/pg_hba.conf"
        # Nothing here outlives the tests, so nothing is forced onto the disk.
        $as_user "$programs/pg_ctl" --pgdata="$data" --log="$folder/log" --wait --timeout=250 --options="\
        -c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=200 -c shared_buffers=32MB \
        -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 \
        -c autovacuum=off -c log_min_messages=fatal" start || exit 1
        touch "$folder/ready"
        cat > /dev/null
        $as_user "$programs/pg_ctl" --pgdata="$data" --mode=immediate stop
        cd / && rm -rf "$folder"
        """

    /// Returns the folder of the newest version's programs, which on Debian are not on the PATH.
    private static func programs() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }
        let folders =
            versions.sorted(by: >).map { "\(root)/\($0)/bin" }
            + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        guard let folder = folders.first(where: { access($0 + "/initdb", X_OK) == 0 }) else {
            throw Failure(description: "PostgreSQL is not installed (postgresql)")
        }
        return folder
    }
}
