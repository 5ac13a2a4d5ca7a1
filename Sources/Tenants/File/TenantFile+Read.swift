extension TenantFile {
    /// Reads and parses a regular file. Errors quote it, so that a link could show a file that its reader may not see.
    package static func read(
        _ path: String, catalogue: ProviderCatalogue
    ) -> (file: TenantFile?, problems: [TenantProblem]) {
        do {
            return parse(
                try FileContents(path, limit: sizeLimit, followLinks: false).bytes, file: path, catalogue: catalogue)
        } catch {
            return (nil, [TenantProblem(file: path, message: error.description)])
        }
    }
}
