import { type Locale, languageTag } from './locale.ts'

type PluralOptions = { offset?: number; type?: Intl.PluralRuleType }
type Branches = { readonly other: string; readonly [name: string]: string }

/** What compiled messages call to write values in the reader's language and time zone. */
export type Format = {
  text(value: string | number): string
  number(value: number, options?: Intl.NumberFormatOptions): string
  date(value: Date | number | string, options: Intl.DateTimeFormatOptions): string
  plural(value: number, branches: Branches, options?: PluralOptions): string
  select(value: string, branches: Branches): string
}

export function createFormat(locale: Locale, timeZone?: string): Format {
  const tag = languageTag(locale)
  const numbers = remember((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options))
  const dates = remember(
    (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { ...zone(timeZone), ...options }),
  )
  const plurals = remember((options: Intl.PluralRulesOptions) => new Intl.PluralRules(tag, options))

  const number: Format['number'] = (value, options) =>
    options === undefined && isShort(value) ? String(value) : numbers(options ?? {}).format(value)
  return {
    number,
    text: (value) => (typeof value === 'number' ? number(value) : String(value ?? '')),
    date: (value, options) => {
      // Parameters of an error from the wire carry ISO strings, and may be anything.
      const at = new Date(value)
      return Number.isNaN(at.getTime()) ? '' : dates(options).format(at)
    },
    plural: (value, branches, { offset = 0, type = 'cardinal' } = {}) =>
      branches[`=${value}`] ?? branches[plurals({ type }).select(value - offset)] ?? branches.other,
    select: (value, branches) => (Object.hasOwn(branches, value) ? branches[value] : undefined) ?? branches.other,
  }
}

/** A number that is written the same everywhere. To ask the platform takes a start ten milliseconds. */
const isShort = (value: number): boolean => Number.isInteger(value) && value > -1_000 && value < 1_000

const zone = (timeZone: string | undefined): Intl.DateTimeFormatOptions => (timeZone === undefined ? {} : { timeZone })

// Making an Intl object costs some hundred times more than using it.
function remember<O extends object, R>(make: (options: O) => R): (options: O) => R {
  const made = new Map<string, R>()
  return (options) => {
    const name = JSON.stringify(options)
    const found = made.get(name) ?? make(options)
    made.set(name, found)
    return found
  }
}
