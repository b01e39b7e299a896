import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
    const program = path.join(folder, 'har-run.js')
    await build({
      entryPoints: ['bench/har-run.ts', 'bench/lane-worker.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outdir: folder,
      logLevel: 'warning',
    })
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
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
  const works: HarWork[] = ['copy', 'sanitise', 'alone', ...(megabytes > mostAsWhole * 1.1 ? [] : ['whole' as const])]
  const runs = new Map<HarWork, HarRun[]>(works.map((work) => [work, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const work of works) runs.get(work)?.push(measure(program, work, file))
  }
  const of = (work: HarWork): HarRun => medians<keyof HarRun>(runs.get(work) ?? [])
  const [copy, clean, alone, whole] = [of('copy'), of('sanitise'), of('alone'), of('whole')]
  const share = clean.megabytesPerSecond / copy.megabytesPerSecond
  const row = (name: string, run: HarRun): Cell[] => [name, megabytes, run.megabytesPerSecond, run.peakMegabytes]
  const toCopy = (run: HarRun): Cell[] => [
    atMost(run.peakMegabytes, 300),
    run.megabytesPerSecond / copy.megabytesPerSecond,
  ]
  return [
    [
      ...row('sanitise', clean),
      ...toCopy(clean),
      atLeast(share, 0.5),
      works.includes('whole') ? clean.megabytesPerSecond / whole.megabytesPerSecond : '',
    ],
    [...row('sanitise on one thread', alone), ...toCopy(alone)],
    row('baseline: split, parse, stringify', copy),
    ...(works.includes('whole') ? [row('baseline: whole file', whole)] : []),
  ]
}

function measure(program: string, work: HarWork, file: string): HarRun {
  return JSON.parse(execFileSync(process.execPath, [program, work, file], { encoding: 'utf8' })) as HarRun
}
