/** What measuring a text needs of a canvas. */
export interface Measuring {
  measureText(text: string): { readonly width: number }
}

const plain = /^[\x20-\x7e]*$/

/**
 * Shortens texts to a width, in the middle, because addresses differ at their ends. Plain letters of a fixed-width face
 * are counted; only others are measured.
 */
export function clipMiddle(
  text: string,
  width: number,
  { letter, measure }: { letter: number; measure: Measuring },
): string {
  const room = Math.floor(width / letter)
  if (plain.test(text)) return text.length <= room ? text : cut(text, room)
  if (measure.measureText(text).width <= width) return text
  let fits = 0
  let tooMany = Math.min(text.length, room)
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1
    if (measure.measureText(cut(text, middle)).width <= width) fits = middle
    else tooMany = middle
  }
  return cut(text, fits)
}

function cut(text: string, room: number): string {
  if (room < 2) return room === 1 ? '…' : ''
  const head = Math.ceil((room - 1) * 0.33)
  const tail = room - 1 - head
  return `${whole(text.slice(0, head))}…${whole(text.slice(text.length - tail))}`
}

/** Half of a surrogate pair at either end would be drawn as a box. */
const whole = (text: string): string => text.replace(/[\ud800-\udbff]$/, '').replace(/^[\udc00-\udfff]/, '')
