import { tellings, type Verdict } from './checker.ts'
import type { Operation, StoredMessage, View } from './history.ts'
import type { MailOutcome } from './mail-proof.ts'
import type { Options, Victim } from './options.ts'
import type { Tally } from './writers.ts'

export type Kill = { what: Victim; readyMs: number }

export type Outcome = {
  options: Options
  firstStartMs: number
  kills: readonly Kill[]
  operations: readonly Operation[]
  tally: Tally
  stored: readonly StoredMessage[]
  views: readonly View[]
  verdict: Verdict
  resyncs: number
  healing: { acknowledgedMs: number; shownMs: number }
  mail: MailOutcome
  leftovers: readonly string[]
  end: { code: number | null; ms: number }
  complaints: ReadonlyMap<string, number>
}

type Claim = { claim: string; problems: readonly string[] }

/** Prints what was measured and each claim with what speaks against it. Answers the exit code. */
export function report(outcome: Outcome): number {
  for (const line of figures(outcome)) console.log(`  ${line}`)
  const claims = claimsOf(outcome)
  for (const { claim, problems } of claims) {
    console.log(`${problems.length === 0 ? '✓' : '✗'} ${claim}`)
    for (const problem of problems.slice(0, 10)) console.log(`    ${problem}`)
    if (problems.length > 10) console.log(`    … and ${problems.length - 10} more`)
  }
  const failed = claims.filter(({ problems }) => problems.length > 0).length
  console.log(`${claims.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

function figures({ options, kills, tally, ...outcome }: Outcome): string[] {
  const acknowledged = outcome.operations.filter((each) => each.outcome === 'acknowledged').length
  const ready = kills.map(({ readyMs }) => readyMs)
  const onTime = ready.filter((ms) => ms <= readyTargetMs).length
  const { told, again, early } = tellings(outcome.views)
  const hit = (victim: Victim) => kills.filter(({ what }) => what === victim).length
  return [
    `load: ${seconds(options.loadMs)}, ${options.contacts} contacts with two conversations each, ${options.agents} agents, ${outcome.views.length} readers`,
    `messages: ${acknowledged} acknowledged (${Math.round(acknowledged / (options.loadMs / 1000))}/s), ${outcome.stored.length} stored with those of the assistant`,
    `tries: ${tally.tries}, unknown ${tally.unknown}, of which a repeat was answered with the first result ${tally.answeredByRepeat}; 429: ${tally.refusedForNow}`,
    `kills: ${hit('server')} of the server, ${hit('database')} of the database, ${hit('server and database')} of both; ready again after p50 ${seconds(median(ready))}, max ${seconds(Math.max(...ready))}, within ${seconds(readyTargetMs)} ${onTime}; first start ${seconds(outcome.firstStartMs)}`,
    `readers: told ${told} messages, again ${again}, before an earlier one ${early}; resyncs ${outcome.resyncs}`,
    `after the last kill: everything acknowledged in ${seconds(outcome.healing.acknowledgedMs)}, everything shown in ${seconds(outcome.healing.shownMs)}`,
    `mail: ${outcome.mail.queued} queued, sent again under the same Message-ID ${outcome.mail.repeated}, the last one out after ${seconds(outcome.mail.drainedMs)}`,
    ...[...outcome.complaints].map(([complaint, times]) => `log: ${times} × ${complaint}`),
  ]
}

const readyTargetMs = 3_000
/** Other work on the machine may slow a start down; beyond this something blocks it. */
const readyLimitMs = 15_000

function claimsOf({ verdict, kills, tally, mail, leftovers, end }: Outcome): Claim[] {
  const slow = kills.filter(({ readyMs }) => readyMs > readyLimitMs)
  // A server that lives on answers what was committed.
  const onlyDatabase = kills.every(({ what }) => what === 'database')
  return [
    { claim: 'acknowledged and lost: 0', problems: verdict.lost },
    { claim: 'duplicated: 0', problems: verdict.duplicated },
    { claim: 'order kept, numbers without a gap', problems: verdict.disordered },
    { claim: 'stuck: 0', problems: [...verdict.stuck, ...verdict.refused, ...limited(tally)] },
    {
      claim: 'a repeat after a lost answer got the first result',
      problems:
        tally.answeredByRepeat > 0 || onlyDatabase ? [] : ['no kill fell between commit and answer: run longer'],
    },
    { claim: 'every mail went out', problems: mail.problems },
    { claim: 'nothing is left behind', problems: leftovers },
    {
      claim: 'no kill blocks the next start',
      problems: slow.map(({ what, readyMs }) => `after a kill of the ${what} it took ${seconds(readyMs)}`),
    },
    {
      claim: 'SIGTERM ends it in good order',
      problems: end.code === 0 ? [] : [`exit code ${String(end.code)} after ${seconds(end.ms)}`],
    },
  ]
}

/** A writer that has to wait for the next minute measures nothing, and looks as if the server did not answer. */
const limited = ({ refusedForNow }: Tally): string[] =>
  refusedForNow > 0 ? [`${refusedForNow} tries met a limit, which should be out of reach`] : []

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
