import { join } from 'node:path'
import type { Clew } from '../clew.ts'
import { listContacts } from '../domains/contacts/index.ts'
import { hasOwner } from '../domains/organisations/index.ts'
import { serverFolder } from '../folders.ts'
import type { Ctx } from '../platform/ctx.ts'
import { say } from '../say.ts'
import { gatherTeam } from './agents.ts'
import { settableClock } from './clock.ts'
import { scenarios } from './conversations.ts'
import { contactIdOf, playScenario } from './play-scenario.ts'
import { type Scenario, startOf } from './scenario.ts'
import { Stage } from './stage.ts'

const captures = join(serverFolder, 'content/demo')
const progressEvery = 5

/** Fills the inbox with conversations to look at. Those that are there already are left alone. */
export async function runDemo(clew: Clew, print: (line: string) => void): Promise<void> {
  const ctx = clew.newCtx('demo')
  const team = await gatherTeam(ctx, clew.config.brand)
  const now = ctx.clock.now()
  const clock = settableClock(now)
  const missing = await missingOf(ctx, scenarios)
  // In the order in which they began, so that their numbers tell the same story as their times.
  const inOrder = missing.toSorted((a, b) => startOf(a.began, now) - startOf(b.began, now))
  for (const [i, scenario] of inOrder.entries()) {
    const about = { clock, start: startOf(scenario.began, now), locale: scenario.locale }
    await Stage.play(clew, about, (stage) => playScenario(stage, scenario, { team, captures }))
    if ((i + 1) % progressEvery === 0) print(say('cli.demo_progress', { done: i + 1, total: inOrder.length }))
  }
  await clew.settle()
  print(await lastWords(ctx, inOrder.length))
}

/** What was done, and where it is to be seen, or what is missing for that. */
export async function lastWords(ctx: Ctx, added: number): Promise<string> {
  const done = added === 0 ? say('cli.demo_present') : say('cli.demo_done', { count: added })
  const canSignIn = await ctx.transaction(hasOwner)
  return `${done} ${say(canSignIn ? 'cli.demo_look' : 'cli.demo_no_owner')}`
}

async function missingOf(ctx: Ctx, all: readonly Scenario[]): Promise<Scenario[]> {
  const known = await ctx.transaction((tx) => listContacts(tx, all.map(contactIdOf)))
  return all.filter((scenario) => !known.has(contactIdOf(scenario)))
}
