import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { launchChromium } from '@clew/testkit/chromium'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { servePages } from '../testing/serve-pages.ts'

let folder = ''
let site: Awaited<ReturnType<typeof servePages>>
let browser: Browser
let page: Page
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'clew-live-'))
  site = await servePages(path.join(folder, 'dist'), {})
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})

/** The page, and from now on another one at the same address. */
beforeEach(async () => {
  page = await browser.newPage()
  await page.goto(`${site.origin}/en/status`, { waitUntil: 'networkidle' })
  const body = (await page.content()).replace(/<h1>[^<]*<\/h1>/, '<h1>Everything is down.</h1>')
  await page.route('**/en/status', (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }))
  return () => page.close()
})
const look = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
const verdict = () => page.locator('h1').innerText()

test('what is new takes its place without a reload, and is said aloud once', async () => {
  const summary = page.locator('details.follow > summary').first()
  await summary.click()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await look()
  await expect.poll(verdict).toBe('Everything is down.')
  expect(await page.locator('[data-news]').innerText()).toBe('Everything is down.')
  expect(await page.locator('details.follow').first().getAttribute('open')).not.toBeNull()
})

test('who is about to type is not disturbed', async () => {
  const before = await verdict()
  await page.locator('details.follow > summary').first().click()
  await page.locator('details.follow input[type=email]').first().fill('maria@customer.example')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await look()
  await page.waitForTimeout(300)
  expect(await verdict()).toBe(before)
  expect(await page.locator('details.follow input[type=email]').first().inputValue()).toBe('maria@customer.example')
})

test('a page that cannot be read leaves what is there', async () => {
  const before = await verdict()
  await page.route('**/en/status', (route) =>
    route.fulfill({ status: 503, body: '<h1>no</h1>', contentType: 'text/html' }),
  )
  await look()
  await page.waitForTimeout(300)
  expect(await verdict()).toBe(before)
})
