import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SettingsSource, settingsNow } from '../domains/organisations/model.settings.ts'
import { bubbleLook, themePath } from '../look.ts'
import { registerBrand } from './brand-files.ts'
import { redirectUnoffered } from './locale.ts'
import { siteLook } from './site-look.ts'
import { createStaticFolder } from './static-folder.ts'
import { registerStaticFiles } from './static-routes.ts'

const operator = {
  brand: { name: 'Northlight', appHost: 'app.northlight.example', supportEmail: 'support@northlight.example' },
  timeZone: 'Europe/Athens',
  suggestions: { en: [], el: [] },
  model: undefined,
  modelHttpHosts: [],
}
const logo = { hash: 'a'.repeat(32), type: 'svg' as const, bytes: Buffer.from('<svg/>') }
const nowWith = (saved: SettingsSource['saved'], more: Partial<SettingsSource> = {}) =>
  settingsNow({ version: '1', saved, logo: undefined, savedKey: undefined, ...more }, operator)

let folder: string
let app: FastifyInstance
let settings = nowWith({})

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clew-look-'))
  writeFileSync(join(folder, 'clew.js'), 'the loader')
  writeFileSync(join(folder, 'frame.html'), '<!doctype html>')
  const built = createStaticFolder(folder)
  app = Fastify()
  app.addHook('onRequest', async (request, reply) =>
    redirectUnoffered(request, reply, settings.languages) ? reply : undefined,
  )
  registerStaticFiles(app, { site: built, widget: built, workspace: built }, () => settings.bubble)
  registerBrand(app, { current: () => settings })
  app.all('/*', async () => 'a page')
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })

test('a page in a language that is not offered leads to the first one, with its query', async () => {
  settings = nowWith({ languages: { offered: ['el'] } })
  const moved = await get('/en/articles/upload-failures?given=yes')
  expect([moved.statusCode, moved.headers.location]).toEqual([302, '/el/articles/upload-failures?given=yes'])
  expect((await get('/el/har')).statusCode).toBe(200)
  expect((await get('/english')).statusCode).toBe(200)
  expect((await app.inject({ method: 'POST', url: '/en/contact' })).statusCode).toBe(200)
  // Whatever stands behind the language, it stays on this site.
  expect((await get('/en//evil.example')).headers.location).toBe('/el//evil.example')
})

test.each([
  [{}, { own: true, other: true, ancestors: '*' }],
  [{ onOtherSites: false }, { own: true, other: false, ancestors: "'self'" }],
  [{ onHelpCentre: false }, { own: false, other: true, ancestors: '*' }],
  [{ origins: ['https://*.kyma.example'] }, { own: true, other: true, ancestors: "'self' https://*.kyma.example" }],
])('with %j the script and the frame are for %j', async (bubble, { own, other, ancestors }) => {
  settings = nowWith({ bubble })
  const runs = async (site: string) =>
    (await get('/clew.js', { 'sec-fetch-site': site, 'accept-encoding': 'identity' })).body === 'the loader'
  expect(await runs('same-origin')).toBe(own)
  expect(await runs('cross-site')).toBe(other)
  const { headers } = await get('/widget/frame')
  expect(headers['content-security-policy']).toContain(`frame-ancestors ${ancestors}`)
})

test('logo and colours are served from here, and only the ones that hold', async () => {
  settings = nowWith({ brand: { accent: '#c2185b' } }, { logo })
  const picture = await get(`/brand/logo-${logo.hash}.svg`)
  expect(picture.body).toBe('<svg/>')
  expect(picture.headers['content-security-policy']).toContain('sandbox')
  const sheet = await get(themePath('#c2185b'), { 'accept-encoding': 'identity' })
  expect(sheet.body).toContain(':root{--pine:#c2185b')
  expect(sheet.body).toContain('prefers-color-scheme:dark')
  for (const url of ['/brand/logo-b.svg', '/brand/theme-000000.css', '/brand/../secrets'])
    expect((await get(url)).body).not.toContain('--pine')
  settings = nowWith({})
  expect((await get(themePath('#c2185b'))).statusCode).not.toBe(200)
})

test('a page says what the settings make of it', () => {
  const day = [{ from: '09:00', to: '17:00' }]
  const week = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] }
  const decided = nowWith(
    {
      brand: { name: 'Kyma', accent: '#ffd500' },
      bubble: { side: 'left', onHelpCentre: false },
      hours: { opening: { timeZone: 'Europe/Athens', week, holidays: [] } },
    },
    { logo },
  )
  const now = new Date('2026-11-24T08:00:00Z')
  expect(siteLook(decided, { locale: 'en', root: '/help', now })).toMatchObject({
    brand: { name: 'Kyma', logo: `/help/brand/logo-${logo.hash}.svg`, stylesheet: '/help/brand/theme-ffd500.css' },
    widgetLook: { side: 'left' },
    supportHoursText: 'People answer until 17:00 (our time)',
  })
  expect(siteLook(decided, { locale: 'en', root: '', now })).not.toHaveProperty('widgetSrc')
  expect(bubbleLook(decided, { locale: 'en', timeZone: undefined, now }).colours).toContain(':host{--pine:')
})
