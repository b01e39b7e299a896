import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { launchChromium } from '@clew/testkit/chromium'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { samplePages } from '../testing/pages.ts'
import { servePages } from '../testing/serve-pages.ts'

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const refused = { requestId: 'req_9Zk2' }
const conversations = [
  {
    id: 'a',
    number: 1042,
    subject: '<img src=x onerror=alert(1)>',
    status: 'open',
    handling: 'agent',
    lastMessagePreview: 'One more question',
    lastMessageAt: '2026-11-24T08:00:00Z',
  },
  {
    id: 'b',
    number: 1031,
    subject: 'Invoice',
    status: 'resolved',
    handling: 'agent',
    lastMessagePreview: 'Sent again',
    lastMessageAt: '2026-11-12T08:00:00Z',
  },
]

let folder = ''
let site: Awaited<ReturnType<typeof servePages>>
let browser: Browser
let page: Page
let authorization: string | undefined
let problems: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'clew-pages-'))
  site = await servePages(path.join(folder, 'dist'), {
    '/api/v1/widget/conversations': (request, response) => {
      authorization = request.headers.authorization
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ conversations, unread: { a: 2 } }))
    },
    '/demo/upload': (request, response) => {
      request.resume().on('end', () => response.writeHead(413, { 'x-request-id': refused.requestId }).end())
    },
    '/en/articles/upload-failures/feedback': (request, response) => {
      request.resume().on('end', () => response.writeHead(204).end())
    },
  })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  page = await browser.newPage()
  problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
})
afterEach(() => page.close())

const open = (name: string) => page.goto(site.origin + name)

test('what was tried stays for the visit, colours the thread and goes into the case', async () => {
  await open('/en/article')
  await page.getByLabel('I tried this: Check that the file').check()
  await page.getByLabel('I tried this: Reload the page').check()
  await page.reload()
  expect(await page.getByLabel('I tried this: Reload the page').isChecked()).toBe(true)
  expect(await page.locator('.step.here h3').textContent()).toBe('Clear cookies and cache for this site only')
  const link = page.getByRole('link', { name: 'Open a case with this' })
  expect(await link.getAttribute('href')).toContain('article=upload-failures&tried=size%2Creload')
  expect(await page.locator('[data-tried-list] li').allTextContents()).toEqual([
    'Check that the file is under 20 MB',
    'Reload the page',
  ])
  expect(problems).toEqual([])
})

test('"did it work?" is sent without leaving the page', async () => {
  await open('/en/article')
  const sent = page.waitForRequest((request) => request.url().endsWith('/feedback'))
  await page.getByRole('button', { name: 'Yes, it works' }).click()
  expect((await sent).postData()).toBe('helpful=yes')
  await page.getByText('Good to know. Thank you.').waitFor()
  expect(new URL(page.url()).pathname).toBe('/en/article')
})

test('a link that is only half there is given over too, so that the answer can say so', async () => {
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await open('/en/link#token=AAAA')
  expect((await sent).postData()).toBe('link=AAAA')
  await page.waitForURL((url) => url.hash === '')
})

test('a link that the clipboard does not take stands there, marked', async () => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'))
  })
  await open('/en/article')
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.waitForFunction(
    () => String(getSelection()).endsWith('/en/article') || String(getSelection()).includes('upload-failures'),
  )
  expect(problems).toEqual([])
})

const secret = 'session-9f8e7d6c5b4a39281706'
const capture = (status: number) => ({
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: [
      {
        startedDateTime: '2026-11-24T07:49:05.000Z',
        time: 300,
        request: {
          method: 'POST',
          url: 'https://app.northlight.example/v1/uploads',
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'Cookie', value: `sid=${secret}` }],
          cookies: [{ name: 'sid', value: secret }],
          queryString: [],
          headersSize: -1,
          bodySize: 22_000_000,
        },
        response: {
          status,
          statusText: '',
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'x-request-id', value: 'req_7Kd93hVbQ2Lm' }],
          cookies: [],
          content: { size: 0, mimeType: 'text/plain' },
          redirectURL: '',
          headersSize: -1,
          bodySize: 0,
        },
        cache: {},
        timings: { send: 1, wait: 200, receive: 99 },
      },
    ],
  },
})

