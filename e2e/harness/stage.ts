import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { faultsInAddresses } from './addresses.ts'
import { type Clew, prepareClew } from './clew.ts'
import type { FirstDay } from './first-day.ts'
import { type Watch, watch } from './watch.ts'

export type Journey = { name: string; run(stage: Stage): Promise<void> }

export type Visit = { context: BrowserContext; watch: Watch }

/** What a journey plays on: a Clew of its own and any number of browsers. Everything is taken down afterwards. */
export type Stage = {
  /** For the files of this journey. */
  folder: string
  browser: Browser
  /**
   * A Clew that has an owner, unless the journey is about making one. `prepare` comes before the start; `settings` are
   * environment variables of its own.
   */
  startClew(options?: {
    owner?: boolean
    settings?: NodeJS.ProcessEnv
    prepare?(clew: Clew): Promise<void>
  }): Promise<Clew>
  /** Another person with a browser of their own. */
  visit(options?: BrowserContextOptions): Promise<Visit>
  /** Names what is being done now, for the report of a failure. */
  step(what: string): void
  onEnd(tidy: () => Promise<unknown>): void
}

export type Played = {
  stage: Stage
  problems(): string[]
  steps(): string[]
  keepEvidence(folder: string): Promise<void>
  end(): Promise<void>
}

export function setStage(browser: Browser, { folder, firstDay }: { folder: string; firstDay: FirstDay }): Played {
  const clews: Clew[] = []
  const visits: Visit[] = []
  const tidying: (() => Promise<unknown>)[] = []
  const steps = [{ what: 'starting', at: performance.now() }]

  const stage: Stage = {
    folder,
    browser,
    async startClew({ owner = true, settings = {}, prepare } = {}) {
      const clew = await prepareClew(path.join(folder, `clew-${clews.length}`), settings)
      clews.push(clew)
      if (owner) await firstDay.copyTo(clew.dataDir)
      await prepare?.(clew)
      await clew.start()
      return clew
    },
    async visit(options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Athens', ...options })
      context.setDefaultTimeout(30_000)
      const visit = { context, watch: watch(context) }
      visits.push(visit)
      return visit
    },
    step: (what) => void steps.push({ what, at: performance.now() }),
    onEnd: (tidy) => void tidying.push(tidy),
  }
  return {
    stage,
    problems: () => [
      ...visits.flatMap((visit) => visit.watch.problems()),
      ...clews.flatMap((clew) => clew.output().split('\n').filter(isServerError)),
      ...clews.flatMap((clew) => faultsInAddresses(clew.wire.requests())),
    ],
    steps: () =>
      steps.map(
        ({ what, at }, index) => `${what} (${Math.round((steps[index + 1]?.at ?? performance.now()) - at)} ms)`,
      ),
    keepEvidence: (to) => keepEvidence(to, { visits, clews }),
    async end() {
      await Promise.allSettled(visits.map(({ context }) => context.close()))
      await Promise.allSettled(tidying.map((tidy) => tidy()))
      for (const ended of await Promise.allSettled(clews.map((clew) => clew.dispose())))
        if (ended.status === 'rejected') throw ended.reason
    },
  }
}

async function keepEvidence(folder: string, { visits, clews }: { visits: Visit[]; clews: Clew[] }): Promise<void> {
  await mkdir(folder, { recursive: true })
  const pictures = visits.flatMap(({ context }, person) =>
    context
      .pages()
      .map((page, number) =>
        page.screenshot({ path: path.join(folder, `person-${person + 1}-page-${number + 1}.png`), timeout: 5000 }),
      ),
  )
  await Promise.allSettled(pictures)
  const spoken = visits.map(
    ({ watch: { console, problems } }, person) =>
      `person ${person + 1}\n${[...problems(), '--', console()].join('\n')}\n`,
  )
  await writeFile(path.join(folder, 'console.txt'), spoken.join('\n'))
  await writeFile(path.join(folder, 'server.log'), clews.map((clew) => clew.output()).join('\n---\n'))
}

// 50 and above: error, fatal.
const isServerError = (line: string): boolean => /^\{.*"level":"?([56]0|error|fatal)\b/.test(line)
