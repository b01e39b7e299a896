import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'

let browser: Browser
const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end('<!doctype html><title>Καλημέρα</title><button>Press</button>')
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await launchChromium()
}, 120_000)

afterAll(async () => {
  await browser.close()
  server.close()
})

test('the browser opens a page of a local server, with workers, secure context and IndexedDB', async () => {
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  expect(await page.title()).toBe('Καλημέρα')
  expect(await page.evaluate(() => [typeof Worker, typeof crypto.subtle, typeof indexedDB, isSecureContext])).toEqual([
    'function',
    'object',
    'object',
    true,
  ])
})

test('the browser is one of this decade', () => {
  expect(Number(browser.version().split('.')[0])).toBeGreaterThanOrEqual(130)
})
