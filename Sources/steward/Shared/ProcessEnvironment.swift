import Configuration
import Foundation
import Tenants

/// The environment of this process and the `.env` file in its working directory.
///
/// `.env` is not added to the process environment, where child processes and `/proc` would show it.
struct ProcessEnvironment: Sendable {
    let variables: [String: String]
    let dotEnv: [String: String]

    static func current() throws -> ProcessEnvironment {
        let variables = ProcessInfo.processInfo.environment
        let dotEnv = try FileInput.text(of: ".env", limit: 1 << 20, ifMissing: "")
        return ProcessEnvironment(
            variables: variables, dotEnv: DotEnv(dotEnv, environment: variables).values)
    }

    /// Returns the sources for the references of tenant files.
    func secrets(masterFile: MasterKeyFile?) -> SecretSources {
        SecretSources(environment: variables, dotEnv: dotEnv, masterFile: masterFile)
    }

    /// The master keys passed by systemd (`LoadCredential=steward-master:…`), if any.
    var masterCredential: MasterKeyFile? {
        guard let folder = variables["CREDENTIALS_DIRECTORY"] else { return nil }
        let path = "\(folder)/steward-master"
        return FileManager.default.fileExists(atPath: path) ? MasterKeyFile(path: path) : nil
    }

    /// Returns the server's own settings: given options, then `STEWARD_…` variables, then those of `.env`.
    ///
    /// - Parameter given: The options by keys such as `steward.tenants`.
    func settings(given: [AbsoluteConfigKey: ConfigValue]) -> ConfigReader {
        ConfigReader(providers: [
            InMemoryProvider(name: "options", values: given),
            EnvironmentVariablesProvider(environmentVariables: variables),
            EnvironmentVariablesProvider(environmentVariables: dotEnv),
        ]).scoped(to: "steward")
    }
}
