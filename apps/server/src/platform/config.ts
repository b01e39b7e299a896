import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import type { SanitiseRule } from '@clew/har'
import { parseSanitiseRules } from '@clew/har/sanitise-rules'
import { z } from 'zod'
import type { ClamdAddress } from './clamd.ts'

/** A setting that cannot be used. The message is one sentence for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`)
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' })
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://')

type Setting = { schema: z.ZodType; fallback: string; secret?: boolean; about: string }

/** Every setting Clew reads, with its default. `clew config` prints this table. */
export const settings = {
  PORT: { schema: whole(0, 65_535), fallback: '3000', about: 'Port to listen on.' },
  HOST: { schema: z.string().min(1), fallback: '127.0.0.1', about: 'Address to listen on; 0.0.0.0 for every network.' },
  CLEW_DATA_DIR: {
    schema: z.string().min(1),
    fallback: 'data',
    about: 'Folder for the embedded database, files and kept mail.',
  },
  CLEW_BASE_URL: {
    schema: httpUrl,
    fallback: '',
    about: 'Address under which people reach Clew, e.g. https://help.example.com.',
  },
  DATABASE_URL: {
    schema: postgresUrl,
    fallback: '',
    secret: true,
    about: 'PostgreSQL 15 or later; empty: the embedded one.',
  },
  CLEW_TRUST_PROXY: {
    schema: z.string().regex(/^(\d+|[\d.:a-fA-F/, ]+)$/, 'must be a number of proxies or a list of their addresses'),
    fallback: '',
    about: 'Proxies in front of Clew: how many, or their addresses (10.0.0.0/8).',
  },
  CLEW_TLS_CERT: {
    schema: z.string().min(1),
    fallback: '',
    about: 'Certificate chain (PEM file) to serve https without a proxy.',
  },
  CLEW_TLS_KEY: { schema: z.string().min(1), fallback: '', about: 'Private key (PEM file) for CLEW_TLS_CERT.' },
  CLEW_SMTP_URL: {
    schema: z.string().regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://'),
    fallback: '',
    secret: true,
    about: 'Mail server, e.g. smtp://user:password@mail.example.com:587; empty: mail is kept in the data folder.',
  },
  CLEW_MAIL_FROM: {
    schema: z.string().regex(/@/, 'must hold an address'),
    fallback: 'Clew <support@localhost>',
    about: 'Sender of outgoing mail.',
  },
  CLEW_FILES_URL: {
    schema: z.string().regex(/^(file|s3|s3\+http):\/\//, 'must start with file://, s3:// or s3+http://'),
    fallback: '',
    secret: true,
    about: 'Where files are kept: file:///folder or s3://key:secret@host/bucket; empty: the data folder.',
  },
  CLEW_FILES_KEY: {
    schema: z.string().min(1),
    fallback: '',
    secret: true,
    about:
      'Key that encrypts files: 32 random bytes in base64 or hex; several, newest first, behind commas; empty: one kept in the data folder.',
  },
  CLEW_CLAMD_ADDRESS: {
    schema: z.string().regex(/^(\/.+|.+:\d{1,5})$/, 'must be host:port or the path of a socket'),
    fallback: '',
    about: 'ClamAV’s daemon, which looks at every file before anybody can open it: host:port or a socket; empty: none.',
  },
  CLEW_MAX_CAPTURE_MB: {
    schema: whole(25, 100_000),
    fallback: '1000',
    about: 'Largest capture or other file by resumable upload, in MB; up to 25 MB a file is attached directly.',
  },
  CLEW_CAPTURE_RETENTION_DAYS: {
    schema: whole(1, 3650),
    fallback: '30',
    about: 'Days after which the file of a capture is deleted; its findings stay.',
  },
  CLEW_BACKUP_DAYS: {
    schema: whole(0, 3650),
    fallback: '14',
    about: 'For how many days backups are kept: what was deleted is in them for so long. Only said, never done.',
  },
  CLEW_HAR_POLICY: {
    schema: z.enum(['standard', 'strict']),
    fallback: 'standard',
    about: 'How captures are cleaned: standard keeps what diagnosis needs; strict keeps no words at all.',
  },
  CLEW_HAR_KEEP_BODIES_OF: {
    schema: z.string().max(5_000),
    fallback: '',
    about: 'Hosts whose bodies stay readable in captures, behind commas; secrets in them still go.',
  },
  CLEW_HAR_RULES_FILE: {
    schema: z.string().min(1),
    fallback: '',
    about: 'JSON file with your own rules for cleaning captures; see docs/har.md.',
  },
  CLEW_BRAND: {
    schema: z.string().min(1).max(80),
    fallback: 'Northlight',
    about: 'Name shown to people who ask for help.',
  },
  CLEW_APP_HOST: {
    schema: z.string().min(1).max(200),
    fallback: 'app.northlight.example',
    about: 'Host of the product you support; named in articles, first-party in captures.',
  },
  CLEW_SUPPORT_EMAIL: {
    schema: z.email(),
    fallback: 'support@northlight.example',
    about: 'Address for help, named in articles.',
  },
  CLEW_MODEL_URL: {
    schema: httpUrl,
    fallback: '',
    about: 'OpenAI-compatible model to ask, e.g. https://models.example.com/v1; empty: none.',
  },
  CLEW_MODEL_NAME: { schema: z.string().min(1).max(200), fallback: '', about: 'Name of the model at CLEW_MODEL_URL.' },
  CLEW_MODEL_KEY: {
    schema: z.string().min(1).max(500),
    fallback: '',
    secret: true,
    about: 'Key for CLEW_MODEL_URL; it is sent to no other address.',
  },
  CLEW_MODEL_HTTP_HOSTS: {
    schema: z.string().max(2_000),
    fallback: '',
    about: 'Hosts where the workspace may set a model over plain http, behind commas; this very machine always may.',
  },
  CLEW_LOOKUP_COMMAND: {
    schema: z.string().max(4_000),
    fallback: '',
    secret: true,
    about: 'Program that looks up request ids, as a JSON list: ["/usr/local/bin/lookup","--json"]; empty: none.',
  },
  CLEW_LOOKUP_HOSTS: {
    schema: z.string().max(2_000),
    fallback: '',
    about: 'Hosts inside your network, or on http, that request ids may be looked up at, behind commas.',
  },
  CLEW_STREAM_HOSTS: {
    schema: z.string().max(2_000),
    fallback: '',
    about: 'Hosts inside your network, or without encryption, that audit events may be sent to, behind commas.',
  },
  CLEW_SSO_HOSTS: {
    schema: z.string().max(2_000),
    fallback: '',
    about: 'Identity providers inside your network, or on http, that organisations may connect, behind commas.',
  },
  CLEW_DNS_SERVERS: {
    schema: z.string().regex(/^[\d.:a-fA-F[\], ]+$/, 'must be a list of addresses, each with or without a port'),
    fallback: '',
    about:
      'Whom to ask which name servers a domain has, behind commas (192.0.2.53 or 192.0.2.53:53); empty: the system’s.',
  },
  CLEW_UPLOAD_LIMIT_MB: {
    schema: whole(1, 10_000),
    fallback: '20',
    about: 'Upload limit of the product you support, in MB; named in articles and findings.',
  },
  CLEW_RATE_LIMIT: {
    schema: whole(1, 1_000_000),
    fallback: '600',
    about: 'Requests a minute from one address.',
  },
  CLEW_EVALUATE_KEY: {
    schema: z.string().min(16, 'must have at least 16 characters'),
    fallback: '',
    secret: true,
    about: 'Opens POST /api/v1/assistant/evaluate to who sends it as bearer token; empty: closed.',
  },
  CLEW_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
    about: 'How much is logged.',
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings

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
  const text = (name: SettingName): string => env[name]?.trim() || settings[name].fallback
  const value = <T>(name: SettingName): T | undefined => {
    const given = text(name)
    if (given === '') return undefined
    const parsed = settings[name].schema.safeParse(given)
    if (parsed.success) return parsed.data as T
    throw new ConfigError(`${name} ${problemOf(parsed.error)}. ${settings[name].about}`)
  }
  const need = <T>(name: SettingName): T => value<T>(name) as T
  return {
    port: need('PORT'),
    host: need('HOST'),
    dataDir: absolute(need('CLEW_DATA_DIR'), cwd),
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
    throw new ConfigError('CLEW_MODEL_URL and CLEW_MODEL_NAME belong together: set both, or neither.')
  return { url: url.replace(/\/+$/, ''), name, key }
}

const Command = z.tuple([z.string().min(1)], z.string())

function command(text: string | undefined): Config['lookupCommand'] {
  if (text === undefined) return undefined
  try {
    return Command.parse(JSON.parse(text))
  } catch (cause) {
    throw new ConfigError('CLEW_LOOKUP_COMMAND must be a JSON list of texts, the program first.', { cause })
  }
}

const problemOf = (error: z.ZodError): string => {
  const message = error.issues[0]?.message ?? 'is not valid'
  return message.startsWith('must') ? message : `cannot be used: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
}

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
  throw new ConfigError(`CLEW_HAR_RULES_FILE: ${first?.path ?? file}: ${first?.message.en ?? 'cannot be used'}`)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'which is not JSON' : 'which cannot be read'
    throw new ConfigError(`CLEW_HAR_RULES_FILE names ${file}, ${why}.`)
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
    throw new ConfigError('CLEW_TLS_CERT and CLEW_TLS_KEY belong together: set both, or neither.')
  }
  const files = { certFile: absolute(cert, cwd), keyFile: absolute(key, cwd) }
  for (const [name, file] of [
    ['CLEW_TLS_CERT', files.certFile],
    ['CLEW_TLS_KEY', files.keyFile],
  ] as const) {
    if (!existsSync(file)) throw new ConfigError(`${name} names ${file}, which does not exist.`)
  }
  return files
}
