import Configuration
import Foundation
import Tenants

/// What this process finds around it: its environment, and the `.env` of its working directory.
///
/// `.env` is never put into the process's environment, where child processes and `/proc` would show it.
struct ProcessEnvironment: Sendable {
    let variables: [String: String]
    let dotEnv: [String: String]

    static func current() throws -> ProcessEnvironment {
        let variables = ProcessInfo.processInfo.environment
        let dotEnv = try FileInput.text(of: ".env", limit: 1 << 20, ifMissing: "")
        return ProcessEnvironment(
            variables: variables, dotEnv: DotEnv(dotEnv, environment: variables).values)
    }

    /// Where the references of tenant files lead.
    func secrets(masterFile: MasterKeyFile?) -> SecretSources {
        SecretSources(environment: variables, dotEnv: dotEnv, masterFile: masterFile)
    }

    /// The master keys that systemd passes (`LoadCredential=steward-master:…`), if it does.
    var masterCredential: MasterKeyFile? {
        guard let folder = variables["CREDENTIALS_DIRECTORY"] else { return nil }
        let path = "\(folder)/steward-master"
        return FileManager.default.fileExists(atPath: path) ? MasterKeyFile(path: path) : nil
    }

    /// The server's own settings: given options first, then `STEWARD_…` variables, then those of `.env`.
    ///
    /// - Parameter given: by keys such as `steward.tenants`.
    func settings(given: [AbsoluteConfigKey: ConfigValue]) -> ConfigReader {
        ConfigReader(providers: [
            InMemoryProvider(name: "options", values: given),
            EnvironmentVariablesProvider(environmentVariables: variables),
            EnvironmentVariablesProvider(environmentVariables: dotEnv),
        ]).scoped(to: "steward")
    }
}
