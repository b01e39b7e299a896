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
import { z } from 'zod'
import { stopwatchMs } from '../platform/clock.ts'
import { ConfigError } from '../platform/config.ts'
import { codeOf } from '../platform/database.ts'
import { say } from '../say.ts'
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
  const text = readText(file)
  const places = [...text.split('\n').entries()].filter(([, line]) => line.trim() !== '').map(([place]) => place + 1)
  return parsed(file, text).map((line, i) => {
    const issue = Shape.safeParse(line).error?.issues[0]
    if (issue === undefined) return line
    const place = issue.path.join('.') || '{}'
    throw new ConfigError(say('cli.labelled_wrong', { file, line: String(places[i]), place }))
  })
}

function parsed(file: string, text: string): Labelled[] {
  try {
    return parseLabelled(text)
  } catch (cause) {
    const line = /\d+/.exec(cause instanceof Error ? cause.message : '')?.[0] ?? ''
    throw new ConfigError(say('cli.labelled_not_json', { file, line }), { cause })
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError(say('cli.file_unusable', { file, reason: codeOf(cause) }), { cause })
  }
}

const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema)])

/** What the evaluation reads of a line; more may be in it. */
const Shape = z.object({
  id: z.string(),
  locale: z.enum(['en', 'el']),
  language: z.enum(['en', 'el', 'greeklish']),
  tags: z.array(z.string()),
  context: z.object({
    now: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
    timeZone: z.string().optional(),
    history: z.array(z.object({ from: z.enum(['contact', 'assistant', 'agent']), text: z.string() })).optional(),
  }),
  message: z.string(),
  expect: z.object({
    action: oneOrMore(z.string()),
    flow: oneOrMore(z.string().nullable()),
    handoff: z.boolean().nullable(),
    extracted: z.record(z.string(), z.unknown()),
    articles: z.array(z.string()),
  }),
})

const forMachines = ({ wrong, ...numbers }: Report): object => ({ ...numbers, wrong: wrong.map(({ line }) => line.id) })

const wrongLine = ({ line, outcome }: JudgedLine): string =>
  `${line.id}  ${[line.expect.action].flat().join('|')} → ${outcome.action} ${outcome.flow ?? ''}  ${line.message.replaceAll('\n', '⏎').slice(0, 100)}`
