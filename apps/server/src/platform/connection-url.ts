import { ConfigError } from './config.ts'
import type { ConnectionSettings } from './database.ts'
import { say } from './say.ts'

/** Reads a PostgreSQL address (RFC 3986 with the parameters of libpq: `host` for a socket folder, `sslmode`). */
export function connectionOf(databaseUrl: string): ConnectionSettings {
  const url = readUrl(databaseUrl)
  const sslmode = url.searchParams.get('sslmode')
  const ssl =
    sslmode === null || sslmode === 'disable' ? undefined : { rejectUnauthorized: sslmode.startsWith('verify') }
  return {
    host: url.searchParams.get('host') ?? (url.hostname || 'localhost'),
    port: Number(url.port || url.searchParams.get('port') || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    ...(ssl ? { ssl } : {}),
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
