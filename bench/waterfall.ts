import { launchChromium } from '@clew/testkit/chromium'
import type { Browser, Page } from 'playwright-core'
import { type FrameTimes, framesOf } from './harness/frames.ts'
import { generatedCapture } from './harness/generated-capture.ts'
import { median } from './harness/stats.ts'
import { atMost, type Cell, printTable } from './harness/table.ts'
import { serveWorkspace } from './harness/workspace-page.ts'
import type { BenchOptions } from './main.ts'

const entries = 10_000
const limitMs = 10
const size = { width: 1440, height: 900 }

/** Main-thread work of each frame while a capture with 10,000 requests is scrolled, beside pages that only scroll. */
export async function waterfall({ rounds, seconds }: BenchOptions): Promise<void> {
  const page = await serveWorkspace({ detail: generatedCapture(entries), entry: () => undefined })
  const browser = await launchChromium()
  try {
    const scenes: Scene[] = [
      {
        name: 'waterfall, 10,000 entries, wheel',
        open: (tab) => openCapture(tab, page.captureUrl),
        act: wheel,
        isOurs: true,
      },
      {
        name: 'waterfall, 10,000 entries, scroll bar dragged',
        open: (tab) => openCapture(tab, page.captureUrl),
        act: jump,
        isOurs: true,
      },
      { name: '  baseline: empty box as tall, wheel', open: openEmpty, act: wheel },
      { name: '  baseline: canvas cleared each frame, wheel', open: openCleared, act: wheel },
    ]
    const rows: Cell[][] = []
    for (const scene of scenes) rows.push(await measure(browser, scene, { rounds, seconds }))
    printTable(
      'waterfall: main-thread work per frame in Chromium, 1440 × 900 (median of rounds)',
      ['', 'frames', 'p50 ms', 'p95 ms', `limit`, 'max ms', 'cpu p95 ms', 'scripts p95 ms'],
      rows,
    )
  } finally {
    await browser.close()
    page.close()
  }
}

type Scene = {
  name: string
  open(tab: Page): Promise<string>
  act(tab: Page, seconds: number): Promise<void>
  isOurs?: boolean
}

async function measure(
  browser: Browser,
  scene: Scene,
  { rounds, seconds }: Pick<BenchOptions, 'rounds' | 'seconds'>,
): Promise<Cell[]> {
  const measured: FrameTimes[] = []
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ viewport: size })
    const tab = await context.newPage()
    const scroller = await scene.open(tab)
    await tab.locator(scroller).hover()
    await scene.act(tab, 0.5)
    measured.push(await framesOf(tab, () => scene.act(tab, seconds)))
    await context.close()
  }
  const of = (key: keyof FrameTimes): number => median(measured.map((times) => times[key]))
  const limit = scene.isOurs === true ? atMost(of('p95'), limitMs) : ''
  return [scene.name, of('frames'), of('p50'), of('p95'), limit, of('max'), of('cpuP95'), of('scriptsP95')]
}

async function openCapture(tab: Page, url: string): Promise<string> {
  const list = '[role=listbox]'
  await tab.goto(url)
  await tab.locator(list).waitFor()
  // All of them, not only what is not well.
  await tab.getByRole('button', { name: /unfold/i }).click()
  await tab.evaluate(() => document.fonts.ready)
  return list
}

/** The length of the list with nothing in it. */
async function openEmpty(tab: Page): Promise<string> {
  await tab.setContent(
    `<div id=box tabindex=0 style="height:100vh;overflow:auto"><div style="height:${entries * 24}px"></div></div>`,
  )
  return '#box'
}

/** The least that any list on a canvas does. */
async function openCleared(tab: Page): Promise<string> {
  await tab.setContent(`<body style="margin:0"><div id=box tabindex=0 style="height:100vh;overflow:auto">
    <div style="height:${entries * 24}px"><canvas width=1440 height=900 style="position:sticky;top:0;display:block"></canvas></div></div>`)
  await tab.evaluate(() => {
    const box = document.querySelector('#box')
    const context = document.querySelector('canvas')?.getContext('2d')
    box?.addEventListener('scroll', () =>
      requestAnimationFrame(() => {
        if (!context) return
        context.fillStyle = `hsl(${box.scrollTop % 360} 50% 90%)`
        context.fillRect(0, 0, 1440, 900)
      }),
    )
  })
  return '#box'
}

async function wheel(tab: Page, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000
  for (let turns = 0; performance.now() < end; turns += 1) {
    await tab.mouse.wheel(0, turns % 60 < 45 ? 240 : -240)
    await tab.waitForTimeout(12)
  }
}

/** Every frame somewhere else: no row was ever drawn before. */
async function jump(tab: Page, seconds: number): Promise<void> {
  await tab.evaluate(async (ms) => {
    const list = document.querySelector('[role=listbox]')
    const end = performance.now() + ms
    for (let at = 0; list !== null && performance.now() < end; at = (at + 997) % 9_900) {
      list.scrollTop = at * 24
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  }, seconds * 1000)
}
