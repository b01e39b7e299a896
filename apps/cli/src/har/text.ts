const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Words of the file as a terminal may show them: a capture can hold sequences that move the cursor or change the title. */
export const plain = (text: string): string => text.replaceAll(controls, '\ufffd')

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const marks = /^[\p{Mn}\p{Me}\u200b-\u200d\ufeff]$/u

/** How many columns a terminal gives to a text. */
export function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length
  let width = 0
  for (const char of text) width += marks.test(char) ? 0 : wide.test(char) ? 2 : 1
  return width
}

/** The text in exactly so many columns: what is too long loses its middle, since an address tells most at both ends. */
export function fit(text: string, columns: number): string {
  const width = widthOf(text)
  if (width <= columns) return text + ' '.repeat(columns - width)
  const head = take([...text], Math.ceil((columns - 1) * 0.6))
  const tail = take([...text].reverse(), columns - 1 - widthOf(head))
  const short = `${head}…${[...tail].reverse().join('')}`
  return short + ' '.repeat(Math.max(0, columns - widthOf(short)))
}

export const right = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - widthOf(text))) + text

function take(chars: readonly string[], columns: number): string {
  let taken = ''
  let width = 0
  for (const char of chars) {
    width += widthOf(char)
    if (width > columns) break
    taken += char
  }
  return taken
}

export type Paint = (style: 'red' | 'yellow' | 'green' | 'blue' | 'dim' | 'bold', text: string) => string

const codes = { red: 31, yellow: 33, green: 32, blue: 34, dim: 2, bold: 1 } as const

/** Colours for a terminal whose owner has not asked for none (no-color.org). */
export function paintFor(stream: { isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Paint {
  const isColourful = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  return (style, text) => (isColourful ? `\u001b[${codes[style]}m${text}\u001b[0m` : text)
}

/** Pairs under each other, the second to the right. */
export function pairs(lines: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(0, ...lines.map(([name]) => widthOf(name)))
  const end = Math.max(0, ...lines.map(([, value]) => widthOf(value)))
  return lines.map(([name, value]) => `  ${name}${' '.repeat(left - widthOf(name))}  ${right(value, end)}`)
}
