import type { Locale } from '@clew/i18n'
import { exitCode, type Io } from '../io.ts'
import { wordsOf } from '../words.ts'
import { readVerb } from './options.ts'
import { perform } from './perform.ts'
import { refusalOf } from './refusals.ts'

/** Everything after `clew har`. Answers with the exit code. What a verb needs is loaded only by that verb. */
export async function runHar(io: Io, argv: readonly string[]): Promise<number> {
  const t = await wordsOf(io, localeOf(argv))
  const [given = '', ...rest] = argv
  if (given === '' || ['--help', '-h', 'help'].includes(given)) {
    const stream = given === '' ? io.stderr : io.stdout
    stream.write(`${t('cli.har_help')}\n`)
    return given === '' ? exitCode.usage : exitCode.done
  }
  try {
    const verb = readVerb(given)
    if (rest.includes('--help') || rest.includes('-h')) {
      io.stdout.write(`${t(`cli.har_help_${verb}`)}\n`)
      return exitCode.done
    }
    return await perform({ verb, args: rest }, io, t)
  } catch (error) {
    const refusal = refusalOf(t, error, '')
    if (refusal?.code !== exitCode.usage) throw error
    io.stderr.write(`${refusal.text}\n${t('cli.har_see_help')}\n`)
    return refusal.code
  }
}

/** Looked for first, so that even a complaint about the other options is in the language asked for. */
function localeOf(argv: readonly string[]): Locale | undefined {
  const at = argv.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const given = argv[at]?.includes('=') === true ? argv[at]?.slice(7) : argv[at + 1]
  return at >= 0 && (given === 'el' || given === 'en') ? given : undefined
}
