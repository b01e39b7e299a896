import { parseArgs } from 'node:util'
import { CreateOrganisation } from '@clew/contract/members'
import type { core } from 'zod'
import { openOrganisation } from './domains/organisations/index.ts'
import { AppError } from './platform/app-error.ts'
import { type Config, ConfigError, readConfig } from './platform/config.ts'
import { inputSentence, problemsOf } from './platform/http/input-problem.ts'
import { createLog } from './platform/log.ts'
import { say } from './say.ts'
import { joinServer, startClew } from './start-up.ts'

type Print = (line: string) => void

/** `organisation create`: a customer's organisation; prints the link by which its first owner joins. */
export async function organisationCommand([verb, ...rest]: readonly string[], print: Print): Promise<number> {
  const { values } = parseArgs({
    args: [...rest],
    options: {
      name: { type: 'string' },
      slug: { type: 'string' },
      'owner-email': { type: 'string' },
      seats: { type: 'string' },
      region: { type: 'string' },
      locale: { type: 'string', default: 'en' },
    },
  })
  if (verb !== 'create') throw new ConfigError(say('cli.organisation_usage'))
  const input = readInput(values)
  const config = readConfig(process.env, process.cwd())
  const { clew, stop } = await startClew({ config, log: createLog('warn') }, () => undefined, joinServer)
  try {
    const { organisation, ownerLink } = await openOrganisation(clew.newCtx('organisation.create'), input, {
      brand: () => clew.house.settings.current().brand.name,
      baseUrl: () => config.baseUrl ?? localUrl(config),
      hasMailServer: config.smtpUrl !== undefined,
    }).catch((error: unknown) => {
      throw asSentence(error)
    })
    print(say('cli.organisation_created', { name: organisation.name, slug: organisation.slug }))
    if (ownerLink !== null) print(ownerLink)
    return 0
  } finally {
    await stop()
  }
}

type Given = Partial<Record<'name' | 'slug' | 'owner-email' | 'seats' | 'region' | 'locale', string>>

function readInput(values: Given): CreateOrganisation {
  const input = CreateOrganisation.safeParse({
    name: values.name,
    slug: values.slug,
    ownerEmail: values['owner-email'],
    locale: values.locale,
    ...(values.seats === undefined ? {} : { seats: Number(values.seats) }),
    ...(values.region === undefined ? {} : { region: values.region }),
  })
  if (input.success) return input.data
  const [issue] = input.error.issues
  throw new ConfigError(issue ? sentenceOf(issue) : say('cli.organisation_usage'))
}

/** Which option does not fit, and how. */
function sentenceOf(issue: core.$ZodIssue): string {
  const field = String(issue.path[0])
  const option = `--${field === 'ownerEmail' ? 'owner-email' : field}`
  const [problem] = problemsOf(issue)
  if (problem?.code === 'missing') return say('cli.option_missing', { option, usage: say('cli.organisation_usage') })
  if (field === 'slug') return say('cli.slug_wrong', { option })
  return inputSentence({ code: 'other', ...problem, path: option }, say.locale)
}

const asSentence = (error: unknown): unknown =>
  error instanceof AppError && error.code === 'organisation.slug_taken'
    ? new ConfigError(say('cli.organisation_slug_taken', { slug: String(error.params['slug'] ?? '') }))
    : error

const localUrl = ({ tls, port }: Config): string => `${tls ? 'https' : 'http'}://localhost:${port}`
