import { withoutCode } from '@clew/client/code-blocks'
import type { Fact } from '@clew/contract/cases'
import type { CaseT } from './case-words.ts'

/** One line that says what is known, for cards and chips. */
export function factText(fact: Fact, words: CaseT): string {
  switch (fact.field) {
    case 'problem':
      return withoutCode(fact.value.text)
    case 'policy_message':
      return fact.value.message
    case 'steps':
      return fact.value.items.join(' → ')
    case 'timestamps':
      return momentText(fact, words)
    case 'account':
      return join(fact.value.email, planName(fact.value.plan), fact.value.billingEmail)
    case 'request_ids':
      return join(...fact.value.requestIds, ...fact.value.completionIds)
    case 'visuals':
      return join(words('case.fact_pictures', { count: fact.value.attachmentIds.length }), ...fact.value.snippets)
    case 'environment':
      return environmentText(fact.value, words)
    case 'workspace':
      return join(fact.value.name, fact.value.workspaceId, fact.value.organisationId, fact.value.projectId)
    case 'assistant_id':
      return fact.value.url ?? fact.value.id
  }
}

type Moment = Extract<Fact, { field: 'timestamps' }>

/** As it was said; a recording says it for machines, so it is told by the reader's clock. */
const momentText = (fact: Moment, words: CaseT): string =>
  recordedMoment(fact, words, 'short') ?? join(fact.value.said, fact.value.zone)

/** As the reader would have typed it; the server reads it back to the second. */
export const typedMoment = (fact: Moment, words: CaseT): string =>
  recordedMoment(fact, words, 'medium') ?? fact.value.said

function recordedMoment({ source, value }: Moment, words: CaseT, timeStyle: 'short' | 'medium'): string | undefined {
  if (source !== 'har' || value.utc === undefined) return undefined
  return words.format.date(value.utc, { dateStyle: 'medium', timeStyle })
}

function environmentText(value: Extract<Fact, { field: 'environment' }>['value'], words: CaseT): string {
  return join(
    [value.browser, value.browserVersion].filter(Boolean).join(' '),
    [value.os, value.osVersion].filter(Boolean).join(' '),
    value.device && words(`case.device_${value.device}`),
    value.network && words(`case.network_${value.network}`),
    value.vpn === true && words('case.fact_vpn'),
  )
}

/** Plans are names: written the same in every language. */
export const planName = (plan: string | undefined): string | undefined =>
  plan && plan.charAt(0).toUpperCase() + plan.slice(1)

const join = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join(', ')
