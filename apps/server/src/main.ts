import { text as readText } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Clew } from './clew.ts'
import { endOnFault, faultOf } from './fault.ts'
import { cannotListen } from './listen-problem.ts'
import { sentenceOf } from './operator-sentence.ts'
import { aboutSetting, ConfigError, readConfig, type SettingName, settings } from './platform/config.ts'
import { configWarnings } from './platform/config-warnings.ts'
import { connectionOf } from './platform/connection-url.ts'
import { giveBackMemory } from './platform/give-back-memory.ts'
import { newToken } from './platform/ids.ts'
import { createLog } from './platform/log.ts'
import { derivedAppPassword, rolesSql } from './platform/roles.ts'
import { say } from './say.ts'
import { joinServer, startClew } from './start-up.ts'

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

type More = { limitFactor?: number }

/**
 * One command of Clew. Answers with the exit code; `serve` only when the server has stopped. `limitFactor` multiplies
 * what a caller may do in a minute, for a load that is no person's.
 */
export async function run(argv: readonly string[], more: More = {}): Promise<number> {
  const [command = 'serve', ...rest] = argv
  if (!isCommand(command)) {
    process.stderr.write(`${say('cli.unknown_command', { command, known: Object.keys(commands).join(', ') })}\n`)
    return 2
  }
  if (rest.some((word) => word === '--help' || word === '-h')) {
    print(say(`cli.${command}_usage`))
    return 0
  }
  const unwatch = endOnFault()
  try {
    return await commands[command](rest, more)
  } catch (error) {
    const sentence = sentenceOf(error)
    process.stderr.write(`${sentence ?? faultOf(error)}\n`)
    if (sentence !== undefined) return 2
    // What a defect left open must not keep the process.
    setTimeout(() => process.exit(1), 1000).unref()
    return 1
  } finally {
    unwatch()
  }
}

// What only one of them needs is read when it is asked for: the start of the server waits for no other's code.
const commands = {
  serve,
  setup,
  demo,
  migrate,
  config: async (args) => printSettings(args),
  domains,
  assistant,
  audit: async (args) => (await import('./audit-command.ts')).auditCommand(args, print),
  organisation: async (args) => (await import('./organisation-command.ts')).organisationCommand(args, print),
  scim: async (args) => (await import('./scim-command.ts')).scimCommand(args, print),
} satisfies Record<string, (args: readonly string[], more: More) => Promise<number>>

const isCommand = (word: string): word is keyof typeof commands => Object.hasOwn(commands, word)

/** `assistant eval FILE…`: how well the assistant does on labelled messages. */
async function assistant([verb, ...rest]: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...rest],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, wrong: { type: 'boolean', default: false } },
  })
  if (verb !== 'eval' || positionals.length === 0) {
    process.stderr.write(`${say('cli.assistant_usage')}\n`)
    return 2
  }
  const { runEvaluation } = await import('./evaluation/run-evaluation.ts')
  await runEvaluation({ files: positionals, asJson: values.json, showWrong: values.wrong }, print)
  return 0
}

/** Every setting with its default; then what is to be said of those that are made here. */
function printSettings(args: readonly string[]): number {
  parseArgs({ args: [...args], options: {} })
  for (const [name, { fallback }] of Object.entries(settings)) {
    print(
      `${name}\n  ${aboutSetting(name as SettingName)} ${say('cli.config_default', { value: fallback || say('cli.config_none') })}`,
    )
  }
  for (const warning of configWarnings(readConfig(process.env, process.cwd())))
    print(`\n${say(`cli.warning_${warning}`)}`)
  return 0
}

