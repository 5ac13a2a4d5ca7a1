import Foundation
import Fuzzing

/// The valid database of this run and a folder for files, created before the first input.
private let workplace: (folder: String, seed: [UInt8]) = {
    let folder = NSTemporaryDirectory() + "import-fuzzer-\(getpid())"
    do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return (folder, try ImportFuzz.seed())
    } catch {
        fatalError("no seed: \(error)")
    }
}()

/// Called by libFuzzer with each input; see `make fuzz`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    let findings = ImportFuzz.check(input, seed: workplace.seed, folder: workplace.folder)
    guard findings.isEmpty else { fatalError(findings.joined(separator: "; ")) }
    return 0
}
