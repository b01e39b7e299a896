const NOTHING = new Uint8Array(0)

/** Pieces of bytes in one, with a separator between them. */
export function joined(pieces: readonly Uint8Array[], separator: Uint8Array = NOTHING): Uint8Array {
  const length = pieces.reduce((sum, piece) => sum + piece.length + separator.length, 0)
  const whole = new Uint8Array(Math.max(0, length - separator.length))
  let at = 0
  for (const piece of pieces) {
    if (at > 0) {
      whole.set(separator, at)
      at += separator.length
    }
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
