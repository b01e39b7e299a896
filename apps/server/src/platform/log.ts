import pino from 'pino'

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'> & { child(bindings: object): Log }

/**
 * The log of the process: JSON lines on standard error, with ids and codes, never bodies, names, addresses or tokens.
 */
export function createLog(level: string, stream: NodeJS.WritableStream = process.stderr): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorWithoutData },
    },
    stream,
  )
}

/** PostgreSQL puts row values into `detail` and `where`; those stay out of the log. */
function errorWithoutData(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error ? { code: error.code } : {}
  const constraint = 'constraint' in error ? { constraint: error.constraint } : {}
  const cause = error.cause === undefined ? {} : { cause: errorWithoutData(error.cause) }
  return { type: error.name, message: error.message, ...code, ...constraint, stack: error.stack, ...cause }
}
