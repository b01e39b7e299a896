import { ConfigError } from './config.ts'
import type { ConnectionSettings } from './database.ts'
import { say } from './say.ts'

/** Reads a PostgreSQL address (RFC 3986 with the parameters of libpq: `host` for a socket folder, `sslmode`). */
export function connectionOf(databaseUrl: string): ConnectionSettings {
  const url = readUrl(databaseUrl)
  const ssl = sslOf(url.searchParams.get('sslmode'))
  return {
    host: url.searchParams.get('host') ?? (url.hostname || 'localhost'),
    port: Number(url.port || url.searchParams.get('port') || 5432),
    user: decoded(url.username),
    password: decoded(url.password),
    database: decoded(url.pathname.slice(1)) || 'postgres',
    ...(ssl ? { ssl } : {}),
  }
}

/** What libpq calls `allow` and `prefer` would go on in the clear without a word; the driver cannot, and nobody should. */
function sslOf(sslmode: string | null): { rejectUnauthorized: boolean } | undefined {
  if (sslmode === null || sslmode === 'disable') return undefined
  if (!['require', 'verify-ca', 'verify-full'].includes(sslmode))
    throw new ConfigError(say('cli.database_sslmode', { given: sslmode }))
  return { rejectUnauthorized: sslmode.startsWith('verify') }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new ConfigError(say('cli.database_url_unreadable'), { cause })
  }
}

/** `postgres://user@/db?host=…` has no host, which the URL standard does not allow for; a placeholder lets it be read. */
function readUrl(databaseUrl: string): URL {
  try {
    return new URL(
      databaseUrl.replace(
        /^postgres(ql)?:\/\/([^/?#]*@)?(?=[/?#])/,
        (_all, _ql, user: string | undefined) => `postgres://${user ?? ''}localhost`,
      ),
    )
  } catch (cause) {
    throw new ConfigError(say('cli.database_url_unreadable'), { cause })
  }
}
