import Files
package import ProviderKit

extension TenantFile {
    /// Reads and parses a regular file. Links are not followed, because errors quote the file and could disclose a file
    /// that the reader of the errors may not read.
    package static func read(
        _ path: String, registry: ProviderRegistry
    ) -> (file: TenantFile?, problems: [TenantProblem]) {
        do {
            return parse(
                try FileContents(path, limit: sizeLimit, followLinks: false).bytes, file: path, registry: registry)
        } catch {
            return (nil, [TenantProblem(file: path, message: error.description)])
        }
    }
}
