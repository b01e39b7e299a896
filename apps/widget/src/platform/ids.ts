/** A random UUID (RFC 9562, version 4). `crypto.randomUUID` is missing on pages without TLS; this is not. */
export function newId(bytes: Uint8Array = crypto.getRandomValues(new Uint8Array(16))): string {
  const hex = [...bytes].map((byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
    return marked.toString(16).padStart(2, '0')
  })
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
