import { type Dialogue, decided, type Evaluated, type Saying, type TurnEffect } from '@clew/assistant'
import type { Playground } from '@clew/contract/assistant-learning'

/** A turn as people read it, stage by stage. */
export function playgroundView(evaluated: Evaluated): Playground {
  const { understood, step, before, facts } = evaluated
  const { rule, intention } = decided(understood)
  return {
    sayings: step.sayings.map(sayingView),
    trace: {
      text: understood.text,
      language: understood.language,
      greeklish: understood.greeklish,
      secrets: [...understood.secrets],
      facts: facts.map(({ field, value, quote, confidence }) => ({
        field,
        value: plain(value),
        quote: quote ?? null,
        confidence: confidence ?? null,
      })),
      signs: [...understood.signs],
      acts: likeliest(understood.acts),
      topics: likeliest(understood.topics),
      hits: understood.hits.map(({ article, coverage }) => ({ slug: article.slug, title: article.title, coverage })),
      answerable: understood.answerable,
      rule,
      intention: intentionText(intention),
      did: {
        action: step.did.action,
        flow: step.did.flowId ?? null,
        articles: [...step.did.slugs],
        ask: [...step.did.ask],
      },
      before: stateView(before),
      after: stateView(step.dialogue),
      effects: step.effects.map(effectText),
    },
  }
}

const sayingView = ({ body, quote, replies }: Saying): Playground['sayings'][number] => ({
  body,
  steps: [...(quote?.steps ?? [])],
  replies: replies.map(({ label }) => label),
  source: quote ? { slug: quote.slug, title: quote.title, locale: quote.locale } : null,
})

const shown = 6

const likeliest = (all: Readonly<Record<string, number>>): { label: string; probability: number }[] =>
  Object.entries(all)
    .map(([label, probability]) => ({ label, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, shown)

function intentionText(intention: ReturnType<typeof decided>['intention']): string {
  switch (intention.kind) {
    case 'hand-over':
      return `hand-over: ${intention.reason}`
    case 'refuse':
      return `refuse: ${intention.why}`
    case 'run-flow':
      return `run-flow: ${intention.flowId}`
    case 'answer':
      return `answer: ${intention.hit.article.slug}`
    case 'offer':
      return `offer: ${intention.hits.map(({ article }) => article.slug).join(', ')}`
    case 'incident':
      return `incident: ${intention.incident.title}`
    case 'social':
    case 'repair':
      return `${intention.kind}: ${intention.act}`
    default:
      return intention.kind
  }
}

function effectText(effect: TurnEffect): string {
  switch (effect.type) {
    case 'hand_over':
      return `hand_over: ${effect.reason}`
    case 'settle':
      return `settle: ${effect.tier}`
    case 'flow':
      return `flow: ${effect.progress.run.flowId} ${effect.progress.run.state}`
    case 'follow_incident':
      return `follow_incident: ${effect.incidentId}`
  }
}

/** What is remembered, without what is empty. */
function stateView({ run, paused, ...rest }: Dialogue): Record<string, string> {
  const runs = { run: run && `${run.flowId} ${run.state}`, paused: paused && `${paused.flowId} ${paused.state}` }
  const isSet = ([, value]: [string, unknown]): boolean =>
    value !== undefined && value !== false && value !== 0 && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(
    Object.entries({ ...rest, ...runs })
      .filter(isSet)
      .map(([name, value]) => [name, plain(value)]),
  )
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
