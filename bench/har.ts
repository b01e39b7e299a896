import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { writeCapture } from './har-capture.ts'
import type { HarRun, HarWork } from './har-run.ts'
import { medians } from './harness/stats.ts'
import { atLeast, atMost, type Cell, printTable } from './harness/table.ts'
import type { BenchOptions } from './main.ts'

const sizes = [10, 100]
const largest = 600
/** Beyond this the whole file is no string any more, and long before it needs gigabytes. */
const mostAsWhole = 100
/** The larger the file, the steadier one figure is. */
const roundsFor = (megabytes: number, rounds: number): number => (megabytes > 100 ? Math.min(rounds, 2) : rounds)

/**
 * Speed and peak memory of the HAR sanitiser, each measurement in a process of its own and one kind after the other. Beside it:
 * a copy that splits the file into entries, parses and stringifies each, and the whole file parsed and stringified at once.
 */
export async function har({ rounds, large }: BenchOptions): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clew-bench-'))
  try {
    const program = path.join(folder, 'run.mjs')
    await build({
      entryPoints: ['bench/har-run.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outfile: program,
      logLevel: 'warning',
    })
    const rows = [...sizes, ...(large ? [largest] : [])].flatMap((megabytes) => {
      const file = path.join(folder, `${megabytes}.har`)
      writeCapture(file, megabytes * 1e6)
      const measured = rowsFor(program, file, roundsFor(megabytes, rounds))
      rmSync(file)
      return measured
    })
    printTable('har: a capture sanitised (median)', ['', 'MB', 'MB/s', 'peak MB', '', 'to copy', '', 'to whole'], rows)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function rowsFor(program: string, file: string, rounds: number): Cell[][] {
  const megabytes = statSync(file).size / 1e6
  const works: HarWork[] = megabytes > mostAsWhole * 1.1 ? ['copy', 'sanitise'] : ['copy', 'sanitise', 'whole']
  const runs = new Map<HarWork, HarRun[]>(works.map((work) => [work, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const work of works) runs.get(work)?.push(measure(program, work, file))
  }
  const of = (work: HarWork): HarRun => medians<keyof HarRun>(runs.get(work) ?? [])
  const [copy, clean, whole] = [of('copy'), of('sanitise'), of('whole')]
  const share = clean.megabytesPerSecond / copy.megabytesPerSecond
  const baseline = (name: string, run: HarRun): Cell[] => [name, megabytes, run.megabytesPerSecond, run.peakMegabytes]
  return [
    [
      ...baseline('sanitise', clean),
      atMost(clean.peakMegabytes, 300),
      share,
      atLeast(share, 0.5),
      works.includes('whole') ? clean.megabytesPerSecond / whole.megabytesPerSecond : '',
    ],
    baseline('baseline: split, parse, stringify', copy),
    ...(works.includes('whole') ? [baseline('baseline: whole file', whole)] : []),
  ]
}

function measure(program: string, work: HarWork, file: string): HarRun {
  return JSON.parse(execFileSync(process.execPath, [program, work, file], { encoding: 'utf8' })) as HarRun
}
