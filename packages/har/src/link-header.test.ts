import { growth } from '@clew/testkit/growth'
import { expect, test } from 'vitest'
import { at, capture, clean, entry } from './test-support.ts'

/** `Link` and `Refresh` are written in more ways than their specifications say. */

const APP = 'https://app.northlight.example'
const TOKEN = 'Rv7kQ2xWz9LmT4bNc1'
const NAME = 'Eleni Papadaki'

async function headerOf(name: string, value: string): Promise<string> {
  const { har, text } = await clean(capture([entry({ responseHeaders: { [name]: value } })]))
  expect((await clean(text)).text, 'cleaned again').toBe(text)
  return String(at(har.log.entries, 0, 'response', 'headers', 0, 'value'))
}

const ADDRESS = `${APP}/cb?token=${TOKEN}`

const REFRESHES: readonly [value: string, clean: RegExp][] = [
  [`0; url=${ADDRESS}`, /^0; url=https:\/\/app\.northlight\.example\/cb\?token=\[[^\]]+\]$/],
  [`0; ${ADDRESS}`, /^0; https:\/\/app\.northlight\.example\/cb\?token=\[[^\]]+\]$/],
  [`0,${ADDRESS}`, /^0,https:\/\/app\.northlight\.example\/cb\?token=\[[^\]]+\]$/],
  [`5 ${ADDRESS}`, /^5 https:\/\/app\.northlight\.example\/cb\?token=\[[^\]]+\]$/],
  [`0; URL = ${ADDRESS}`, /^0; URL = https:\/\/app\.northlight\.example\/cb\?token=\[[^\]]+\]$/],
  [`0.5;url='${ADDRESS}'`, /^0\.5;url='https:\/\/app\.northlight\.example\/cb\?token=\[[^\]]+\]'$/],
  [`0;url="${ADDRESS}`, /^0;url="https:\/\/app\.northlight\.example\/cb\?token=\[[^\]]+\]$/],
  [`0;url="/a" ${TOKEN}`, /^0;url="\/a"\[value, \d+ chars\]$/],
  [`0; ${NAME} ${TOKEN}`, /^0; \[[^\]]+\]$/],
]

test.each(REFRESHES)('Refresh: %s loses what its address carries', async (value, expected) => {
  expect(await headerOf('Refresh', value)).toMatch(expected)
  const page = `<!doctype html><meta http-equiv="refresh" content="${value.replaceAll('"', '&quot;')}">`
  const { text } = await clean(capture([entry({ mime: 'text/html', body: page })]))
  expect(text).not.toContain(TOKEN)
  expect(text).toContain('refresh')
})

test.each(['5', '0; url=/en/home', '0;/en/home', '30; url="https://app.northlight.example/en/status"'])(
  'Refresh: %s is kept',
  async (value) => {
    expect(await headerOf('Refresh', value)).toBe(value)
  },
)

const LINKS: readonly [value: string, gone: string, stays: string][] = [
  [`<${APP}/x?key=${TOKEN}>; rel=next`, TOKEN, '>; rel=next'],
  [`${APP}/x?key=${TOKEN}&page=2; rel="next"`, TOKEN, '&page=2; rel="next"'],
  [`${APP}/x;key=${TOKEN}; rel="next"`, TOKEN, 'rel="next"'],
  [`</a>; rel=next; anchor="${APP}/?token=${TOKEN}"`, TOKEN, `</a>; rel=next; anchor="${APP}/?token=`],
  [`</a>; rel="next"; title="${NAME}"`, NAME, '</a>; rel="next"; title="'],
  [`</a>; rel="next" ; title*=UTF-8''${encodeURIComponent(NAME)}`, 'Papadaki', '</a>; rel="next" ; title*='],
  [`</a.js>; rel=preload; as=script; nonce=${TOKEN}`, TOKEN, '</a.js>; rel=preload; as=script; nonce=['],
  [`</a.js>; rel=preload; ${TOKEN}`, TOKEN, '</a.js>; rel=preload; ['],
  [`</a>; rel="${APP}/rel?token=${TOKEN}"`, TOKEN, `</a>; rel="${APP}/rel?token=`],
  [`</a>; rel=next; title="${NAME}`, NAME, '</a>; rel=next; title="'],
  [`</a>, "${NAME}", </b>; rel=prev`, NAME, ', </b>; rel=prev'],
]

test.each(LINKS)('Link: %s loses %s', async (value, gone, stays) => {
  const clean = await headerOf('Link', value)
  expect(clean).not.toContain(gone)
  expect(clean).toContain(stays)
})

test.each([
  `<${APP}/v1/items?page=2>; rel="next", <${APP}/v1/items?page=9>; rel="last"`,
  `<${APP}/fonts/inter.8f3a2c1d.woff2>;rel="preload";as="font";type="font/woff2";crossorigin`,
  `</a.css>; rel=preload; as=style; media="(min-width: 600px)"; integrity="sha384-${'aB3d'.repeat(16)}"; fetchpriority=high`,
  `<${APP}/wp-json/>; rel="https://api.northlight.example/rel"\n<${APP}/>; rel=shortlink`,
  `<${APP}/a>; rel="previous"; results="false"; hreflang=el; nopush`,
])('Link: %s is kept', async (value) => {
  expect(await headerOf('Link', value)).toBe(value)
})

test.each(['<', ';', ' ', '[', '; a', '"\\', ';a=["'])(
  'a Link of %j only takes the time that its length takes',
  async (part) => {
    const link = (value: string) => headerOf('Link', value)
    expect(await growth(link, (count) => part.repeat(count), { from: 15_000, factor: 4 })).toBeLessThan(8)
  },
)
