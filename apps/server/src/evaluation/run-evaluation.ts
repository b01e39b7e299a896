import { readFileSync } from 'node:fs'
import {
  evaluate,
  type JudgedLine,
  type Knowledge,
  type Labelled,
  parseLabelled,
  type Report,
  reportOn,
} from '@clew/assistant'
import { stopwatchMs } from '../platform/clock.ts'
import { ConfigError } from '../platform/config.ts'
import { reportLines } from './report-lines.ts'
import { starterKnowledge } from './starter-knowledge.ts'

/** `clew assistant eval FILE.jsonl [--json] [--wrong]`: what the assistant does with labelled messages, as a table. */
export async function runEvaluation(
  { files, asJson, showWrong }: { files: readonly string[]; asJson: boolean; showWrong: boolean },
  print: (line: string) => void,
): Promise<void> {
  const lines = files.flatMap(readLabelled)
  const judged = await judgeAll(lines, await starterKnowledge())
  const report = reportOn(judged)
  if (asJson) return print(JSON.stringify(forMachines(report)))
  for (const line of reportLines(report)) print(line)
  if (showWrong) for (const each of report.wrong) print(wrongLine(each))
}

export async function judgeAll(lines: readonly Labelled[], knowledge: Knowledge): Promise<JudgedLine[]> {
  const judged: JudgedLine[] = []
  const settings = { brand: 'Northlight', team: { isOpen: true, opensLine: undefined } }
  for (const line of lines) {
    const started = stopwatchMs()
    const { message, locale, context } = line
    const outcome = await evaluate({ message, locale, context }, knowledge, settings)
    judged.push({ line, outcome: { ...outcome, latencyMs: stopwatchMs() - started } })
  }
  return judged
}

function readLabelled(file: string): Labelled[] {
  try {
    return parseLabelled(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`${file}: ${why}.`)
  }
}

const forMachines = ({ wrong, ...numbers }: Report): object => ({ ...numbers, wrong: wrong.map(({ line }) => line.id) })

const wrongLine = ({ line, outcome }: JudgedLine): string =>
  `${line.id}  ${[line.expect.action].flat().join('|')} → ${outcome.action} ${outcome.flow ?? ''}  ${line.message.replaceAll('\n', '⏎').slice(0, 100)}`
