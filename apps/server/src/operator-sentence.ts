import { AppError } from './platform/app-error.ts'
import { ConfigError } from './platform/config.ts'
import { codeOf } from './platform/database.ts'
import { DataDirInUseError, DataDirUnusableError, EmbeddedPostgresError } from './platform/embedded-postgres.ts'
import { MigrationError } from './platform/migrations.ts'
import { SealError, StoreError } from './platform/storage/errors.ts'
import { say } from './say.ts'

const forOperators = [ConfigError, MigrationError, EmbeddedPostgresError, StoreError, SealError]

/** What an operator can put right is one sentence; anything else is a defect. */
export function sentenceOf(error: unknown): string | undefined {
  if (error instanceof DataDirInUseError)
    return say('cli.data_dir_in_use', { folder: error.dataDir, pid: String(error.pid) })
  if (error instanceof DataDirUnusableError)
    return say('cli.data_dir_unusable', { folder: error.dataDir, reason: error.reason })
  if (error instanceof AppError && error.code === 'setup.already_done') return say('cli.owner_exists')
  if (error instanceof AppError && error.code.startsWith('password.')) return say('cli.password_easy')
  if (forOperators.some((kind) => error instanceof kind)) return (error as Error).message
  return sentenceOfArguments(error)
}

/** An option that was misspelt, or one that lacks its value. The library's own sentence is English. */
function sentenceOfArguments(error: unknown): string | undefined {
  if (!(error instanceof TypeError)) return undefined
  const option = /'(?:-\w, )?([^' ,=]+)/.exec(error.message)?.[1] ?? ''
  switch (codeOf(error)) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return say('cli.option_unknown', { option })
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return say('cli.option_needs_value', { option })
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return say('cli.argument_unexpected', { option })
    default:
      return undefined
  }
}
