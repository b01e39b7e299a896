/** FNV-1a of 32 bits, the upper half mixed into the lower, which alone is used by who takes few bits. */
export function fnv(text: string, seed = 0x811c9dc5): number {
  let value = seed
  for (let place = 0; place < text.length; place++) value = Math.imul(value ^ text.charCodeAt(place), 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}