describe('the HAR page', () => {
  const choose = (name: string, content: string | Buffer) =>
    page.setInputFiles('#har-file', { name, mimeType: 'application/json', buffer: Buffer.from(content) })

  test('cleans a file and reads it without sending anything but for its own program', async () => {
    await open('/en/har')
    await page.locator('[data-offline=ready]').waitFor()
    const requests: string[] = []
    page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
    await choose('trace.har', JSON.stringify(capture(413)))
    const save = page.getByRole('link', { name: 'Save the clean copy' })
    await save.waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    expect(download.suggestedFilename()).toBe('trace.clean.har')
    const text = await readFile(await download.path(), 'utf8')
    expect(text).not.toContain(secret)
    expect(text).toContain('req_7Kd93hVbQ2Lm')
    expect(await page.locator('.finding').first().textContent()).toContain('req_7Kd93hVbQ2Lm')
    // Our own files (the worker, the timeline, a font) and the clean copy itself, which lives in this browser.
    const harmless = new RegExp(`^GET (${site.origin}/assets/|blob:)`)
    expect(requests.filter((request) => !harmless.test(request))).toEqual([])
    expect(problems).toEqual([])
  })

  test('the timeline answers to the keyboard and shows a request as it stands in the clean copy', async () => {
    await open('/en/har')
    await choose('trace.har', JSON.stringify(capture(413)))
    const rows = page.getByRole('listbox', { name: 'Every request, in time' })
    await rows.press('n')
    await rows.press('Enter')
    const pane = page.getByRole('region', { name: 'Entry 0' })
    await pane.getByText('x-request-id').waitFor()
    expect(await pane.innerText()).toContain('sid=[cookie:')
    expect(await pane.innerText()).not.toContain(secret)
    await pane.press('Escape')
    await pane.waitFor({ state: 'detached' })
    expect(await rows.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('a stricter cleaning is done at once, and takes the words of errors too', async () => {
    await open('/en/har')
    const words = 'The quota of the wharf is spent'
    const [entry] = capture(413).log.entries
    const content = { size: words.length, mimeType: 'text/plain', text: words }
    const log = { ...capture(413).log, entries: [{ ...entry, response: { ...entry?.response, content } }] }
    const save = async () => {
      const link = page.getByRole('link', { name: 'Save the clean copy' })
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
      return readFile(await download.path(), 'utf8')
    }
    await choose('trace.har', JSON.stringify({ log }))
    expect(await save()).toContain(words)
    await page.getByText('Cleaning: Standard').click()
    await page.getByLabel('Strict').check()
    await page.getByText('Cleaning: Strict').waitFor()
    expect(await save()).not.toContain(words)
  })

  test('refuses what is not a HAR, and can be used again', async () => {
    await open('/el/har')
    await choose('notes.har', 'hello')
    await page.getByRole('heading', { name: 'Το notes.har δεν είναι αρχείο HAR' }).waitFor()
    await page.getByRole('button', { name: 'Διαγραφή από τη σελίδα' }).click()
    await choose('trace.har', JSON.stringify(capture(200)))
    await page.getByRole('link', { name: 'Αποθήκευση καθαρού αντιγράφου' }).waitFor()
    await page.getByRole('button', { name: 'Διαγραφή από τη σελίδα' }).click()
    await page.getByText('Σύρετε εδώ ένα αρχείο HAR').waitFor()
    expect(await page.locator('.stage a[download]').count()).toBe(0)
  })

  test('speaks of dropping a file only where there is a pointer to do so', async () => {
    await open('/el/har')
    await page.getByText('Σύρετε εδώ ένα αρχείο HAR').waitFor()
    const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
    const view = await phone.newPage()
    await view.goto(`${site.origin}/el/har`)
    await view.getByText('Επιλέξτε ένα αρχείο HAR').waitFor()
    expect(await view.getByText('Σύρετε').count()).toBe(0)
    await phone.close()
  })

  test('unpacks a gzip, saves the clean copy as a plain HAR, and tells when one is damaged', async () => {
    await open('/el/har')
    const packed = gzipSync(JSON.stringify(capture(413)))
    await choose('trace.har.gz', packed.subarray(0, -9))
    await page.getByRole('heading', { name: 'Το trace.har.gz δεν αποσυμπιέστηκε' }).waitFor()
    await page.getByRole('button', { name: 'Διαγραφή από τη σελίδα' }).click()
    await choose('trace.har.gz', packed)
    const save = page.getByRole('link', { name: 'Αποθήκευση καθαρού αντιγράφου' })
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    expect(download.suggestedFilename()).toBe('trace.clean.har')
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toContain('req_7Kd93hVbQ2Lm')
    expect(text).not.toContain(secret)
  })

  test('a worker that does not start is told, and can be tried again', async () => {
    await page.route(/har-worker\./, (route) => route.abort())
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))
    await open('/en/har')
    await choose('trace.har', JSON.stringify(capture(200)))
    await page.getByRole('heading', { name: 'The cleaning could not start' }).waitFor()
    await page.unroute(/har-worker\./)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'Save the clean copy' }).waitFor()
  })

  test('the guide shows the browser in use, and another when asked', async () => {
    await open('/en/har')
    expect(await page.locator('.howto:visible').getAttribute('data-browser')).toBe('chrome')
    await page.getByRole('button', { name: 'Safari' }).click()
    expect(await page.locator('.howto:visible').getAttribute('data-browser')).toBe('safari')
    expect(await page.locator('.howto:visible').innerText()).not.toContain('Ctrl')
  })
})

