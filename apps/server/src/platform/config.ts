import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import type { SanitiseRule } from '@clew/har'
import { parseSanitiseRules } from '@clew/har/sanitise-rules'
import { z } from 'zod'
import type { ClamdAddress } from './clamd.ts'
import { isHost, isProxies, isSender, tlsProblem } from './config-checks.ts'
import { say } from './say.ts'

/** A setting that cannot be used. The message is one sentence for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, say('cli.must_be_whole'))
    .transform(Number)
    .refine(
      (value) => value >= least && value <= most,
      say('cli.must_be_from', { least: String(least), most: String(most) }),
    )
const httpUrl = z.url({ protocol: /^https?$/, error: () => say('cli.must_be_http') })
const startsWith = (pattern: RegExp, allowed: string) =>
  z.string().regex(pattern, say('cli.must_start_with', { allowed }))
const text = (most = 4_000) => z.string().max(most, say('cli.must_be_short', { most: String(most) }))
const oneOf = <T extends string>(values: readonly [T, ...T[]]) =>
  z.enum(values, { error: () => say('cli.must_be_one_of', { allowed: values.join(', ') }) })
/** Cookies, the built apps and every link hold the root; in between, a path would lead to a blank page. */
const origin = httpUrl
  .refine((url) => !/^https?:\/\/[^/?#]*@/i.test(url), {
    error: () => say('cli.must_have_no_credentials'),
    abort: true,
  })
  .refine((url) => /^https?:\/\/[^/?#]+\/*$/i.test(url), { error: () => say('cli.must_be_origin') })
const postgresUrl = startsWith(/^postgres(ql)?:\/\//, 'postgres://')

type Setting = { schema: z.ZodType; fallback: string; secret?: boolean }

/** Every setting Clew reads, with its default. `clew config` prints this table. */
export const settings = {
  PORT: { schema: whole(0, 65_535), fallback: '3000' },
  HOST: { schema: z.string().refine(isHost, say('cli.must_be_host')), fallback: '127.0.0.1' },
  CLEW_DATA_DIR: {
    schema: text(),
    fallback: 'data',
  },
  CLEW_BASE_URL: {
    schema: origin,
    fallback: '',
  },
  DATABASE_URL: {
    schema: postgresUrl,
    fallback: '',
    secret: true,
  },
  CLEW_TRUST_PROXY: {
    schema: z.string().refine(isProxies, say('cli.must_be_proxies')),
    fallback: '',
  },
  CLEW_TLS_CERT: {
    schema: text(),
    fallback: '',
  },
  CLEW_TLS_KEY: { schema: text(), fallback: '' },
  CLEW_SMTP_URL: {
    schema: startsWith(/^smtps?:\/\//, 'smtp://, smtps://'),
    fallback: '',
    secret: true,
  },
  CLEW_MAIL_FROM: {
    schema: z.string().refine(isSender, say('cli.must_hold_address')),
    fallback: 'Clew <support@localhost>',
  },
  CLEW_FILES_URL: {
    schema: startsWith(/^(file|s3|s3\+http):\/\//, 'file://, s3://, s3+http://'),
    fallback: '',
    secret: true,
  },
  CLEW_FILES_KEY: {
    schema: text(),
    fallback: '',
    secret: true,
  },
  CLEW_CLAMD_ADDRESS: {
    schema: z.string().regex(/^(\/.+|.+:\d{1,5})$/, say('cli.must_be_socket')),
    fallback: '',
  },
  CLEW_MAX_CAPTURE_MB: {
    schema: whole(25, 100_000),
    fallback: '1000',
  },
  CLEW_CAPTURE_RETENTION_DAYS: {
    schema: whole(1, 3650),
    fallback: '30',
  },
  CLEW_BACKUP_DAYS: {
    schema: whole(0, 3650),
    fallback: '14',
  },
  CLEW_HAR_POLICY: {
    schema: oneOf(['standard', 'strict']),
    fallback: 'standard',
  },
  CLEW_HAR_KEEP_BODIES_OF: {
    schema: text(5_000),
    fallback: '',
  },
  CLEW_HAR_RULES_FILE: {
    schema: text(),
    fallback: '',
  },
  CLEW_BRAND: {
    schema: text(80),
    fallback: 'Northlight',
  },
  CLEW_APP_HOST: {
    schema: text(200),
    fallback: 'app.northlight.example',
  },
  CLEW_SUPPORT_EMAIL: {
    schema: z.email({ error: () => say('cli.must_be_email') }),
    fallback: 'support@northlight.example',
  },
  CLEW_MODEL_URL: {
    schema: httpUrl,
    fallback: '',
  },
  CLEW_MODEL_NAME: { schema: text(200), fallback: '' },
  CLEW_MODEL_KEY: {
    schema: text(500),
    fallback: '',
    secret: true,
  },
  CLEW_MODEL_HTTP_HOSTS: {
    schema: text(2_000),
    fallback: '',
  },
  CLEW_LOOKUP_COMMAND: {
    schema: text(4_000),
    fallback: '',
    secret: true,
  },
  CLEW_LOOKUP_HOSTS: {
    schema: text(2_000),
    fallback: '',
  },
  CLEW_STREAM_HOSTS: {
    schema: text(2_000),
    fallback: '',
  },
  CLEW_SSO_HOSTS: {
    schema: text(2_000),
    fallback: '',
  },
  CLEW_DNS_SERVERS: {
    schema: z.string().regex(/^[\d.:a-fA-F[\], ]+$/, say('cli.must_be_addresses')),
    fallback: '',
  },
  CLEW_UPLOAD_LIMIT_MB: {
    schema: whole(1, 10_000),
    fallback: '20',
  },
  CLEW_RATE_LIMIT: {
    schema: whole(1, 1_000_000),
    fallback: '600',
  },
  CLEW_EVALUATE_KEY: {
    schema: z.string().min(16, say('cli.must_be_long', { least: '16' })),
    fallback: '',
    secret: true,
  },
  CLEW_LOG_LEVEL: {
    schema: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings

/** What a setting is for. */
export const aboutSetting = (name: SettingName): string =>
  say(`cli.setting_${name.toLowerCase() as Lowercase<SettingName>}`)

export type Config = {
  port: number
  host: string
  dataDir: string
  baseUrl: string | undefined
  databaseUrl: string | undefined
  trustProxy: false | number | string
  tls: { certFile: string; keyFile: string } | undefined
  smtpUrl: string | undefined
  mailFrom: string
  filesUrl: string | undefined
  filesKey: string | undefined
  /** Whom to ask about viruses. */
  clamd: ClamdAddress | undefined
  maxCaptureBytes: number
  captureRetentionDays: number
  backupDays: number
  sanitising: { policy: 'standard' | 'strict'; keepBodiesOf: string[]; rules: SanitiseRule[] }
  brand: string
  appHost: string
  supportEmail: string
  /** The operator's own model; the workspace may choose another. */
  model: { url: string; name: string; key: string | undefined } | undefined
  modelHttpHosts: string[]
  /** A program and what it is given; never from the workspace. */
  lookupCommand: [string, ...string[]] | undefined
  lookupHosts: string[]
  /** Where identity providers may be although it is inside the network. */
  ssoHosts: string[]
  streamHosts: string[]
  /** Name servers to begin with when a domain is checked; their port is where the domain's own are asked too. */
  dnsServers: string[]
  uploadLimitBytes: number
  rateLimitPerMinute: number
  evaluateKey: string | undefined
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/**
 * Reads the settings once from the environment. Throws a `ConfigError` that names the setting, what was wrong with it
 * and what it may be.
 */
export function readConfig(env: Record<string, string | undefined>, cwd: string): Config {
  const given = (name: SettingName): string => env[name]?.trim() || settings[name].fallback
  const value = <T>(name: SettingName): T | undefined => {
    const found = given(name)
    if (found === '') return undefined
    const parsed = settings[name].schema.safeParse(found)
    if (parsed.success) return parsed.data as T
    throw new ConfigError(
      say('cli.setting_wrong', { name, problem: problemOf(parsed.error), about: aboutSetting(name) }),
    )
  }
  const need = <T>(name: SettingName): T => value<T>(name) as T
  return {
    port: need('PORT'),
    host: need('HOST'),
    dataDir: dataFolder(absolute(need('CLEW_DATA_DIR'), cwd)),
    baseUrl: value<string>('CLEW_BASE_URL')?.replace(/\/+$/, ''),
    databaseUrl: value('DATABASE_URL'),
    trustProxy: trustProxy(value('CLEW_TRUST_PROXY')),
    tls: tls(value('CLEW_TLS_CERT'), value('CLEW_TLS_KEY'), cwd),
    smtpUrl: value('CLEW_SMTP_URL'),
    mailFrom: need('CLEW_MAIL_FROM'),
    filesUrl: value('CLEW_FILES_URL'),
    filesKey: value('CLEW_FILES_KEY'),
    clamd: clamdAddress(value('CLEW_CLAMD_ADDRESS')),
    maxCaptureBytes: need<number>('CLEW_MAX_CAPTURE_MB') * 1_000_000,
    captureRetentionDays: need('CLEW_CAPTURE_RETENTION_DAYS'),
    backupDays: need('CLEW_BACKUP_DAYS'),
    sanitising: {
      policy: need('CLEW_HAR_POLICY'),
      keepBodiesOf: listOf(value('CLEW_HAR_KEEP_BODIES_OF')),
      rules: rulesIn(value('CLEW_HAR_RULES_FILE'), cwd),
    },
    brand: need('CLEW_BRAND'),
    appHost: need('CLEW_APP_HOST'),
    supportEmail: need('CLEW_SUPPORT_EMAIL'),
    model: model(value('CLEW_MODEL_URL'), value('CLEW_MODEL_NAME'), value('CLEW_MODEL_KEY')),
    modelHttpHosts: listOf(value('CLEW_MODEL_HTTP_HOSTS')).map((host) => host.toLowerCase()),
    lookupCommand: command(value('CLEW_LOOKUP_COMMAND')),
    lookupHosts: listOf(value('CLEW_LOOKUP_HOSTS')).map((host) => host.toLowerCase()),
    ssoHosts: listOf(value('CLEW_SSO_HOSTS')).map((host) => host.toLowerCase()),
    streamHosts: listOf(value('CLEW_STREAM_HOSTS')).map((host) => host.toLowerCase()),
    dnsServers: listOf(value('CLEW_DNS_SERVERS')),
    uploadLimitBytes: need<number>('CLEW_UPLOAD_LIMIT_MB') * 1_000_000,
    rateLimitPerMinute: need('CLEW_RATE_LIMIT'),
    evaluateKey: value('CLEW_EVALUATE_KEY'),
    logLevel: need('CLEW_LOG_LEVEL'),
  }
}

function model(url: string | undefined, name: string | undefined, key: string | undefined): Config['model'] {
  if (url === undefined && name === undefined) return undefined
  if (url === undefined || name === undefined)
    throw new ConfigError(say('cli.settings_together', { one: 'CLEW_MODEL_URL', other: 'CLEW_MODEL_NAME' }))
  return { url: url.replace(/\/+$/, ''), name, key }
}

const Command = z.tuple([z.string().min(1)], z.string())

function command(text: string | undefined): Config['lookupCommand'] {
  if (text === undefined) return undefined
  try {
    return Command.parse(JSON.parse(text))
  } catch (cause) {
    throw new ConfigError(say('cli.lookup_command_wrong'), { cause })
  }
}

// Every schema of the table has a sentence of its own for what it refuses.
const problemOf = (error: z.ZodError): string => error.issues[0]?.message ?? ''

const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

function rulesIn(file: string | undefined, cwd: string): SanitiseRule[] {
  if (file === undefined) return []
  const parsed = parseSanitiseRules(readJson(absolute(file, cwd)))
  if (parsed.ok) return parsed.rules
  const [first] = parsed.problems
  const problem = first?.message[say.locale] ?? ''
  throw new ConfigError(say('cli.har_rule_wrong', { place: first?.path ?? file, problem }))
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'not_json' : 'unreadable'
    throw new ConfigError(say(`cli.setting_file_${why}`, { name: 'CLEW_HAR_RULES_FILE', file }))
  }
}

function clamdAddress(text: string | undefined): ClamdAddress | undefined {
  if (text === undefined) return undefined
  if (text.startsWith('/')) return { path: text }
  const at = text.lastIndexOf(':')
  return { host: text.slice(0, at).replace(/^\[(.+)\]$/, '$1'), port: Number(text.slice(at + 1)) }
}

const absolute = (path: string, cwd: string): string => (isAbsolute(path) ? path : resolve(cwd, path))

function trustProxy(value: string | undefined): Config['trustProxy'] {
  if (value === undefined) return false
  return /^\d+$/.test(value) ? Number(value) : value
}

function tls(cert: string | undefined, key: string | undefined, cwd: string): Config['tls'] {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) {
    throw new ConfigError(say('cli.settings_together', { one: 'CLEW_TLS_CERT', other: 'CLEW_TLS_KEY' }))
  }
  const files = { certFile: absolute(cert, cwd), keyFile: absolute(key, cwd) }
  const found = tlsProblem(files.certFile, files.keyFile)
  if (found === undefined) return files
  const [name, file] = found.which === 'cert' ? ['CLEW_TLS_CERT', files.certFile] : ['CLEW_TLS_KEY', files.keyFile]
  throw new ConfigError(say(`cli.setting_file_${found.problem}`, { name, file }))
}

/** A folder, or one that can still be made: nothing on the way to it is a file. */
function dataFolder(folder: string): string {
  let there = folder
  while (!existsSync(there)) there = dirname(there)
  if (!statSync(there).isDirectory()) throw new ConfigError(say('cli.data_dir_no_folder', { folder: there }))
  return folder
}
