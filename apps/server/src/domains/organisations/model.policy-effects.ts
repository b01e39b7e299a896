import type { MemberId } from '@clew/contract/primitives'
import type { PolicyEffect, PolicyName, PolicyValue, PolicyValues } from '@clew/contract/security-policies'
import { countsAsOwn, covers, type DomainRow, domainOfEmail } from './model.domains.ts'
import { apiKeyProblem, attachmentProblem, type FileFacts } from './model.policies.ts'
import type { OpenKey, OpenLink, OpenSession, Standing } from './policy-facts.ts'

/** What is known of an organisation when a rule is about to change; each part is asked for only where it matters. */
export type Situation = {
  now: Date
  /** Who saves: what would shut them out is not saved. */
  you: { id: MemberId; address: string | undefined; sessionId: string | undefined }
  /** Whether a list of addresses lets one in. */
  isAllowed(rule: PolicyValue<'ip_allow_list'>, address: string | undefined): boolean
  members(): Promise<readonly { id: MemberId; name: string; email: string }[]>
  sessions(): Promise<readonly OpenSession[]>
  standing(): Promise<ReadonlyMap<MemberId, Standing>>
  keys(): Promise<readonly OpenKey[]>
  links(): Promise<readonly OpenLink[]>
  /** Of the last thirty days. */
  files(): Promise<readonly FileFacts[]>
  domains(): Promise<readonly DomainRow[]>
  invited(): Promise<readonly string[]>
  openRequests(): Promise<number>
}

export type Outcome = { effects: PolicyEffect[]; isDangerous: boolean; isRefused: boolean }

type Change<N extends PolicyName> = { before: PolicyValue<N>; after: PolicyValue<N>; of: Situation }
type Effects = { [N in PolicyName]: (change: Change<N>) => Promise<readonly PolicyEffect[]> }

const dayMs = 86_400_000
const mostNames = 5

/** What people lose at once by a change. Such a one is saved only by who has read it. */
const dangerous: ReadonlySet<PolicyEffect['code']> = new Set([
  'signs_out',
  'signs_you_out',
  'cannot_sign_in',
  'keys_end',
  'links_end',
  'invitations_void',
])

