import { composedStep, type Evaluated, mayCompose } from '@clew/assistant'
import type { PlaygroundModel } from '@clew/contract/assistant-learning'
import { monotonicMs } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { AskModel } from '../../../platform/model-provider/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import type { AssistantParts } from '../parts.ts'
import { dayOf, reserveTokens, settleTokens } from '../repository.usage.ts'
import { type Brief, briefOfTurn } from './brief.ts'
import { modelOf } from './model-rule.ts'
import type { ModelInUse } from './parts.ts'
import { type WrittenOutcome, writeReply } from './write-reply.ts'

type Exchange = PlaygroundModel['requests'][number]
type Tried = { evaluated: Evaluated; said: readonly string[]; heard: Parameters<typeof briefOfTurn>[1]['heard'] }

const charactersOfToken = 3
const nothing: Omit<PlaygroundModel, 'outcome'> = {
  reason: null,
  faults: [],
  requests: [],
  reply: null,
  usage: { calls: 0, inputTokens: 0, outputTokens: 0 },
  ms: 0,
}

/**
 * Lets the model put a message that is tried out into words, with the guards and the limits of the bubble. Its tokens
 * count to the day; nothing else is stored. `ctx` may do so: it is the system's.
 */
export async function tryComposing(ctx: Ctx, tried: Tried, parts: AssistantParts): Promise<PlaygroundModel> {
  const { turn, step } = tried.evaluated
  if (!mayCompose(turn, step)) return { ...nothing, outcome: 'not_needed' }
  const brief = briefOfTurn(turn, {
    stored: step,
    names: [],
    heard: tried.heard,
    said: tried.said.join('\n'),
    markId: ctx.ids.next(),
    parts,
  })
  const prepared = await ctx.transaction(async (tx) => {
    const model = await modelOf(tx, await findSupportTeam(tx), parts.composing)
    if (!model) return undefined
    const sent = Math.ceil((brief.system.length + brief.prompt.length) / charactersOfToken)
    const reserved = { day: dayOf(tx.clock.now()), tokens: sent + model.maxTokensPerAnswer }
    return { model, reserved, isGranted: await reserveTokens(tx, reserved, model.maxTokensPerDay) }
  })
  if (!prepared) return { ...nothing, outcome: 'off' }
  const { model, reserved, isGranted } = prepared
  if (!isGranted) return { ...nothing, outcome: 'stored', reason: 'day_budget' }
  const began = monotonicMs()
  const { outcome, requests } = await written(brief, model, parts)
  await ctx.transaction((tx) => settleTokens(tx, reserved, outcome.usage))
  return shown({ tried, brief, outcome, requests, ms: Math.round(monotonicMs() - began) })
}

async function written(brief: Brief, model: ModelInUse, { composing }: AssistantParts) {
  const requests: Exchange[] = []
  const outcome = await writeReply(brief, {
    model,
    ask: noting(composing.ask, requests),
    signal: AbortSignal.timeout(model.timeBudgetMs),
    onText: () => undefined,
  })
  return { outcome, requests }
}

/** Notes what goes out and comes back, as the model sees it. */
const noting =
  (ask: AskModel, requests: Exchange[]): AskModel =>
  async (call) => {
    const used: Exchange['tools'] = []
    const tools = Object.fromEntries(
      Object.entries(call.tools).map(([name, tool]) => [
        name,
        {
          ...tool,
          run: (input: never) => {
            const result = tool.run(input)
            used.push({ name, input: JSON.stringify(input), result: textOf(result) })
            return result
          },
        },
      ]),
    )
    const result = await ask({ ...call, tools })
    requests.push({
      system: call.system,
      messages: call.messages.map(({ role, content }) => ({ role, text: content })),
      tools: used,
      answer: result.failure === undefined ? result.text : null,
    })
    return result
  }

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

type Shown = { tried: Tried; brief: Brief; outcome: WrittenOutcome; requests: Exchange[]; ms: number }

const outcomes = { say: 'composed', hand_over: 'handed_over', as_stored: 'stored' } as const

function shown({ tried, brief, outcome, requests, ms }: Shown): PlaygroundModel {
  const { turn, step } = tried.evaluated
  const composed = composedStep(turn, step, { desk: brief.desk, draft: outcome.draft })
  return {
    outcome: outcomes[composed.type],
    reason: outcome.reason ?? null,
    faults: [...outcome.faults],
    requests,
    reply:
      composed.type === 'say'
        ? {
            body: composed.composed.body,
            sources: composed.composed.cited.flatMap(({ slug, title, locale }) =>
              slug === undefined ? [] : [{ slug, title, locale }],
            ),
          }
        : null,
    usage: outcome.usage,
    ms,
  }
}
