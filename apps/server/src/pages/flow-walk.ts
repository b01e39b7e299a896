import {
  advance,
  answerChecks,
  describeRun,
  type Flow,
  FlowError,
  type FlowLibrary,
  type PlaceholderValues,
  type Progress,
  type Run,
  type RunInput,
  startRun,
} from '@clew/flows'
import type { Locale } from '@clew/i18n'
import type { FlowWalk } from '@clew/site'

const nothingKnown = { slots: {} }
const mostAnswers = 60
const skipped = '~'

type About = {
  flows: FlowLibrary
  flowId: string | undefined
  /** The query of the page: the version that it began with and every answer, `3.still-fails.~`. */
  walk: string | undefined
  locale: Locale
  values: PlaceholderValues
  path: string
  at: string
}

/**
 * A flow on its article's page. The address holds the answers, so it works without a script, can be gone back in and
 * keeps nothing of who reads. What the product would look at in a conversation is unknown here.
 */
export async function flowWalk(about: About): Promise<FlowWalk | undefined> {
  const { flows, flowId, walk, locale } = about
  const live = flowId === undefined ? undefined : flows.find(flowId)
  if (!live) return undefined
  const [version = '', ...answers] = (walk ?? '').split('.').slice(0, mostAnswers + 1)
  const began = flows.find(live.id, Number(version)) ?? live
  const base = { title: live.title[locale], startHref: linkTo(about, began, []) }
  if (walk === undefined) return { ...base, state: 'offered', said: [], replies: [] }
  const standing = await replayed(about, began, began.version === Number(version) ? answers : [])
  return { ...base, ...shown(about, began, standing) }
}

const linkTo = ({ path }: About, began: Flow, given: readonly string[]): string =>
  `${path}?walk=${[began.version, ...given].join('.')}#walk`

function shown(about: About, began: Flow, { flow, run, given }: Standing): Omit<FlowWalk, 'title' | 'startHref'> {
  const { locale, values } = about
  const { lead, current, end } = describeRun(flow, run, { locale, values })
  const replies = current?.replies ?? []
  const to = (more: string): string => linkTo(about, began, [...given, more])
  return {
    state: stateOf(run),
    said: [...lead, ...(current ? [current] : []), ...(end ? [end] : [])].map(words),
    ...(current?.minutes === undefined ? {} : { minutes: current.minutes }),
    replies: replies.map(({ id, label }) => ({ label, href: to(id) })),
    // A question in the person's own words has no button but this one.
    ...(current && replies.length === 0 ? { skipHref: to(skipped) } : {}),
    ...(given.length > 0 ? { backHref: linkTo(about, began, given.slice(0, -1)) } : {}),
  }
}

const words = ({ title, text }: { title?: string; text?: string }): { title?: string; text?: string } => ({
  ...(title === undefined ? {} : { title }),
  ...(text === undefined ? {} : { text }),
})

type Standing = { flow: Flow; run: Run; given: readonly string[] }

/** Everything that was answered, once more; what no longer fits is left out, with all that came after it. */
async function replayed(about: About, began: Flow, answers: readonly string[]): Promise<Standing> {
  let standing = await looked(about, began, startRun(began, nothingKnown))
  for (const answer of answers) {
    const { flow, run, given } = standing
    if (run.state !== 'running') break
    const { at } = about
    const stepId = run.currentStepId
    const input: RunInput =
      answer === skipped ? { type: 'skip', stepId, at } : { type: 'reply', stepId, replyId: answer, at }
    const next = taken(flow, run, input)
    if (!next) break
    standing = { ...(await looked(about, flow, next)), given: [...given, answer] }
  }
  return standing
}

function taken(flow: Flow, run: Run, input: RunInput): Progress | undefined {
  try {
    return advance(flow, run, { input, facts: nothingKnown })
  } catch (error) {
    if (error instanceof FlowError) return undefined
    throw error
  }
}

/** On to where a person is needed, over into another flow too. */
async function looked(about: About, flow: Flow, progress: Progress): Promise<Standing> {
  const look = async () => ({ outcome: 'unknown' })
  const { run } = await answerChecks(flow, progress, { look, facts: nothingKnown, at: about.at })
  const next = run.state === 'continued' ? about.flows.find(run.nextFlowId) : undefined
  return next ? looked(about, next, startRun(next, nothingKnown, run)) : { flow, run, given: [] }
}

function stateOf(run: Run): FlowWalk['state'] {
  switch (run.state) {
    case 'running':
    case 'checking':
      return 'walking'
    case 'done':
    case 'answered':
      return run.state
    case 'handover':
    case 'continued':
    case 'cancelled':
      return 'handover'
  }
}
