import ArgumentParser
import Configuration

/// The options of every command.
struct SharedOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the tenants. (default: STEWARD_TENANTS, or tenants)", valueName: "dir"))
    var tenants: String?

    @Option(help: ArgumentHelp("The folder of the users' data. (default: STEWARD_DATA, or data)", valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The file of the stores. (default: STEWARD_STORES, or stores.yaml beside the folder of the tenants, if it is "
                + "there)", valueName: "file"))
    var stores: String?

    @Option(
        help: ArgumentHelp(
            "The file of the master keys, for sealed secrets. (default: STEWARD_MASTER_KEY_FILE, or systemd's "
                + "credential steward-master)", valueName: "file"))
    var masterKey: String?

    @Flag(help: "Print JSON for scripts.")
    var json = false

    /// Returns the folders: from options, else the environment, else `.env`.
    func workspace() throws -> Workspace {
        let environment = try ProcessEnvironment.current()
        var given: [AbsoluteConfigKey: ConfigValue] = [:]
        given["steward.tenants"] = tenants.map { ConfigValue(.string($0), isSecret: false) }
        given["steward.data"] = data.map { ConfigValue(.string($0), isSecret: false) }
        given["steward.stores"] = stores.map { ConfigValue(.string($0), isSecret: false) }
        given["steward.master.key.file"] = masterKey.map { ConfigValue(.string($0), isSecret: false) }
        return Workspace(environment: environment, settings: environment.settings(given: given))
    }
}
