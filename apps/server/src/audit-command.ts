import { createPublicKey, type KeyObject } from 'node:crypto'
import { accessSync, constants, createReadStream, readFileSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { OrganisationId } from '@clew/contract/primitives'
import type { Clew } from './clew.ts'
import { listChains, type Verdict, verifyExport, verifyOrganisation } from './domains/audit/index.ts'
import { listOrganisations } from './domains/organisations/index.ts'
import { ConfigError, readConfig } from './platform/config.ts'
import { codeOf } from './platform/database.ts'
import { createLog } from './platform/log.ts'
import { say } from './say.ts'
import { joinServer, startClew } from './start-up.ts'

type Print = (line: string) => void

/** `audit verify`: whether the chains are as they were written. Answers 1 when one is not. */
export async function auditCommand([verb, ...rest]: readonly string[], print: Print): Promise<number> {
  const { values } = parseArgs({
    args: [...rest],
    options: { organisation: { type: 'string' }, file: { type: 'string' }, key: { type: 'string' } },
  })
  if (verb !== 'verify') throw new ConfigError(say('cli.audit_usage'))
  if (values.file !== undefined) return verifyFile(values.file, values.key, print)
  const config = readConfig(process.env, process.cwd())
  const { clew, stop } = await startClew({ config, log: createLog('warn') }, () => undefined, joinServer)
  try {
    return await verifyChains(clew, values.organisation, print)
  } finally {
    await stop()
  }
}

/** Every chain, or that of one organisation. */
export async function verifyChains(clew: Clew, slug: string | undefined, print: Print): Promise<number> {
  const ctx = clew.newCtx('audit.verify')
  const organisations = await ctx.transaction(listOrganisations)
  const named = slug === undefined ? undefined : organisations.find((each) => each.slug === slug)
  if (slug !== undefined && named === undefined) throw new ConfigError(say('cli.audit_no_organisation', { slug }))
  const ids = named ? [named.id] : await listChains(ctx)
  if (ids.length === 0) print(say('cli.audit_none'))
  const names = new Map<OrganisationId, string>(organisations.map((each) => [each.id, each.slug]))
  let isWhole = true
  for (const id of ids) {
    const verdict = await verifyOrganisation(ctx, id, { parts: clew.house.audit })
    print(sentenceOf(names.get(id) ?? id, verdict))
    isWhole &&= verdict.fault === undefined
  }
  return isWhole ? 0 : 1
}

function sentenceOf(name: string, verdict: Verdict): string {
  const { fault, count, firstSeq, lastSeq, since, checkpoints, erased } = verdict
  if (fault) return say(`cli.audit_${fault.kind}`, { name, seq: String(fault.seq) })
  if (count === 0) return say('cli.audit_empty', { name, checkpoints })
  const range = { first: String(firstSeq), last: String(lastSeq), since: since ?? '' }
  return say('cli.audit_whole', { name, count, ...range, checkpoints, erased })
}

async function verifyFile(file: string, keyFile: string | undefined, print: Print): Promise<number> {
  const key = keyFile === undefined ? undefined : publicKeyIn(keyFile)
  readable(file, () => {
    if (statSync(file).isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
    accessSync(file, constants.R_OK)
  })
  const found = await verifyExport(() => createInterface({ input: createReadStream(file), crlfDelay: Infinity }), key)
  if (found === undefined) throw new ConfigError(say('cli.audit_file_unreadable', { file }))
  if (found.hasOwnKey) print(say('cli.audit_file_own_key'))
  const name = found.organisationId
  if (!found.isFiltered) {
    print(sentenceOf(name, found.verdict))
    return found.verdict.fault ? 1 : 0
  }
  const { fault, count } = found
  print(
    fault
      ? say(`cli.audit_${fault.kind}`, { name, seq: String(fault.seq) })
      : say('cli.audit_file_filtered', { name, count }),
  )
  return fault ? 1 : 0
}

/** Does what reads the file; what the system refuses is a sentence. */
function readable<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new ConfigError(say('cli.file_unusable', { file, reason: codeOf(error) }), { cause: error })
  }
}

function publicKeyIn(file: string): KeyObject {
  const pem = readable(file, () => readFileSync(file, 'utf8'))
  try {
    return createPublicKey(pem)
  } catch (cause) {
    throw new ConfigError(say('cli.key_unreadable', { file }), { cause })
  }
}