async function serve(args: readonly string[], more: More): Promise<number> {
  parseArgs({ args: [...args], options: {} })
  const config = readConfig(process.env, process.cwd())
  const log = createLog(config.logLevel)
  const warnings = configWarnings(config).map((warning) => say(`cli.warning_${warning}`))
  for (const warning of warnings) log.warn(warning)
  // Listened for from the start: who is told to stop while starting stops when that is done.
  const told = untilSignal()
  const { clew, stop } = await startClew({ config, log, ...more }, (text) => print(`  ${text}`))
  const address = await clew.listen().catch(async (error: unknown) => {
    await stop()
    throw cannotListen(error, config)
  })
  print('')
  print(say('cli.ready', { brand: config.brand }))
  for (const [name, path] of [
    ['help_centre', '/'],
    ['workspace', '/app'],
    ['demo', '/demo'],
    ['api', '/api/openapi.json'],
  ] as const) {
    print(`  ${say(`cli.address_${name}`).padEnd(14)} ${address}${path}`)
  }
  const link = await newTokenLink(clew, address)
  if (link !== undefined) {
    print('')
    print(say('cli.create_owner'))
    print(`  ${link}`)
  }
  if (config.smtpUrl === undefined) {
    const { countMails } = await import('./platform/mail/repository.ts')
    const count = await clew.newCtx('start').transaction((tx) => countMails(tx, 'kept'))
    print(`\n${say('cli.mail_is_kept', { folder: `${config.dataDir}/mail`, count })}`)
  }
  for (const warning of warnings) print(`\n${warning}`)
  print(`\n${say('cli.stop_hint')}`)
  for (const ms of settledMs) setTimeout(giveBackMemory, ms).unref()
  await told
  print(say('cli.stopping'))
  await stop()
  // A stage that was left may hold a handle; nothing is waited for any more.
  setTimeout(() => process.exit(0), 1000).unref()
  return 0
}

/** Twice: V8 gives back the room of young objects only when few were made since it last looked. */
const settledMs = [2_500, 10_000]

/** The address with the one-time token behind the hash, where no server and no log sees it. */
async function newTokenLink(clew: Clew, address: string): Promise<string | undefined> {
  const { issueSetupToken } = await import('./domains/sign-in/index.ts')
  const token = await issueSetupToken(clew.newCtx('setup'))
  return token && `${address}/app/setup#token=${token}`
}

/** A second signal does not wait. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
}

async function setup(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'owner-email': { type: 'string' },
      'owner-name': { type: 'string' },
      'password-stdin': { type: 'boolean' },
    },
  })
  const email = values['owner-email']
  if (email === undefined || !values['password-stdin']) throw new ConfigError(say('cli.setup_usage'))
  const password = (await readText(process.stdin)).replace(/\r?\n$/, '')
  if (password.length < 12) throw new ConfigError(say('cli.password_too_short'))
  const config = readConfig(process.env, process.cwd())
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new ConfigError(say('cli.email_invalid', { email }))
  const { clew, stop } = await startClew({ config, log: createLog('warn') }, () => undefined, joinServer)
  try {
    const { createOwner } = await import('./domains/sign-in/index.ts')
    const name = values['owner-name'] ?? email.split('@')[0] ?? email
    await createOwner(clew.newCtx('setup'), { name, email, password }, { teamName: config.brand })
    print(say('cli.owner_created', { email }))
    return 0
  } finally {
    await stop()
  }
}

async function migrate(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { 'print-roles': { type: 'boolean' } } })
  const config = readConfig(process.env, process.cwd())
  if (values['print-roles']) {
    for (const statement of rolesSql(appPassword(config.databaseUrl))) print(`${statement};`)
    return 0
  }
  const { migrated, stop } = await startClew({ config, log: createLog('error') }, print)
  print(say('cli.migrated', { count: migrated }))
  await stop()
  return 0
}

/** The password that a start with this administrator works out; without one, a new one to put into `DATABASE_URL`. */
const appPassword = (databaseUrl: string | undefined): string =>
  databaseUrl === undefined ? newToken() : derivedAppPassword(connectionOf(databaseUrl).password)

async function demo(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} })
  const config = readConfig(process.env, process.cwd())
  // What is made up is answered by the rules, at once and at nobody's cost.
  const options = { config, log: createLog('error'), asksModel: false }
  const { clew, stop } = await startClew(options, (text) => print(`  ${text}`), joinServer)
  try {
    const { runDemo } = await import('./demo/index.ts')
    await runDemo(clew, print)
    return 0
  } finally {
    await stop()
  }
}

async function domains(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { events: { type: 'boolean', default: false } } })
  const { clew, stop } = await startClew(
    { config: readConfig(process.env, process.cwd()), log: createLog('warn') },
    () => undefined,
  )
  try {
    const { domainsReport } = await import('./domains-report.ts')
    for (const line of domainsReport(clew.house, values.events)) print(line)
    return 0
  } finally {
    await stop()
  }
}
