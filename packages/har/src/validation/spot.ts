import type { HarProblemCode } from './messages.ts'
import type { Report } from './problem.ts'

export type Reporter = (code: HarProblemCode, spot: Spot, report: Report) => void

/** Where a value stands, and who hears what is wrong there. A chain, so that its text is made only for what is reported. */
export interface Spot {
  parent?: Spot
  key: string | number
  to: Reporter
}

export const below = (parent: Spot, key: string | number): Spot => ({ parent, key, to: parent.to })

export const report = (spot: Spot, code: HarProblemCode, detail: Report = {}): void => spot.to(code, spot, detail)

/** `log.entries[3].request.url`; a name that is no plain word stands in brackets, cut short and without line breaks. */
export function pathOf({ parent, key }: Spot): string {
  const before = parent === undefined ? '' : pathOf(parent)
  if (typeof key === 'number') return `${before}[${key}]`
  if (/^[\w$-]{1,60}$/.test(key)) return before === '' ? key : `${before}.${key}`
  return `${before}[${JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key)}]`
}
