import type { AgentSession } from '@clew/contract/sessions'
import { isAgentSession } from '../session.ts'

/**
 * The pages of the office in the order of its tree: an organisation's console, and for the support team the settings of
 * the product. A page is shown to whoever has one of its permissions; with none named, to everyone. Those of the support
 * team are for those of it who answer people.
 */
export const officePages = [
  { group: 'people', to: '/console/members', word: 'members', needs: ['members.read'] },
  { group: 'people', to: '/console/groups', word: 'groups', needs: ['members.read'] },
  { group: 'people', to: '/console/roles', word: 'roles', needs: ['members.read'] },
  { group: 'people', to: '/console/cases', word: 'cases', needs: ['cases.read'] },
  { group: 'sign_in', to: '/console/sso', word: 'sso', needs: ['sign_in.read'] },
  { group: 'sign_in', to: '/console/domains', word: 'domains', needs: ['sign_in.read', 'domains.manage'] },
  { group: 'sign_in', to: '/console/provisioning', word: 'provisioning', needs: ['provisioning.read'] },
  { group: 'sign_in', to: '/console/rules', word: 'rules', needs: ['policies.read'] },
  { group: 'sign_in', to: '/console/api-keys', word: 'api_keys', needs: ['api_keys.read'] },
  { group: 'data', to: '/console/retention', word: 'retention', needs: ['retention.read'] },
  { group: 'data', to: '/console/exports', word: 'exports', needs: ['exports.request', 'exports.approve'] },
  { group: 'data', to: '/console/usage', word: 'usage', needs: ['usage.read'] },
  { group: 'record', to: '/console/audit', word: 'audit', needs: ['audit.read'] },
  { group: 'support', to: '/console/organisations', word: 'organisations', needs: ['organisations.manage'] },
  { group: 'product', to: '/settings/identity', word: 'identity', needs: ['identity_keys.manage'] },
  { group: 'product', to: '/settings/brand', word: 'brand', needs: [] },
  { group: 'product', to: '/settings/hours', word: 'hours', needs: [] },
  { group: 'product', to: '/settings/languages', word: 'languages', needs: [] },
  { group: 'product', to: '/settings/bubble', word: 'bubble', needs: [] },
  { group: 'product', to: '/settings/model', word: 'model', needs: [] },
  { group: 'product', to: '/settings/macros', word: 'macros', needs: [] },
  { group: 'product', to: '/settings/connector', word: 'connector', needs: [] },
  { group: 'self', to: '/console/profile', word: 'profile', needs: [] },
  { group: 'self', to: '/console/own-sign-in', word: 'own_sign_in', needs: [] },
] as const satisfies readonly OfficePageShape[]

type OfficePageShape = {
  group: 'self' | 'people' | 'sign_in' | 'data' | 'record' | 'support' | 'product'
  to: `/console/${string}` | `/settings/${string}`
  word: string
  needs: readonly AgentSession['permissions'][number][]
}

export type OfficePage = (typeof officePages)[number]

/** The pages that somebody may see. */
export const pagesFor = (session: AgentSession): readonly OfficePage[] =>
  officePages.filter((page) => isFor(page, session))

function isFor({ group, needs }: OfficePageShape, session: AgentSession): boolean {
  const isOfTeam = group === 'support' || group === 'product'
  if (isOfTeam && !isAgentSession(session)) return false
  return needs.length === 0 || needs.some((each) => session.permissions.includes(each))
}
