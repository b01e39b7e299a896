import path from 'node:path'
import { launchChromium } from '@clew/testkit/chromium'
import { build } from 'esbuild'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as Library from './index.ts'

declare const waterfallLibrary: typeof Library
declare const seen: { presses: number[]; commands: Library.KeyCommand[]; ranges: Library.TimeRange[]; paints: number }

let browser: Browser
let script: string

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'index.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'waterfallLibrary',
    write: false,
  })
  script = outputFiles[0]?.text ?? ''
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser.close())

const style = `
  body { margin: 0 } :root { --sheet: #ffffff; --major: #b3261e; --phase-wait: #00aa00; --pine-wash: #e6efe9 }
  :root[data-theme=dark] { --sheet: #101010 }
  #scroller { width: 1000px; height: 480px; overflow: auto } #tall { position: relative }
  #rows { position: sticky; top: 0; display: block } #overview { display: block; width: 1000px; height: 64px }`

/** A page with 10,000 requests, each half a second after the other and two seconds long; every hundredth fails. */
async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 600 }, ...options })
  const page = await context.newPage()
  await page.setContent(`<style>${style}</style><canvas id=overview></canvas>
    <div id=scroller tabindex=0><div id=tall><canvas id=rows></canvas></div></div>`)
  await page.addScriptTag({ content: script })
  await page.evaluate(start)
  await page.evaluate(() => new Promise(requestAnimationFrame))
  return page
}

function start(): void {
  const { createWaterfall, createWaterfallView, createOverview, selectEntries, noFilter, flatRows } = waterfallLibrary
  const timings = { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: 2000, receive: 0, total: 2000 }
  const entries = Array.from({ length: 10_000 }, (_, index) => ({
    index,
    offsetMs: index * 500,
    method: 'GET',
    host: 'app.northlight.example',
    path: `/v1/items/${index}`,
    status: index % 100 === 99 ? 500 : 200,
    mediaType: 'application/json',
    sizeBytes: 100,
    timings,
    requestIds: [],
  }))
  const waterfall = createWaterfall(entries)
  const rows = flatRows(selectEntries(waterfall, noFilter))
  const words = {
    noAnswer: 'none',
    duration: (ms: number) => `${ms} ms`,
    size: (bytes: number) => `${bytes} B`,
    kind: (kind: string) => kind,
    fold: (count: number) => `${count} well`,
  }
  const element = <T extends Element>(id: string): T => document.querySelector(`#${id}`) as T
  const tally: typeof seen = { presses: [], commands: [], ranges: [], paints: 0 }
  const canvas = element<HTMLCanvasElement>('rows')
  const view = createWaterfallView(
    { scroller: element('scroller'), tall: element('tall'), canvas },
    {
      onPress: (row) => tally.presses.push(row),
      onCommand: (command) => tally.commands.push(command),
      onRange: (range) => tally.ranges.push(range),
      onGeometry: () => undefined,
    },
    { stackedBelow: 560, margin: 88 },
  )
  const state = {
    waterfall,
    rows,
    range: { fromMs: 0, toMs: 10_000 },
    marked: new Uint8Array(10_000),
    cursor: 3,
    words,
  }
  view.show(state)
  const overview = createOverview(element('overview'), { ruler: 16, onRange: (range) => tally.ranges.push(range) })
  overview.show({
    waterfall,
    range: { fromMs: 0, toMs: waterfall.spanMs },
    marked: state.marked,
    label: words.duration,
  })
  // Every frame of the rows begins with one transform.
  const context = canvas.getContext('2d')
  if (context) {
    const transform = context.setTransform.bind(context)
    context.setTransform = ((...numbers: [number, number, number, number, number, number]) => {
      tally.paints += 1
      transform(...numbers)
    }) as typeof context.setTransform
  }
  Object.assign(globalThis, {
    seen: tally,
    waterfallView: view,
    showAll: () => view.show({ ...state, range: { fromMs: 0, toMs: waterfall.spanMs } }),
  })
}

/** The colour of the rows' canvas at a point, in CSS pixels. */
const colourAt = (page: Page, x: number, y: number): Promise<number[]> =>
  page.evaluate(
    ([x, y]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('#rows')
      const ratio = (canvas?.width ?? 0) / (canvas?.clientWidth ?? 1)
      const pixel = canvas?.getContext('2d')?.getImageData(x * ratio, y * ratio, 1, 1).data ?? []
      return Array.from(pixel).slice(0, 3)
    },
    [x, y] as const,
  )

const frames = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
const tally = (page: Page) => page.evaluate(() => seen)

const wait = [0, 170, 0]
const failing = [179, 38, 30]
const white = [255, 255, 255]

/** The lane of a list 1000 px wide, less the scroll bar: found by walking, so that the layout may change. */
async function laneOf(page: Page): Promise<{ from: number; perSecond: number }> {
  const from = await page.evaluate(() => {
    const context = document.querySelector<HTMLCanvasElement>('#rows')?.getContext('2d')
    const line = context?.getImageData(0, 12, 1000, 1).data ?? []
    for (let x = 300; x < 1000; x += 1) if (line[x * 4] === 0 && line[x * 4 + 1] === 170) return x
    return -1
  })
  let to = from
  while (String(await colourAt(page, to + 1, 12)) === String(wait)) to += 1
  return { from, perSecond: (to - from) / 2 }
}

