/** SipHash-2-4 with a 16-byte key, as 64 bits of hex. A keyed hash: without the key a short tag says nothing about the value. */
export function sipHash(key: Uint8Array, message: Uint8Array): string {
  if (key.length < 16) throw new RangeError('siphash.key_too_short')
  start(new DataView(key.buffer, key.byteOffset, key.byteLength))
  const whole = message.length - (message.length % 8)
  for (let at = 0; at < whole; at += 8) absorb(wordAt(message, at), wordAt(message, at + 4))
  absorb(wordAt(message, whole), wordAt(message, whole + 4) | (message.length << 24))
  state[4] = (state[4] ?? 0) ^ 0xff
  for (let i = 0; i < 4; i += 1) round()
  return hex(halves(1)) + hex(halves(0))
}

/** v0..v3 as pairs of 32-bit halves, low half first. Used by one call at a time. */
const state = new Int32Array(8)

function start(key: DataView): void {
  const k0lo = key.getUint32(0, true)
  const k0hi = key.getUint32(4, true)
  const k1lo = key.getUint32(8, true)
  const k1hi = key.getUint32(12, true)
  state[0] = k0lo ^ 0x70736575
  state[1] = k0hi ^ 0x736f6d65
  state[2] = k1lo ^ 0x6e646f6d
  state[3] = k1hi ^ 0x646f7261
  state[4] = k0lo ^ 0x6e657261
  state[5] = k0hi ^ 0x6c796765
  state[6] = k1lo ^ 0x79746573
  state[7] = k1hi ^ 0x74656462
}

/** Four bytes, the first one lowest; behind the end are zeros. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
}

function absorb(lo: number, hi: number): void {
  state[6] = (state[6] ?? 0) ^ lo
  state[7] = (state[7] ?? 0) ^ hi
  round()
  round()
  state[0] = (state[0] ?? 0) ^ lo
  state[1] = (state[1] ?? 0) ^ hi
}

/** Two half rounds that differ in their rotations only: (v0, v1) with (v2, v3), then (v2, v1) with (v0, v3). */
function round(): void {
  mix(0, 2, 13)
  swap(0)
  mix(4, 6, 16)
  mix(0, 6, 21)
  mix(4, 2, 17)
  swap(4)
}

/** Adds `b` to `a`, rotates `b` to the left and takes `a` into it. */
function mix(a: number, b: number, bits: number): void {
  const blo = state[b] ?? 0
  const bhi = state[b + 1] ?? 0
  const sum = ((state[a] ?? 0) >>> 0) + (blo >>> 0)
  const lo = sum | 0
  const hi = ((state[a + 1] ?? 0) + bhi + (sum > 0xffffffff ? 1 : 0)) | 0
  state[a] = lo
  state[a + 1] = hi
  state[b] = ((blo << bits) | (bhi >>> (32 - bits))) ^ lo
  state[b + 1] = ((bhi << bits) | (blo >>> (32 - bits))) ^ hi
}

function swap(a: number): void {
  const lo = state[a] ?? 0
  state[a] = state[a + 1] ?? 0
  state[a + 1] = lo
}

/** The low or the high halves of the four words, in one. */
function halves(from: 0 | 1): number {
  let all = 0
  for (let i = from; i < 8; i += 2) all ^= state[i] ?? 0
  return all
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
