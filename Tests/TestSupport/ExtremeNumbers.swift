/// Spellings of numbers at and beyond the limits of code, as sent by clients, models and files.
package enum ExtremeNumbers {
    /// Numbers of JSON that a double can represent.
    package static let json = [
        "-9223372036854775808", "-9223372036854775809", "9223372036854775807", "9223372036854775808",
        "9007199254740991", "9007199254740992", "9007199254740993", "2147483648", "1e5", "1e30", "-0", "-1", "0", "0.5",
        "1.0", "1000000000000000000000000000000",
    ]

    /// In addition, texts that are not JSON numbers or exceed a double.
    package static let all = json + ["1e400", "00", "+1", "٣", "１２", "NaN"]
}