describe('my cases', () => {
  test('without a key nothing is asked of the server', async () => {
    authorization = undefined
    await open('/en/my-cases')
    await page.getByRole('button', { name: 'Send me the link' }).waitFor()
    expect(authorization).toBeUndefined()
    expect(await page.getByText('From this browser').count()).toBe(0)
  })

  test('an identity behind the number sign leaves the address at once and goes to the server as a form', async () => {
    const posted = page.waitForRequest((request) => request.method() === 'POST')
    await open('/en/my-cases#identity=a.b.c')
    const request = await posted
    expect(new URL(request.url()).pathname).toBe('/en/my/identity')
    expect(request.url()).not.toContain('a.b.c')
    expect(new URLSearchParams(request.postData() ?? '').get('identity')).toBe('a.b.c')
    problems.length = 0
  })

  test('lists the conversations of this browser as they are now, and reads their text as text', async () => {
    await open('/en/home')
    await page.evaluate(() => localStorage.setItem('clew:token', 'key-1'))
    await open('/en/my-cases')
    await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor()
    expect(authorization).toBe('Bearer key-1')
    await page.getByText('Open · a person answers · 2 new messages').waitFor()
    expect(problems).toEqual([])

    // What was deleted meanwhile is gone when one comes back to the page.
    await page.route(/\/widget\/conversations/, (route) => route.fulfill({ json: { conversations: [] } }))
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor({ state: 'detached' })
    await page.unrouteAll()
    await page.evaluate(() => localStorage.clear())
  })
})

test('the contact form offers the zone and, when asked, what the browser says of itself', async () => {
  await open('/en/contact')
  expect(await page.locator('#environment').inputValue()).toBe('')
  await page.getByRole('button', { name: 'Fill in from this browser' }).click()
  await expect.poll(() => page.locator('#environment').inputValue()).toMatch(/Chrom.*\d+, Linux/)
})

