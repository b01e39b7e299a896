import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { writeCapture } from './har-capture.ts'
import type { HarRun, HarWork } from './har-run.ts'
import { medians } from './harness/stats.ts'
import { atLeast, atMost, type Cell, printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'

const sizes = [10, 100]
const largest = 600
/** Beyond this the whole file is no string any more, and long before it needs gigabytes. */
const mostAsWhole = 100
/** The larger the file, the steadier one figure is. */
const roundsFor = (megabytes: number, rounds: number): number => (megabytes > 100 ? Math.min(rounds, 2) : rounds)

/**
 * Speed and peak memory of the HAR sanitiser, each measurement in a process of its own and one kind after the other. Beside it:
 * a copy that splits the file into entries, parses and stringifies each; the same copy by the library `stream-json`; the whole
 * file parsed and stringified at once; and a library that cleans captures by a list of names, `har-sanitizer`.
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
      // One of the libraries is CommonJS and asks for modules of Node.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
      },
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
    printTable('har: a capture sanitised (median)', ['', 'MB', 'MB/s', 'peak MB', '', 'sanitise is', ''], rows)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function rowsFor(program: string, file: string, rounds: number): Cell[][] {
  const megabytes = statSync(file).size / 1e6
  const isLarge = megabytes > mostAsWhole * 1.1
  const works: HarWork[] = ['sanitise', 'alone', 'copy', 'streamed', ...(isLarge ? [] : (['whole', 'peer'] as const))]
  const runs = new Map<HarWork, HarRun[]>(works.map((work) => [work, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const work of works) runs.get(work)?.push(measure(program, work, file))
  }
  const of = (work: HarWork): HarRun => medians<keyof HarRun>(runs.get(work) ?? [])
  const speed = of('sanitise').megabytesPerSecond
  const row = (work: HarWork, run: HarRun): Cell[] => [
    NAMES[work],
    megabytes,
    run.megabytesPerSecond,
    run.peakMegabytes,
  ]
  const limits = (work: HarWork, run: HarRun): Cell[] => {
    if (work === 'sanitise' || work === 'alone') return [atMost(run.peakMegabytes, 300)]
    const share = speed / run.megabytesPerSecond
    return ['', ratio(speed, run.megabytesPerSecond), work === 'copy' ? atLeast(share, 0.5) : '']
  }
  return works.map((work) => [...row(work, of(work)), ...limits(work, of(work))])
}

const NAMES: Readonly<Record<HarWork, string>> = {
  sanitise: 'sanitise',
  alone: 'sanitise on one thread',
  copy: 'floor: split, parse, stringify',
  streamed: 'baseline: the same by stream-json',
  whole: 'baseline: whole file parsed, stringified',
  peer: 'peer: har-sanitizer',
}

function measure(program: string, work: HarWork, file: string): HarRun {
  return JSON.parse(execFileSync(process.execPath, [program, work, file], { encoding: 'utf8' })) as HarRun
}
