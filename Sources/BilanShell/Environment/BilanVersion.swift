/// The version that `bilan --version` and the shell's first line show.
package enum BilanVersion {
  package static let text = "0.1.0"
}
