import type { Page } from 'playwright-core'

export type Recording = {
  name: string
  /** The rule that has to find it. */
  shows: string
  play(page: Page, origin: string): Promise<void>
}

/** One recording for each problem, as a person would walk into it. */
export const recordings: readonly Recording[] = [
  {
    name: 'upload-refused',
    shows: 'too-large',
    play: (page, origin) =>
      upload(page, `${origin}/files`, { path: '/api/files', name: 'annual-report.pdf', megabytes: 24.6 }),
  },
  {
    name: 'upload-cut',
    shows: 'upload-cut',
    play: (page, origin) =>
      upload(page, `${origin}/files`, { path: '/api/files/scan', name: 'site-survey.pdf', megabytes: 14.2 }),
  },
  {
    name: 'session-expired',
    shows: 'auth-401',
    play: async (page, origin) => {
      await open(page, `${origin}/chat`)
      await call(page, { path: '/api/messages', times: 2 })
    },
  },
  {
    name: 'rate-limited',
    shows: 'rate-limit',
    play: async (page, origin) => {
      await open(page, `${origin}/chat`)
      await call(page, { path: '/api/completions', times: 7 })
    },
  },
  {
    name: 'service-unavailable',
    shows: 'unavailable',
    play: async (page, origin) => {
      await open(page, `${origin}/chat`)
      await call(page, { path: '/api/answers', times: 3 })
    },
  },
  {
    name: 'sso-no-accounts',
    shows: 'sso-error',
    play: async (page, origin) => {
      await page.goto(`${origin}/sso/start`)
    },
  },
  {
    name: 'slow-reports',
    shows: 'slow-ttfb',
    play: async (page, origin) => {
      await open(page, `${origin}/reports`)
      await call(page, { path: '/api/reports/usage', times: 1, method: 'GET' })
    },
  },
  {
    name: 'blank-page',
    shows: 'not-found',
    play: async (page, origin) => {
      await open(page, `${origin}/board`)
      await call(page, { path: '/api/boards/quarterly-plan', times: 2, method: 'GET' })
    },
  },
]

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.evaluate('window.northlight.ready')
  await page.waitForTimeout(300)
}

type Call = { path: string; times: number; method?: 'GET' | 'POST' }

async function call(page: Page, { path, times, method = 'POST' }: Call): Promise<void> {
  const body = method === 'GET' ? 'undefined' : '{ prompt: "Summarise the minutes of Tuesday." }'
  for (let i = 0; i < times; i += 1) {
    await page.evaluate(`window.northlight.call(${JSON.stringify(method)}, ${JSON.stringify(path)}, ${body})`)
    await page.waitForTimeout(250)
  }
}

type Upload = { path: string; name: string; megabytes: number }

async function upload(page: Page, address: string, { path, name, megabytes }: Upload): Promise<void> {
  await open(page, address)
  await page.setInputFiles('#file', { name, mimeType: 'application/pdf', buffer: Buffer.alloc(megabytes * 1e6, 7) })
  await page.evaluate(`window.northlight.upload(${JSON.stringify(path)})`)
  await page.waitForTimeout(200)
}
