import { parseArgs } from 'node:util'
import { tokenLifeDays } from '@clew/contract/provisioning'
import { makeTokenForOrganisation } from './domains/provisioning/index.ts'
import { AppError } from './platform/app-error.ts'
import { type Config, ConfigError, readConfig } from './platform/config.ts'
import { createLog } from './platform/log.ts'
import { say } from './say.ts'
import { joinServer, startClew } from './start-up.ts'

type Print = (line: string) => void

/** `scim token`: prints a new token for scripts, and the base URL that goes with it. */
export async function scimCommand([verb, ...rest]: readonly string[], print: Print): Promise<number> {
  const { values } = parseArgs({
    args: [...rest],
    options: {
      organisation: { type: 'string' },
      connection: { type: 'string' },
      as: { type: 'string' },
      days: { type: 'string', default: String(tokenLifeDays.usual) },
    },
  })
  const slug = values.organisation
  if (verb !== 'token' || slug === undefined) throw new ConfigError(say('cli.scim_usage'))
  const lifeDays = daysOf(values.days)
  const config = readConfig(process.env, process.cwd())
  const { clew, stop } = await startClew({ config, log: createLog('warn') }, () => undefined, joinServer)
  try {
    const made = await makeTokenForOrganisation(clew.newCtx('scim.token'), {
      slug,
      connection: values.connection,
      lifeDays,
      as: values.as,
      baseUrl: config.baseUrl ?? localUrl(config),
    }).catch((error: unknown) => {
      throw asSentence(error, { slug, address: values.as ?? '' })
    })
    print(made.token)
    print(made.baseUrl)
    return 0
  } finally {
    await stop()
  }
}

function daysOf(given: string): number {
  const days = Number(given)
  const { least, most } = tokenLifeDays
  if (Number.isInteger(days) && days >= least && days <= most) return days
  throw new ConfigError(say('cli.option_days', { option: '--days', least: String(least), most: String(most), given }))
}

function asSentence(error: unknown, { slug, address }: { slug: string; address: string }): unknown {
  if (!(error instanceof AppError)) return error
  if (error.code === 'organisation.not_found') return new ConfigError(say('cli.scim_no_organisation', { slug }))
  if (error.code === 'member.not_found') return new ConfigError(say('cli.scim_no_member', { slug, address }))
  if (error.code === 'provisioning.connection_not_found')
    return new ConfigError(say('cli.scim_which_connection', { slug }))
  return error
}

const localUrl = ({ tls, port }: Config): string => `${tls ? 'https' : 'http'}://localhost:${port}`