test('the contact form follows the kind, and its meter every field', async () => {
  await open('/en/contact-first')
  const need = (category: string) => page.locator(`[data-category="${category}"] [data-need]`).textContent()
  expect(await page.locator('[data-fields]').isVisible()).toBe(false)
  await page.getByRole('radio', { name: 'API', exact: true }).check()
  expect(await need('request_ids')).toBe('Needed')
  expect(await page.locator('[data-har]').isVisible()).toBe(false)
  const score = () => page.locator('#score').evaluate((meter) => (meter as HTMLMeterElement).value)
  const before = await score()
  await page.getByLabel('What goes wrong').fill('It answers 500')
  await expect.poll(score).toBeGreaterThan(before)
  await page.getByRole('radio', { name: 'Billing' }).check()
  expect(await need('request_ids')).toBe('Not needed')
  expect(await page.getByLabel('What goes wrong').inputValue()).toBe('It answers 500')
  expect(await page.locator('#time_zone').inputValue()).not.toBe('')
  await page.getByLabel('What goes wrong').fill('My password: Tr0ub4dor&3xyz')
  await page.getByLabel('Your email address').focus()
  await page.getByText('A password is in here').waitFor()
})

test('a recording is cleaned on the contact page before it can be sent', async () => {
  await open('/en/contact')
  const har = { log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [entryWithCookie] } }
  await page.setInputFiles('#har', {
    name: 'a.har',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(har)),
  })
  await page.getByText(/Safe: .* removed\. This copy will be sent\./).waitFor()
  const sent = await page.locator('#har').evaluate((input) => (input as HTMLInputElement).files?.[0]?.text())
  expect(sent).toContain('"version"')
  expect(sent).not.toContain('planted-cookie-5f2e91')
  expect(await page.locator('[data-har-removed]').inputValue()).toContain('cookie')
  await page.setInputFiles('#har', { name: 'b.har', mimeType: 'application/json', buffer: Buffer.from('no har') })
  await page.getByText('taken out again').waitFor()
  expect(await page.locator('#har').evaluate((input) => (input as HTMLInputElement).files?.length)).toBe(0)
})

const entryWithCookie = {
  startedDateTime: '2026-11-24T07:48:00.000Z',
  time: 12,
  request: {
    method: 'GET',
    url: 'https://app.northlight.example/files',
    httpVersion: 'HTTP/2',
    cookies: [],
    headers: [{ name: 'Cookie', value: 'sid=planted-cookie-5f2e91' }],
    queryString: [],
    headersSize: -1,
    bodySize: 0,
  },
  response: {
    status: 500,
    statusText: '',
    httpVersion: 'HTTP/2',
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: 'text/plain' },
    redirectURL: '',
    headersSize: -1,
    bodySize: 0,
  },
  cache: {},
  timings: { send: 0, wait: 12, receive: 0 },
}

test('the demo product shows a refused upload with its request id', async () => {
  await open('/en/demo')
  await writeFile(path.join(folder, 'big.pdf'), 'x')
  await page.setInputFiles('#file', path.join(folder, 'big.pdf'))
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await page.getByText(`Could not upload. Request id: ${refused.requestId}`).waitFor()
})

describe.each([
  { width: 320, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
] as const)('at $width px, $scheme', ({ width, scheme }) => {
  test.each(Object.keys(samplePages))(
    '"%s" has no accessibility violation and does not scroll sideways',
    async (name) => {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      })
      const view = await context.newPage()
      for (const locale of ['en', 'el']) {
        await view.goto(`${site.origin}/${locale}/${name}`)
        // Through the debugging protocol, which the page's policy does not bind.
        await view.evaluate(await readFile(axeFile, 'utf8'))
        const found = await view.evaluate(async () => {
          const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }
          const { violations } = await axe.run()
          return {
            violations: violations.map(({ id }) => id),
            overflow: document.documentElement.scrollWidth - innerWidth,
          }
        })
        expect(found).toEqual({ violations: [], overflow: 0 })
      }
      await context.close()
    },
  )
})
