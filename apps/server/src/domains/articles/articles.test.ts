import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArticleSearch } from '@clew/contract/articles'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serverFolder } from '../../folders.ts'
import { AppError } from '../../platform/app-error.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { LibraryHolder } from './library-holder.ts'
import { leaveFeedback } from './use-cases/leave-feedback.ts'
import { loadStarterContent } from './use-cases/load-starter-content.ts'

const settings = {
  brand: 'Kyma',
  appHost: 'a.example',
  supportEmail: 'h@a.example',
  uploadLimitMb: 20,
  captureRetentionDays: 30,
}

let world: World
let folder: string

beforeAll(async () => {
  world = await createWorld()
  folder = mkdtempSync(join(tmpdir(), 'clew-content-'))
  cpSync(join(serverFolder, 'content'), folder, { recursive: true })
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const system = () => world.as({ type: 'system', job: 'test' })
const changes = async () =>
  Number((await world.rows(`SELECT count(*) FROM events WHERE name = 'articles.changed'`))[0]?.['count'])

function rewrite(slug: string, from: string, to: string): void {
  const file = join(folder, 'articles/en', `${slug}.md`)
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

describe('the starter content', () => {
  test('is there when the product starts', async () => {
    const counts = await world.rows('SELECT locale, count(*)::int AS n FROM articles GROUP BY locale ORDER BY locale')
    expect(counts).toEqual([
      { locale: 'el', n: 16 },
      { locale: 'en', n: 16 },
    ])
    expect(world.clew.house.library.current().list('el')).toHaveLength(16)
  })

  test('loaded again changes nothing and emits nothing', async () => {
    const before = await world.rows('SELECT * FROM articles ORDER BY id')
    const emitted = await changes()
    expect(await loadStarterContent(system(), folder)).toEqual({ changed: 0 })
    expect(await world.rows('SELECT * FROM articles ORDER BY id')).toEqual(before)
    expect(await changes()).toBe(emitted)
  })

  test('of a newer version replaces what it changed, and readers see it', async () => {
    const [before] = await world.rows(`SELECT id FROM articles WHERE slug = 'upload-failures' AND locale = 'en'`)
    rewrite('upload-failures', 'Stop at the one that works.', 'The newer version says this.')
    expect(await loadStarterContent(system(), folder)).toEqual({ changed: 1 })
    const [after] = await world.rows(`SELECT id, body FROM articles WHERE slug = 'upload-failures' AND locale = 'en'`)
    expect(after?.['id']).toBe(before?.['id'])
    expect(after?.['body']).toContain('The newer version says this.')
    await world.settle()
    expect(world.clew.house.library.current().read('en', 'upload-failures')?.html).toContain(
      'The newer version says this.',
    )
  })

  test('leaves alone what the team has made theirs', async () => {
    await world.rows(
      `UPDATE articles SET origin = 'team', body = 'Ours.' WHERE slug = 'capture-a-har' AND locale = 'en'`,
    )
    rewrite('capture-a-har', 'A HAR file is a log', 'A HAR is a log')
    expect(await loadStarterContent(system(), folder)).toEqual({ changed: 0 })
    const [row] = await world.rows(`SELECT body FROM articles WHERE slug = 'capture-a-har' AND locale = 'en'`)
    expect(row?.['body']).toBe('Ours.')
  })

  test('loaded by several processes at once is there once', async () => {
    rewrite('finding-request-ids', 'title: ', 'title: All about ')
    const results = await Promise.all([1, 2, 3].map(() => loadStarterContent(system(), folder)))
    expect(results.reduce((sum, { changed }) => sum + changed, 0)).toBe(1)
    expect(await world.rows('SELECT id FROM articles')).toHaveLength(32)
  })

  test('that is broken changes nothing at all', async () => {
    rewrite('contacting-support', 'title: ', 'title: New ')
    rewrite('what-to-include', 'section: troubleshooting', 'section: nowhere')
    await expect(loadStarterContent(system(), folder)).rejects.toThrow()
    const rows = await world.rows(`SELECT 1 FROM articles WHERE title LIKE 'New %'`)
    expect(rows).toEqual([])
  })

  test('is loaded by the product, and by nobody else', async () => {
    const { ctx } = await world.agent()
    await expect(loadStarterContent(ctx, join(serverFolder, 'content'))).rejects.toThrow(
      new AppError('permission.denied'),
    )
  })
})

test('another process sees a change within half a minute of being used', async () => {
  const holder = new LibraryHolder({ newCtx: () => system(), clock: world.clock })
  await holder.open(() => settings)
  await world.rows(
    `UPDATE articles SET body = 'Changed elsewhere.', content_hash = 'x' WHERE slug = 'contacting-support' AND locale = 'en'`,
  )
  holder.current()
  await holder.settled()
  expect(holder.current().read('en', 'contacting-support')?.html).not.toContain('Changed elsewhere.')
  world.clock.advance(31_000)
  holder.current()
  await holder.settled()
  expect(holder.current().read('en', 'contacting-support')?.html).toContain('Changed elsewhere.')
})

describe('over HTTP', () => {
  const inject = (method: 'GET' | 'POST', url: string, payload?: object) =>
    world.app.inject({ method, url: `/api/v1${url}`, ...(payload ? { payload } : {}) })

  test('a search answers with what it found and how it read the words', async () => {
    const response = await inject(
      'GET',
      `/articles/search?locale=el&q=${encodeURIComponent('den anevainei to arxeio')}`,
    )
    expect(response.statusCode).toBe(200)
    expect(response.headers['access-control-allow-origin']).toBe('*')
    const { hits, readAs } = response.json<ArticleSearch>()
    expect(readAs).toBe('greeklish')
    expect(hits[0]).toMatchObject({ slug: 'upload-failures', locale: 'el', section: 'Αντιμετώπιση προβλημάτων' })
  })

  test.each(['?locale=fr&q=a', '?limit=0&q=a', '?limit=1000&q=a', `?q=${'a'.repeat(501)}`])(
    'a search with %s is refused',
    async (query) => {
      expect((await inject('GET', `/articles/search${query}`)).statusCode).toBe(400)
    },
  )

  test('an article comes as harmless HTML with its own address', async () => {
    const response = await inject('GET', '/articles/en/upload-failures')
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      slug: 'upload-failures',
      locale: 'en',
      updatedOn: '2026-11-24',
      url: expect.stringMatching(/^http:\/\/localhost(:\d+)?\/en\/articles\/upload-failures$/),
      html: expect.stringContaining('<h2 id="reload-the-page">'),
    })
  })

  test('an article without a translation comes in the language it has', async () => {
    await world.rows(`DELETE FROM articles WHERE slug = 'finding-request-ids' AND locale = 'el'`)
    await world.clew.house.library.refresh(system())
    const response = await inject('GET', '/articles/el/finding-request-ids')
    expect(response.json()).toMatchObject({ slug: 'finding-request-ids', locale: 'en' })
  })

  test.each(['/articles/en/nothing', '/articles/el/nothing'])('%s is not found', async (url) => {
    const response = await inject('GET', url)
    expect(response.statusCode).toBe(404)
    expect(response.json()).toMatchObject({ code: 'article.not_found' })
  })

  test('feedback is stored without a word about who gave it, and without secrets', async () => {
    const key = `sk-${'proj'}-${'Ab1'.repeat(14)}`
    const sent = await inject('POST', '/articles/upload-failures/feedback', {
      helpful: false,
      locale: 'el',
      comment: `It says 401 with ${key}`,
    })
    expect(sent.statusCode).toBe(204)
    const rows = await world.rows(
      `SELECT a.slug, a.locale, f.helpful, f.comment FROM article_feedback f JOIN articles a ON a.id = f.article_id`,
    )
    expect(rows).toMatchObject([{ slug: 'upload-failures', locale: 'el', helpful: false }])
    expect(rows[0]?.['comment']).toContain('It says 401')
    expect(rows[0]?.['comment']).not.toContain(key)
  })

  test.each([
    [{ helpful: 'yes', locale: 'en' }, 400],
    [{ helpful: true, locale: 'en', who: 'me' }, 400],
    [{ helpful: true, locale: 'en', comment: 'x'.repeat(2001) }, 400],
  ])('feedback %j is refused', async (body, status) => {
    expect((await inject('POST', '/articles/upload-failures/feedback', body)).statusCode).toBe(status)
  })

  test('feedback on an article that is not there is refused', async () => {
    const response = await inject('POST', '/articles/nothing/feedback', { helpful: true, locale: 'en' })
    expect(response.json()).toMatchObject({ code: 'article.not_found' })
  })
})

test('a contact writes no feedback past the product', async () => {
  const { ctx } = await world.contact()
  await expect(leaveFeedback(ctx, 'upload-failures', { helpful: true, locale: 'en' })).rejects.toThrow(
    new AppError('permission.denied'),
  )
})
