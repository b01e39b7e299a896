/** SipHash-2-4 with a 16-byte key, as 64 bits of hex. A keyed hash: without the key a short tag says nothing about the value. */
export function sipHash(key: Uint8Array, message: Uint8Array): string {
  if (key.length < 16) throw new RangeError('siphash.key_too_short')
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength)
  const state = initialState(view)
  const whole = message.length - (message.length % 8)
  const input = new DataView(message.buffer, message.byteOffset, message.byteLength)
  for (let at = 0; at < whole; at += 8) {
    absorb(state, input.getUint32(at, true), input.getUint32(at + 4, true))
  }
  const tail = new DataView(new ArrayBuffer(8))
  for (let at = whole; at < message.length; at += 1) tail.setUint8(at - whole, message[at] ?? 0)
  tail.setUint8(7, message.length & 0xff)
  absorb(state, tail.getUint32(0, true), tail.getUint32(4, true))
  finish(state)
  const [lo0, hi0, lo1, hi1, lo2, hi2, lo3, hi3] = state
  return hex(hi0 ^ hi1 ^ hi2 ^ hi3) + hex(lo0 ^ lo1 ^ lo2 ^ lo3)
}

/** v0..v3 as pairs of 32-bit halves, low half first. */
type State = [number, number, number, number, number, number, number, number]

function initialState(key: DataView): State {
  const k0lo = key.getUint32(0, true)
  const k0hi = key.getUint32(4, true)
  const k1lo = key.getUint32(8, true)
  const k1hi = key.getUint32(12, true)
  return [
    k0lo ^ 0x70736575,
    k0hi ^ 0x736f6d65,
    k1lo ^ 0x6e646f6d,
    k1hi ^ 0x646f7261,
    k0lo ^ 0x6e657261,
    k0hi ^ 0x6c796765,
    k1lo ^ 0x79746573,
    k1hi ^ 0x74656462,
  ]
}

function absorb(state: State, lo: number, hi: number): void {
  state[6] ^= lo
  state[7] ^= hi
  round(state)
  round(state)
  state[0] ^= lo
  state[1] ^= hi
}

function finish(state: State): void {
  state[4] ^= 0xff
  for (let i = 0; i < 4; i += 1) round(state)
}

function round(v: State): void {
  addInto(v, 0, 2)
  rotate(v, 2, 13)
  xorInto(v, 2, 0)
  swapHalves(v, 0)
  addInto(v, 4, 6)
  rotate(v, 6, 16)
  xorInto(v, 6, 4)
  addInto(v, 0, 6)
  rotate(v, 6, 21)
  xorInto(v, 6, 0)
  addInto(v, 4, 2)
  rotate(v, 2, 17)
  xorInto(v, 2, 4)
  swapHalves(v, 4)
}

type Half = 0 | 2 | 4 | 6

function addInto(v: State, to: Half, from: Half): void {
  const lo = (v[to] >>> 0) + (v[from] >>> 0)
  v[hiOf(to)] = (v[hiOf(to)] + v[hiOf(from)] + (lo > 0xffffffff ? 1 : 0)) | 0
  v[to] = lo | 0
}

function rotate(v: State, at: Half, bits: number): void {
  const lo = v[at]
  const hi = v[hiOf(at)]
  v[at] = (lo << bits) | (hi >>> (32 - bits))
  v[hiOf(at)] = (hi << bits) | (lo >>> (32 - bits))
}

function xorInto(v: State, to: Half, from: Half): void {
  v[to] ^= v[from]
  v[hiOf(to)] ^= v[hiOf(from)]
}

function swapHalves(v: State, at: Half): void {
  const lo = v[at]
  v[at] = v[hiOf(at)]
  v[hiOf(at)] = lo
}

function hiOf(at: Half): 1 | 3 | 5 | 7 {
  return (at + 1) as 1 | 3 | 5 | 7
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