describe('the rows', () => {
  test('show each bar at its time, and no more than what is in sight', async () => {
    const page = await open()
    const { from, perSecond } = await laneOf(page)
    expect(from).toBeGreaterThan(300)
    const middleOf = (row: number) => from + (row * 0.5 + 1) * perSecond
    expect(await colourAt(page, middleOf(6), 6 * 24 + 12)).toEqual(wait)
    expect(await colourAt(page, middleOf(6), 2 * 24 + 12)).toEqual(white)
    expect(await page.evaluate(() => document.querySelector('#tall')?.clientHeight)).toBe(240_000)
  })

  test('follow the scrolling within the same frame, and failing ones are red', async () => {
    const page = await open()
    await page.evaluate(() => (globalThis as unknown as { showAll(): void }).showAll())
    await page.evaluate(() => document.querySelector('#scroller')?.scrollTo(0, 9999 * 24))
    await frames(page)
    // At this scale a bar is its shortest, at the far end.
    const line = await page.evaluate(() => {
      const context = document.querySelector<HTMLCanvasElement>('#rows')?.getContext('2d')
      const height = 480
      return Array.from(context?.getImageData(300, height - 12, 700, 1).data ?? [])
    })
    const reds = Array.from({ length: 700 }, (_, x) => line.slice(x * 4, x * 4 + 3)).filter(
      (colour) => String(colour) === String(failing),
    )
    expect(reds.length).toBeGreaterThanOrEqual(1)
  })

  test('are painted once in a frame, however often they are asked for', async () => {
    const page = await open()
    const paints = await page.evaluate(async () => {
      const scroller = document.querySelector('#scroller')
      const before = seen.paints
      for (let at = 0; at < 20; at += 1) scroller?.dispatchEvent(new Event('scroll'))
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      return seen.paints - before
    })
    expect(paints).toBe(1)
  })

  test('are as sharp as the screen, and keep to the size of their box', async () => {
    const page = await open({ deviceScaleFactor: 2 })
    const sizes = () =>
      page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('#rows')
        return [canvas?.width, canvas?.height, canvas?.clientWidth, canvas?.clientHeight]
      })
    const [width = 0, height = 0, clientWidth = 0, clientHeight = 0] = await sizes()
    expect([width, height]).toEqual([clientWidth * 2, clientHeight * 2])
    await page.evaluate(() => {
      const scroller = document.querySelector<HTMLElement>('#scroller')
      if (scroller) scroller.style.cssText = 'width: 400px; height: 300px'
    })
    await frames(page)
    const [, , narrow, low] = await sizes()
    expect(narrow).toBeLessThanOrEqual(400)
    expect(low).toBe(300)
    // Narrow rows have two lines.
    expect(await page.evaluate(() => document.querySelector('#tall')?.clientHeight)).toBe(480_000)
  })

  test('take the colours of another scheme at once', async () => {
    const page = await open()
    expect(await colourAt(page, 400, 470)).toEqual(white)
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'))
    await frames(page)
    expect(await colourAt(page, 400, 470)).toEqual([16, 16, 16])
  })

  test('leave nothing behind when they are taken down', async () => {
    const page = await open()
    const paints = await page.evaluate(async () => {
      ;(globalThis as unknown as { waterfallView: Library.WaterfallView }).waterfallView.destroy()
      const before = seen.paints
      document.querySelector('#scroller')?.scrollTo(0, 5000)
      document.documentElement.setAttribute('data-theme', 'dark')
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      return seen.paints - before
    })
    expect(paints).toBe(0)
  })
})

describe('people', () => {
  test('press the row that is under the pointer, also after scrolling', async () => {
    const page = await open()
    await page.mouse.click(400, 64 + 5 * 24 + 3)
    await page.evaluate(() => document.querySelector('#scroller')?.scrollTo(0, 5000 * 24))
    await page.mouse.click(400, 64 + 5 * 24 + 3)
    expect((await tally(page)).presses).toEqual([5, 5005])
  })

  test('move by keys from where the cursor is', async () => {
    const page = await open()
    await page.focus('#scroller')
    for (const key of ['ArrowDown', 'End', 'PageDown', 'Enter', 'n', 'Escape']) await page.keyboard.press(key)
    expect((await tally(page)).commands).toEqual([
      { type: 'move', to: 4 },
      { type: 'move', to: 9999 },
      { type: 'move', to: 22 },
      { type: 'open' },
      { type: 'failing', step: 1 },
      { type: 'close' },
    ])
  })

  test('come closer to the time under the pointer with Ctrl and the wheel, and scroll without', async () => {
    const page = await open()
    const { from, perSecond } = await laneOf(page)
    await page.mouse.move(from + 5 * perSecond, 200)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -120)
    await page.keyboard.up('Control')
    await expect.poll(async () => (await tally(page)).ranges.length).toBe(1)
    const [range] = (await tally(page)).ranges
    expect((range?.toMs ?? 0) - (range?.fromMs ?? 0)).toBeLessThan(10_000)
    expect(((range?.fromMs ?? 0) + (range?.toMs ?? 0)) / 2).toBeCloseTo(5000, -2)
    expect(await page.evaluate(() => document.querySelector('#scroller')?.scrollTop)).toBe(0)
    await page.mouse.wheel(0, 240)
    await expect.poll(() => page.evaluate(() => document.querySelector('#scroller')?.scrollTop)).toBe(240)
  })

  test('choose a time by dragging on the overview, and all of it by a double click', async () => {
    const page = await open()
    await page.mouse.move(250, 20)
    await page.mouse.down()
    await page.mouse.move(500, 25, { steps: 3 })
    await page.mouse.up()
    await page.mouse.move(700, 25)
    const { ranges } = await tally(page)
    const whole = 9999 * 500 + 2000
    expect(ranges.at(-1)?.fromMs).toBeCloseTo(whole / 4, -2)
    expect(ranges.at(-1)?.toMs).toBeCloseTo(whole / 2, -2)
    await page.mouse.dblclick(100, 20)
    expect((await tally(page)).ranges.at(-1)).toEqual({ fromMs: 0, toMs: whole })
  })
})
