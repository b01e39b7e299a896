import type { Evaluated } from '@clew/assistant'
import type { AssistantEvaluation } from '@clew/contract/assistant'
import type { Locale } from '@clew/contract/primitives'
import type { Library } from '../articles/index.ts'

/** What came of a message, in the shape of the evaluation door. */
export function evaluationView(evaluated: Evaluated, library: Pick<Library, 'find'>): AssistantEvaluation {
  const { action, flow, ask, extracted, articles, handoff, handoffSummary, reply, language } = evaluated
  return {
    action,
    flow: flow ?? null,
    ask: [...ask],
    extracted: extractedView(extracted),
    articles: articles.map((slug) => ({ id: slug, slug, title: titleOf(library, slug, language), topic: slug })),
    handoff,
    handoffSummary: handoff ? handoffSummary : null,
    reply,
    language,
    confidence: evaluated.confidence,
    resolved: evaluated.resolved,
    warn: evaluated.warn,
  }
}

/** Every field is there, empty or null where nothing was told. */
function extractedView(extracted: Evaluated['extracted']): AssistantEvaluation['extracted'] {
  const nothing = { plan: null, browser: null, os: null, device: null, network: null, policy_message: null }
  const none = { email: [], timestamps: [], request_ids: [], workspace: [], custom_gpt: [], secrets: [] }
  return { ...nothing, ...none, ...extracted }
}

const titleOf = (library: Pick<Library, 'find'>, slug: string, locale: Locale): string =>
  (library.find(locale, slug) ?? library.find(locale === 'en' ? 'el' : 'en', slug))?.title ?? slug
