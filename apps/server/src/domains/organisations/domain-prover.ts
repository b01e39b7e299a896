import { Resolver } from 'node:dns/promises'
import type { DnsAnswer } from '@clew/contract/domains'
import { isForbiddenAddress, isInsideAddress } from '../../platform/outward-address.ts'
import { nameAndParents } from './domain-names.ts'
import { challengeName, challengeText } from './model.domains.ts'

/** Looks whether a domain has its record. Never throws: what goes wrong is an answer too. */
export type ProveDomain = (domain: { name: string; token: string }) => Promise<DnsAnswer>

type Settings = {
  /** Whom to ask which servers a zone has, as `address:port`; empty: whom this machine asks. */
  servers: readonly string[]
  /** How long one server may take. */
  timeoutMs?: number
}

const mostServers = 6
const mostAliases = 3

/**
 * Asks the zone's own servers, so that neither a resolver's cache nor whoever runs it has a say. One that has the record
 * is enough: while a new record spreads, the others do not know of it yet.
 */
export function domainProver({ servers, timeoutMs = 3_000 }: Settings): ProveDomain {
  const asking = { servers, timeoutMs, port: portOf(servers[0]) }
  return ({ name, token }) => look(asking, { at: challengeName(name), text: challengeText(token), aliases: 0 })
}

type Asking = { servers: readonly string[]; timeoutMs: number; port: number }
type Wanted = { at: string; text: string; aliases: number }

/** Where an operator names the servers to ask, the zones' own listen on the same port. */
const portOf = (server: string | undefined): number => Number(/:(\d{1,5})$/.exec(server ?? '')?.[1] ?? 53)

async function look(asking: Asking, wanted: Wanted): Promise<DnsAnswer> {
  const zone = await serversOf(asking, wanted.at)
  if (typeof zone === 'string') return zone
  const answers = await Promise.all(zone.map((server) => askOne(asking, server, wanted)))
  const alias = answers.find((each) => typeof each !== 'string')
  const plain = answers.filter((each) => typeof each === 'string')
  if (alias !== undefined && !plain.includes('found') && wanted.aliases < mostAliases)
    return look(asking, { ...wanted, at: alias.alias, aliases: wanted.aliases + 1 })
  return tellingOf(plain)
}

/** What several servers say, as one: that it is there before that it is not, and either before that nobody knows. */
const tellingOrder: readonly DnsAnswer[] = ['found', 'other_text', 'none', 'no_domain', 'refused', 'failed', 'timeout']
const tellingOf = (answers: readonly DnsAnswer[]): DnsAnswer =>
  tellingOrder.find((each) => answers.includes(each)) ?? 'none'

/** The addresses of the servers of the zone that a name is in. */
async function serversOf({ servers, timeoutMs, port }: Asking, name: string): Promise<string[] | DnsAnswer> {
  const resolver = resolverFor(servers, timeoutMs)
  let last: DnsAnswer = 'no_domain'
  for (const each of nameAndParents(name)) {
    try {
      const names = await resolver.resolveNs(each)
      return await addressesOf(resolver, names, { port, mayBeInside: servers.length > 0 })
    } catch (error) {
      last = answerOf(error)
      if (last !== 'none' && last !== 'no_domain') return last
    }
  }
  return last
}

async function addressesOf(
  resolver: Resolver,
  names: readonly string[],
  { port, mayBeInside }: { port: number; mayBeInside: boolean },
): Promise<string[] | DnsAnswer> {
  const asked = names.slice(0, mostServers).flatMap((name) => [resolver.resolve4(name), resolver.resolve6(name)])
  const found = (await Promise.allSettled(asked)).flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  // Whoever runs a zone says where its servers are. That must not lead into our own network.
  const allowed = found.filter((each) => !isForbiddenAddress(each) && (mayBeInside || !isInsideAddress(each)))
  if (allowed.length === 0) return 'no_servers'
  return allowed.slice(0, mostServers).map((each) => (each.includes(':') ? `[${each}]:${port}` : `${each}:${port}`))
}

async function askOne({ timeoutMs }: Asking, server: string, wanted: Wanted): Promise<DnsAnswer | { alias: string }> {
  const resolver = resolverFor([server], timeoutMs)
  const answer = await textsAt(resolver, wanted)
  if (answer !== 'none' && answer !== 'no_domain') return answer
  const alias = await resolver.resolveCname(wanted.at).then(
    ([target]) => target,
    () => undefined,
  )
  return alias === undefined ? answer : { alias: alias.toLowerCase() }
}

async function textsAt(resolver: Resolver, { at, text }: Wanted): Promise<DnsAnswer> {
  try {
    // One text may come in several pieces of 255 bytes, and some panels store the quotation marks.
    const texts = (await resolver.resolveTxt(at)).map((pieces) =>
      pieces
        .join('')
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    )
    if (texts.includes(text)) return 'found'
    // An answer with nothing but an alias is told as no texts at all.
    return texts.length === 0 ? 'none' : 'other_text'
  } catch (error) {
    return answerOf(error)
  }
}

function resolverFor(servers: readonly string[], timeoutMs: number): Resolver {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
  if (servers.length > 0) resolver.setServers(servers)
  return resolver
}

function answerOf(error: unknown): DnsAnswer {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENODATA':
      return 'none'
    case 'ENOTFOUND':
      return 'no_domain'
    case 'EREFUSED':
      return 'refused'
    case 'ETIMEOUT':
    case 'ECONNREFUSED':
      return 'timeout'
    default:
      return 'failed'
  }
}
