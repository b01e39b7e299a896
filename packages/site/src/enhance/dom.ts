type Child = Node | string | false | undefined
type Attributes = Readonly<Record<string, string | boolean | undefined>>

/** Makes an element. Text stays text: nothing here is read as HTML. */
export function el(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  for (const child of children) if (child !== undefined && child !== false) element.append(child)
  return element
}

export function shape(name: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'shape')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#shape-${name}`)
  svg.append(use)
  return svg
}

interface StripOptions {
  readonly class?: string
  readonly live?: boolean
  readonly rail?: readonly Child[]
  readonly knot?: readonly [shape: string, tone?: string]
}

/** The rail's strip, as the server draws it. What appears while one looks grows in. */
export function strip(
  { class: className, live, rail = [], knot }: StripOptions,
  ...said: readonly Child[]
): HTMLElement {
  const names = ['strip', live && 'live', 'grows', className].filter(Boolean).join(' ')
  const mark = knot && el('span', { class: `knot ${knot[1] ?? ''}`, 'aria-hidden': 'true' }, shape(knot[0]))
  return el('div', { class: names }, el('div', { class: 'rail' }, ...rail), mark, el('div', { class: 'said' }, ...said))
}

export const all = <E extends HTMLElement = HTMLElement>(selector: string): E[] => [
  ...document.querySelectorAll<E>(selector),
]