/** What a change would do, in a few sentences. */
export async function effectsOf<N extends PolicyName>(name: N, change: Change<N>): Promise<Outcome> {
  const { before, after } = change
  if (isSame(before, after)) return { effects: [{ code: 'nothing_changes' }], isDangerous: false, isRefused: false }
  const found = await (effects[name] as Effects[N])(change)
  const told: PolicyEffect[] = found.length === 0 ? [{ code: 'from_now_on' }] : [...found]
  const isStrict = name === 'mfa' && (after as PolicyValues['mfa']).graceDays === 0
  return {
    effects: told,
    isDangerous: told.some(({ code }) => dangerous.has(code) || (isStrict && code === 'must_enrol')),
    isRefused: told.some(({ code }) => code === 'locks_you_out'),
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const effects: Effects = {
  mfa: async ({ before, after, of }) => {
    if (after.mode === 'off' || (before.mode === 'required' && before.graceDays <= after.graceDays)) return []
    const standing = await of.standing()
    const members = await of.members()
    const lacking = members.filter(({ id }) => !hasSecondFactor(standing.get(id)))
    if (lacking.length === 0) return []
    const until = new Date(of.now.getTime() + after.graceDays * dayMs).toISOString()
    return [{ code: 'must_enrol', count: lacking.length, of: members.length, names: namesOf(lacking), until }]
  },
  sessions: async ({ before, after, of }) => {
    const ended = (await of.sessions()).filter((each) => !isOver(before, each, of.now) && isOver(after, each, of.now))
    return signedOut(of, ended)
  },
  ip_allow_list: async ({ before, after, of }) => {
    if (!of.isAllowed(after, of.you.address))
      return [{ code: 'locks_you_out', ...(of.you.address === undefined ? {} : { address: of.you.address }) }]
    const ended = (await of.sessions()).filter(
      ({ address }) => address !== undefined && of.isAllowed(before, address) && !of.isAllowed(after, address),
    )
    const told = await signedOut(of, ended)
    return after.ranges.length > 0 ? [...told, { code: 'blocked_addresses', count: after.ranges.length }] : told
  },
  attachments: async ({ before, after, of }) => {
    const files = await of.files()
    const refused = files.filter((each) => !attachmentProblem(before, each) && attachmentProblem(after, each))
    return refused.length === 0 ? [] : [{ code: 'files_refused', count: refused.length, of: files.length }]
  },
  har: async ({ after }) => (after.level === 'strict' ? [{ code: 'words_go' }] : []),
  model: async ({ before, after }) => [
    ...(before.allowed && !after.allowed ? [{ code: 'rules_answer' as const }] : []),
    ...(!before.zeroRetention && after.zeroRetention ? [{ code: 'provider_keeps_nothing' as const }] : []),
  ],
  public_links: async ({ before, after, of }) => {
    const links = await of.links()
    const ended = links.filter((each) => isLinkOpen(before, each, of.now) && !isLinkOpen(after, each, of.now))
    return ended.length === 0 ? [] : [{ code: 'links_end', count: ended.length, of: links.length }]
  },
  api_keys: async ({ before, after, of }) => {
    const keys = await of.keys()
    const ended = keys.filter((each) => isKeyGood(before, each, of.now) && !isKeyGood(after, each, of.now))
    return ended.length === 0 ? [] : [{ code: 'keys_end', count: ended.length, of: keys.length }]
  },
  joining: async ({ before, after, of }) => [
    ...(before.foreignDomains !== after.foreignDomains && after.foreignDomains === 'blocked' ? await shutOut(of) : []),
    ...(before.autoJoin && !after.autoJoin ? await joiningStops(of) : []),
    ...(before.requests && !after.requests ? [{ code: 'requests_stop' as const, count: await of.openRequests() }] : []),
  ],
  passwords: async ({ before, after, of }) => {
    const longer = after.minLength > before.minLength ? [{ code: 'passwords_stay' as const }] : []
    const standing = await of.standing()
    const members = await of.members()
    const stuck = members.filter(({ id }) => hasWay(before, standing.get(id)) && !hasWay(after, standing.get(id)))
    if (stuck.length === 0) return longer
    const isYou = stuck.some(({ id }) => id === of.you.id)
    return [
      ...(isYou ? [{ code: 'locks_you_out' as const }] : []),
      { code: 'cannot_sign_in', count: stuck.length, of: members.length, names: namesOf(stuck) },
      ...longer,
    ]
  },
  support: async ({ after }) => [{ code: after.mayRepairSignIns ? 'support_repairs' : 'support_proposes' }],
  region: async () => [{ code: 'label_only' }],
}

const hasSecondFactor = (standing: Standing | undefined): boolean =>
  standing !== undefined && (standing.hasApp || standing.hasPasskey || standing.hasSso)

/** A link by mail needs nothing of one's own. */
const hasWay = ({ ways }: PolicyValue<'passwords'>, standing: Standing | undefined): boolean =>
  standing?.hasSso === true ||
  ways.includes('magic_link') ||
  (ways.includes('password') && standing?.hasPassword === true) ||
  (ways.includes('passkey') && standing?.hasPasskey === true)

const isOver = (
  { idleMinutes, absoluteHours }: PolicyValue<'sessions'>,
  { createdAt, seenAt }: OpenSession,
  now: Date,
): boolean =>
  now.getTime() - createdAt.getTime() >= absoluteHours * 3_600_000 ||
  now.getTime() - seenAt.getTime() >= idleMinutes * 60_000

async function signedOut(of: Situation, ended: readonly OpenSession[]): Promise<PolicyEffect[]> {
  if (ended.length === 0) return []
  const ids = new Set(ended.map(({ memberId }) => memberId))
  const members = (await of.members()).filter(({ id }) => ids.has(id))
  const isYou = ended.some(({ id }) => id === of.you.sessionId)
  return [
    ...(isYou ? [{ code: 'signs_you_out' as const }] : []),
    { code: 'signs_out', count: ids.size, names: namesOf(members) },
  ]
}

/** Whether the rule lets a link lead anywhere that was made before the rule was. */
export const isLinkOpen = (
  { allowed, maxDays, passwordRequired }: PolicyValue<'public_links'>,
  { createdAt, hasPassword }: Pick<OpenLink, 'createdAt' | 'hasPassword'>,
  now: Date,
): boolean => allowed && (hasPassword || !passwordRequired) && now.getTime() - createdAt.getTime() < maxDays * dayMs

/** A key that lasts too long is good until the day on which it should have ended. */
const isKeyGood = (rule: PolicyValue<'api_keys'>, key: OpenKey, now: Date): boolean =>
  apiKeyProblem(rule, { ...key, lifetimeMs: now.getTime() - key.createdAt.getTime() }) === undefined

async function shutOut(of: Situation): Promise<PolicyEffect[]> {
  const own = (await of.domains()).filter(({ state }) => countsAsOwn(state))
  const isForeign = (email: string) => !own.some((each) => covers(each, domainOfEmail(email)))
  const members = (await of.members()).filter(({ email }) => isForeign(email))
  const invited = (await of.invited()).filter(isForeign)
  return [
    ...(members.length > 0
      ? [{ code: 'foreign_members_stay' as const, count: members.length, names: namesOf(members) }]
      : []),
    ...(invited.length > 0 ? [{ code: 'invitations_void' as const, count: invited.length }] : []),
  ]
}

async function joiningStops(of: Situation): Promise<PolicyEffect[]> {
  const open = (await of.domains()).filter((each) => each.joinsByItself && countsAsOwn(each.state))
  return open.length === 0 ? [] : [{ code: 'joining_stops', names: open.map(({ name }) => name).slice(0, mostNames) }]
}

const namesOf = (members: readonly { name: string }[]): string[] => members.slice(0, mostNames).map(({ name }) => name)
