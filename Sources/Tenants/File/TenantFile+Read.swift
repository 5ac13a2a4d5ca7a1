extension TenantFile {
    /// Reads and parses a file.
    package static func read(
        _ path: String, catalogue: ProviderCatalogue
    ) -> (file: TenantFile?, problems: [TenantProblem]) {
        do {
            return parse(try FileContents(path, limit: sizeLimit).bytes, file: path, catalogue: catalogue)
        } catch {
            return (nil, [TenantProblem(file: path, message: error.description)])
        }
    }
}
