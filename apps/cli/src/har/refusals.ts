import { HarError } from '@clew/har/errors'
import { exitCode } from '../io.ts'
import type { Words } from '../words.ts'
import { UnreadableError } from './inputs.ts'
import { UsageError } from './options.ts'
import { UnwritableError } from './outputs.ts'
import { plain } from './text.ts'

export interface Refusal {
  text: string
  code: number
  /** The other files would meet the same. */
  endsAll: boolean
}

/** What to tell a person about something that they can put right. Anything else is our mistake: undefined. */
export function refusalOf(t: Words, error: unknown, file: string): Refusal | undefined {
  const name = file === '-' ? t('cli.har_stdin') : plain(file)
  if (error instanceof HarError) {
    const isStopped = error.code === 'har.cancelled'
    const text = t.find(`cli.${error.code.replace('.', '_')}`, { file: name }) ?? error.code
    return { text, code: isStopped ? exitCode.stopped : exitCode.unreadable, endsAll: isStopped }
  }
  if (error instanceof UnreadableError) {
    const told = { file: plain(error.file), reason: error.reason }
    const text = t.find(`cli.har_unreadable_${error.reason.toLowerCase()}`, told) ?? t('cli.file_unusable', told)
    return { text, code: exitCode.unreadable, endsAll: false }
  }
  if (error instanceof UnwritableError)
    return { text: textOf(t, error), code: exitCode.unwritable, endsAll: error.message === 'cli.disk_full' }
  if (error instanceof UsageError) return { text: textOf(t, error), code: exitCode.usage, endsAll: true }
  return undefined
}

const textOf = (t: Words, { message, params }: UsageError | UnwritableError): string =>
  t.find(message, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, safe(value)]))) ?? message

// A list of reasons stands on lines of its own.
const safe = (value: string | number): string | number =>
  typeof value === 'string' ? value.split('\n').map(plain).join('\n') : value
