import { type Config, ConfigError } from './platform/config.ts'
import { codeOf } from './platform/database.ts'
import { say } from './say.ts'

/** Every port and address that cannot be had is a sentence for the operator; anything else stays what it is. */
export function cannotListen(error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): unknown {
  const code = codeOf(error)
  if (code === '' || !(error instanceof Error && 'syscall' in error)) return error
  const where = { host, port: String(port), reason: code }
  if (code === 'EADDRINUSE') return new ConfigError(say('cli.port_in_use', where))
  if (code === 'EACCES') return new ConfigError(say('cli.port_not_allowed', where))
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code))
    return new ConfigError(say('cli.host_not_here', where))
  return new ConfigError(say('cli.cannot_listen', where))
}
