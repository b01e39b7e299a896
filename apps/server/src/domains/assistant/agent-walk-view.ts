import type { AgentWalk } from '@clew/contract/flow-runs'
import type { Locale } from '@clew/contract/primitives'
import {
  type CurrentStep,
  describeRun,
  type Flow,
  type PlaceholderValues,
  type Run,
  type RunDescription,
  slotType,
  triedSteps,
  type Words,
} from '@clew/flows'
import type { SharedParts } from './parts.ts'
import type { AgentWalkRow } from './repository.walks.ts'

type About = {
  parts: SharedParts
  /** The agent reads one, the contact the other. */
  locale: Locale
  contactLocale: Locale
  values: PlaceholderValues
  theirs: readonly Run[]
}

/** A walk for the agent; undefined where its flow is gone. */
export function agentWalkView({ run, articles }: AgentWalkRow, about: About): AgentWalk | undefined {
  const { parts, locale, contactLocale, values } = about
  const flow = parts.flows().find(run.flowId, run.flowVersion) ?? parts.flows().find(run.flowId)
  if (!flow) return undefined
  const read = describeRun(flow, run, { locale, values, audience: 'agent' })
  const offer = offerOf(describeRun(flow, run, { locale: contactLocale, values }))
  return {
    flowId: flow.id,
    title: read.title,
    state: stateOf(run),
    ...(run.state === 'handover' ? { reason: run.reason } : {}),
    lead: read.lead.map(said),
    ...(read.current ? { current: currentOf(flow, read.current, about.theirs) } : {}),
    ...(read.end ? { end: said(read.end) } : {}),
    ...(offer ? { offer } : {}),
    answers: read.steps.flatMap(({ id, title, isCurrent, outcome, answer, said: quote }) =>
      isCurrent || outcome === undefined
        ? []
        : [{ stepId: id, title, outcome, ...(answer ? { answer } : {}), ...(quote ? { said: quote } : {}) }],
    ),
    articles: articlesOf([...articles, ...slugsOf(read)], about),
  }
}

const said = ({ stepId, title, text, note }: Words) => ({
  stepId,
  ...(title ? { title } : {}),
  ...(text ? { text } : {}),
  ...(note ? { note } : {}),
})

function currentOf(flow: Flow, current: CurrentStep, theirs: readonly Run[]): NonNullable<AgentWalk['current']> {
  const type = current.slot === undefined ? undefined : slotType(current.slot)
  const tried = theirs
    .filter(({ flowId }) => flowId === flow.id)
    .flatMap((run) => triedSteps(flow, run, { locale: 'en' }))
    .findLast(({ id }) => id === current.stepId)
  return {
    ...said(current),
    title: current.title,
    ...(current.minutes === undefined ? {} : { minutes: current.minutes }),
    ...(tried ? { tried: tried.outcome } : {}),
    ownWords: type === 'text' || type === 'list',
    replies: current.replies,
  }
}

/** The open step, or the last words, as the contact would read them. */
function offerOf({ lead, current, end }: RunDescription): string {
  const last = current ? [current] : end ? [end] : lead
  return last.map(({ title, text }) => [title, text].filter(Boolean).join('\n')).join('\n\n')
}

const slugsOf = ({ article, lead, current, end }: RunDescription): string[] =>
  [article, ...[...lead, ...(current ? [current] : []), ...(end ? [end] : [])].map((words) => words.article)].filter(
    (slug) => slug !== undefined,
  )

function articlesOf(slugs: readonly string[], { parts, contactLocale }: About): AgentWalk['articles'] {
  const { baseUrl } = parts.flowSettings()
  return [...new Set(slugs)].flatMap((slug) => {
    const article = parts.library().find(contactLocale, slug)
    return article ? [{ slug, title: article.title, url: `${baseUrl}/${contactLocale}/articles/${slug}` }] : []
  })
}

function stateOf(run: Run): AgentWalk['state'] {
  switch (run.state) {
    case 'checking':
      return 'running'
    case 'continued':
      return 'handover'
    default:
      return run.state
  }
}
