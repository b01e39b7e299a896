import type { Dialogue } from '@clew/assistant'
import type { HandOverBrief } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import { type PlaceholderValues, triedSteps } from '@clew/flows'
import { completeness, currentValues, type Fact, type ProblemKind } from '@clew/intake'
import { shorten } from '@clew/text'
import type { CaptureRow } from '../har/index.ts'
import { textIn } from '../status/index.ts'
import type { AssistantParts } from './parts.ts'

type Told = {
  dialogue: Dialogue
  facts: readonly Fact[]
  kind: ProblemKind
  captures: readonly CaptureRow[]
  locale: Locale
  /** What stands in the words of a flow. */
  values: PlaceholderValues
  parts: AssistantParts
}

const mostFindings = 3

/** What the person who takes over reads first. */
export function briefOf({ dialogue, facts, kind, captures, locale, values, parts }: Told): HandOverBrief {
  const { given, missing } = completeness(kind, facts)
  const { problem } = currentValues(facts)
  const findings = captures.flatMap((capture) => capture.findings)
  const incident = parts.status().incidents.find(({ id }) => id === dialogue.incidentId)
  return {
    ...(problem ? { problem: firstSentence(problem.text) } : {}),
    kind,
    language: locale,
    given,
    missing: missing.filter(({ importance }) => importance === 'needed').map(({ field }) => field),
    tried: [dialogue.paused, dialogue.run].flatMap((run) => {
      const flow = run && parts.flows().find(run.flowId, run.flowVersion)
      if (!run || !flow) return []
      return triedSteps(flow, run, { locale, values }).map(({ id, title, outcome }) => ({ id, title, outcome }))
    }),
    articles: dialogue.shown.flatMap((slug) => {
      const article = parts.library().find(locale, slug)
      return article ? [{ slug, title: article.title }] : []
    }),
    findings: findings.slice(0, mostFindings).map(({ message }) => message.agent[locale]),
    ...(incident ? { incident: { id: incident.id, title: textIn(incident.titles, locale).text } } : {}),
  }
}

const longestSentence = 240

/** Up to the first full stop that ends something; a file name or a version has none. */
function firstSentence(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const end = /[.!?;·](?=\s\p{Lu}|$)/u.exec(line)
  const sentence = end ? line.slice(0, end.index + 1) : line
  return shorten(sentence, longestSentence)
}
