import { countOf, oneOf, UsageError, type Values } from './options.ts'

export type Format = 'text' | 'json' | 'sarif'
export type Severity = 'high' | 'medium' | 'low'

type Given = Pick<Values<'analyse'>, 'format' | 'json'>

export function formatOf({ format, json = false }: Given): Format {
  if (format === undefined) return json ? 'json' : 'text'
  const known = oneOf('--format', format, ['text', 'json', 'sarif'])
  if (json && known !== 'json')
    throw new UsageError('cli.option_contradicts', { one: '--json', other: `--format ${known}` })
  return known
}

const LEVELS = ['high', 'medium', 'low', 'never'] as const
const SAME_LEVEL = new Map([
  ['error', 'high'],
  ['warning', 'medium'],
  ['note', 'low'],
])

/** From which severity on the program ends with 1. */
export function failOnOf(
  given: string | undefined,
  fallback: (typeof LEVELS)[number],
): (severity: Severity) => boolean {
  const level = given === undefined ? fallback : oneOf('--fail-on', SAME_LEVEL.get(given) ?? given, LEVELS)
  return (severity) => level !== 'never' && LEVELS.indexOf(severity) <= LEVELS.indexOf(level)
}

export const countOr = (option: string, given: string | undefined, fallback: number): number =>
  given === undefined ? fallback : countOf(option, given)

/** One document whatever the number of files, so that a script need not care. */
export const jsonDocument = (command: string, files: readonly object[]): string =>
  `${JSON.stringify({ command, files }, null, 2)}\n`
