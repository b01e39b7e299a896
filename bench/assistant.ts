import { readFileSync } from 'node:fs'
import { evaluate, parseLabelled } from '@clew/assistant'
import { starterKnowledge } from '../apps/server/src/evaluation/starter-knowledge.ts'
import { inRoot } from './harness/clew.ts'
import { percentile } from './harness/stats.ts'
import { atMost, printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'

/** A whole turn without a model for each labelled message, beside the search of the help centre alone. */
export async function assistant({ rounds }: BenchOptions): Promise<void> {
  const knowledge = await starterKnowledge({
    folder: inRoot('apps/server/content'),
    trained: inRoot('packages/assistant/dist/router.bin'),
  })
  const lines = ['tuning', 'held-out'].flatMap((name) =>
    parseLabelled(readFileSync(inRoot(`apps/server/evaluation/messages.${name}.jsonl`), 'utf8')),
  )
  const searches: number[] = []
  const turns: number[] = []
  // What a turn costs by itself, however busy the machine is.
  const worked: number[] = []
  const settings = { brand: 'Northlight', team: { isOpen: true, opensLine: undefined } }
  // The first round reads the articles and warms the engine up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { message, locale, context } of lines) {
      const started = performance.now()
      knowledge.library.search(message, { locale, limit: 5 })
      const searched = performance.now()
      const before = process.cpuUsage()
      await evaluate({ message, locale, context }, knowledge, settings)
      const { user, system } = process.cpuUsage(before)
      if (round === 0) continue
      searches.push(searched - started)
      turns.push(performance.now() - searched)
      worked.push((user + system) / 1000)
    }
  }
  const rows = ([0.5, 0.95, 0.99] as const).map((part) => {
    const search = percentile(searches, part)
    const turn = percentile(turns, part)
    return [
      `p${part * 100}`,
      search,
      turn,
      percentile(worked, part),
      ratio(turn, search),
      part === 0.95 ? atMost(turn, 50) : '',
    ]
  })
  printTable(
    `assistant: ms for a turn, ${lines.length} messages`,
    ['', 'baseline: search', 'turn', 'processor', 'to baseline', ''],
    rows,
  )
}
