import BilanDiagnostics

/// What the letters of a text that is no UTF-8 say about its encoding.
struct EightBitLetters {
  var encoding = TextEncoding.windows1252
  /// What speaks for another encoding than the usual one, to follow a sentence.
  var evidence = Localized(verbatim: "")

  init(_ raw: [UInt8]) {
    let span = raw.span
    var (usual, mac, latin9, dos, arabic) = (0, 0, 0, 0, 0)
    // Letters of either encoding of Arabic, which the other has not or hardly uses.
    var (windowsLetters, otherLetters) = (0, 0)
    var hasControls = false
    func isLetter(_ place: Int) -> Bool {
      place >= 0 && place < span.count && (0x61...0x7A).contains(span[place] | 0x20) && span[place] >= 0x41
    }
    for place in 0..<span.count where span[place] >= 0x80 {
      let byte = span[place]
      if byte < 0xA0 { hasControls = true }
      if Self.isDOSLetter(span, place, isLetter) { dos += 1 }
      // A third letter in a row that is not ASCII: no western language writes so.
      if byte >= 0xC0, place >= 2, span[place - 1] >= 0xC0, span[place - 2] >= 0xC0 { arabic += 1 }
      if place >= 1, span[place - 1] >= 0xC0 {
        switch byte {
        // ف ق ك ل م of windows-1256, and ى ي.
        case 0xDD, 0xDE, 0xDF, 0xE1, 0xEC, 0xED: windowsLetters += 1
        // ك ن ه و ى ي of ISO 8859-6, where the other has letters of French.
        case 0xE2, 0xE7, 0xE8, 0xE9, 0xEA: otherLetters += 1
        default: break
        }
      }
      // A small letter of Mac OS Roman or a sign of windows-1252 among capitals is É: of code page 850, or of Mac OS Roman.
      if byte == 0x90 || byte == 0x83, Self.isAmongCapitals(span, place) {
        if byte == 0x83 { mac += 1 }
        continue
      }
      switch byte {
      // é è ê à â ç û ù of Mac OS Roman, where windows-1252 has little that stands beside letters.
      case 0x88, 0x89, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E:
        if isLetter(place - 1) || isLetter(place + 1) { mac += 1 }
      // Small letters, where Mac OS Roman has hardly anything; its quotes, dashes, apostrophe and no-break space are among
      // the capital ones.
      case 0xE0...0xF6, 0xF8...0xFF:
        if isLetter(place - 1) || isLetter(place + 1) { usual += 1 }
      // The euro sign beside a number, œ inside a word.
      case 0xA4:
        if place > 0, span[place - 1] &- 0x30 < 10 || span[place - 1] == 0x20 || span[place - 1] == 0xA0 { latin9 += 1 }
      case 0xBD, 0xBC: if isLetter(place + 1) { latin9 += 1 }
      default: break
      }
    }
    if arabic > 0, arabic * 4 > usual, otherLetters > windowsLetters {
      encoding = .latinArabic
      evidence = Localized(
        ", \(arabic) follow two others, as the letters of Arabic do in ISO 8859-6",
        fr: ", \(arabic) en suivent deux autres, comme les lettres arabes de l’ISO 8859-6")
    } else if arabic > 0, arabic * 4 > usual {
      encoding = .windows1256
      evidence = Localized(
        ", \(arabic) follow two others, as the letters of Arabic do in windows-1256",
        fr: ", \(arabic) en suivent deux autres, comme les lettres arabes de windows-1256")
    } else if dos > usual, dos > mac {
      encoding = .cp850
      evidence = Localized(
        ", \(dos) stand where code page 850 has its accented letters",
        fr: ", \(dos) se lisent comme des lettres accentuées de la page de code 850")
    } else if mac > usual {
      encoding = .macRoman
      evidence = Localized(
        ", \(mac) stand where Mac OS Roman has its accented letters",
        fr: ", \(mac) se lisent comme des lettres accentuées de Mac OS Roman")
    } else if latin9 > 0, !hasControls {
      encoding = .latin9
      evidence = Localized(
        ", \(latin9) stand for `€` or `œ` in ISO 8859-15", fr: ", \(latin9) sont `€` ou `œ` en ISO 8859-15")
    }
  }

  /// é è ç É of code page 850 where they stand as letters do: in windows-1252 they are a low quote, a capital, a dagger and
  /// nothing, in Mac OS Roman a capital, `ä`, `á` and `ê`.
  private static func isDOSLetter(_ span: Swift.Span<UInt8>, _ place: Int, _ isLetter: (Int) -> Bool) -> Bool {
    switch span[place] {
    case 0x82:
      isLetter(place - 1) || (isLetter(place + 1) && (place == 0 || span[place - 1] < 0x80))
    case 0x8A: place > 0 && (0x61...0x7A).contains(span[place - 1])
    case 0x87: isLetter(place - 1) && isLetter(place + 1)
    case 0x90: isAmongCapitals(span, place)
    default: false
    }
  }

  /// Whether a capital letter stands before or after, and no small one.
  private static func isAmongCapitals(_ span: Swift.Span<UInt8>, _ place: Int) -> Bool {
    var hasCapital = false
    for next in [place - 1, place + 1] where next >= 0 && next < span.count {
      if (0x61...0x7A).contains(span[next]) { return false }
      if (0x41...0x5A).contains(span[next]) { hasCapital = true }
    }
    return hasCapital
  }
}
