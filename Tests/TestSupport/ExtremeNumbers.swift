/// Numbers as a request, a model or a file may spell them, at and beyond every limit that code may have.
package enum ExtremeNumbers {
    /// Those that a double of JSON holds.
    package static let json = [
        "-9223372036854775808", "-9223372036854775809", "9223372036854775807", "9223372036854775808",
        "9007199254740991", "9007199254740992", "9007199254740993", "2147483648", "1e5", "1e30", "-0", "-1", "0", "0.5",
        "1.0", "1000000000000000000000000000000",
    ]

    /// Those that are no number of JSON, or none that a double holds, besides.
    package static let all = json + ["1e400", "00", "+1", "٣", "１２", "NaN"]
}
