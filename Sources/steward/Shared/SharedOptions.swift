import ArgumentParser
import Configuration

/// The options that every command has.
struct SharedOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the tenants. (default: STEWARD_TENANTS, or tenants)", valueName: "dir"))
    var tenants: String?

    @Option(help: ArgumentHelp("The folder of the users' data. (default: STEWARD_DATA, or data)", valueName: "dir"))
    var data: String?

    @Flag(help: "Print JSON for scripts.")
    var json = false

    /// The folders, after options, environment and `.env`.
    func workspace() throws -> Workspace {
        let surroundings = try Surroundings.current()
        var given: [AbsoluteConfigKey: ConfigValue] = [:]
        given["steward.tenants"] = tenants.map { ConfigValue(.string($0), isSecret: false) }
        given["steward.data"] = data.map { ConfigValue(.string($0), isSecret: false) }
        return Workspace(surroundings: surroundings, settings: surroundings.settings(given: given))
    }
}
