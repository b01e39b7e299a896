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
  const lifeDays = Number(values.days)
  const isLife = Number.isInteger(lifeDays) && lifeDays >= tokenLifeDays.least && lifeDays <= tokenLifeDays.most
  const slug = values.organisation
  if (verb !== 'token' || slug === undefined || !isLife) throw new ConfigError(say('cli.scim_usage'))
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

function asSentence(error: unknown, { slug, address }: { slug: string; address: string }): unknown {
  if (!(error instanceof AppError)) return error
  if (error.code === 'organisation.not_found') return new ConfigError(say('cli.scim_no_organisation', { slug }))
  if (error.code === 'member.not_found') return new ConfigError(say('cli.scim_no_member', { slug, address }))
  if (error.code === 'provisioning.connection_not_found')
    return new ConfigError(say('cli.scim_which_connection', { slug }))
  return error
}

const localUrl = ({ tls, port }: Config): string => `${tls ? 'https' : 'http'}://localhost:${port}`
