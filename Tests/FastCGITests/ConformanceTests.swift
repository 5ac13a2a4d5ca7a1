import Testing

/// Every case of the protocol with its exact answer, for any split of the bytes.
struct ConformanceTests {
    private static let cases =
        ConformanceCase.requests + ConformanceCase.refusals + ConformanceCase.bodies + ConformanceCase.lifecycles
        + ConformanceCase.management

    @Test("The answer is exact", arguments: Self.cases)
    func answers(_ testCase: ConformanceCase) {
        let driver = testCase.run([testCase.bytes[...]])
        #expect(driver.summary == testCase.answers)
        #expect(driver.events == testCase.events)
    }

    @Test("The answer does not depend on where the bytes are cut", arguments: Self.cases)
    func cuts(_ testCase: ConformanceCase) {
        let bytes = testCase.bytes
        let step = max(1, bytes.count / 2_000)
        for cut in stride(from: 0, through: bytes.count, by: step) {
            let driver = testCase.run([bytes[..<cut], bytes[cut...]])
            guard driver.summary == testCase.answers, driver.events == testCase.events else {
                Issue.record("cut at \(cut): \(driver.summary), \(driver.events)")
                return
            }
        }
    }

    @Test("The answer does not depend on the bytes arriving one by one", arguments: Self.cases)
    func byteByByte(_ testCase: ConformanceCase) {
        let driver = testCase.run(testCase.bytes.indices.map { testCase.bytes[$0...$0] })
        #expect(driver.summary == testCase.answers)
        #expect(driver.events == testCase.events)
    }
}
