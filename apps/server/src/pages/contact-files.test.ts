import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, createPagedWorld, type PagedWorld } from '../testkit/paged-world.ts'

let paged: PagedWorld
beforeAll(async () => {
  paged = await createPagedWorld()
})
afterAll(() => paged.close())

const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
const har = JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [] } })
const filled = { kind: 'ui_problem', problem: 'Nothing loads', email: 'maria@company.example' }

async function formFor(): Promise<Browser> {
  const browser = new Browser(paged.app)
  await browser.get('/en/contact?kind=ui_problem')
  return browser
}
const numberIn = (location: unknown): string => /C-(\d+)/.exec(String(location))?.[1] ?? ''
const filesOf = (number: string) =>
  paged.world.rows(
    `SELECT f.name, f.state, f.media_type FROM files f JOIN conversations c ON c.contact_id = f.contact_id
      WHERE c.number = $1 ORDER BY f.name`,
    [number],
  )

/** Held until it is cleaned, which a quick job may have tried by now: of one without an entry nothing is left. */
const unread = expect.stringMatching(/^(?:held|gone)$/)

test('pictures are attached, and a recording is a capture that is cleaned before anybody reads it', async () => {
  const browser = await formFor()
  const sent = await browser.postFiles('/en/contact', filled, [
    { field: 'files', name: 'stuck.png', content: png, type: 'image/png' },
    { field: 'files', name: '', content: '' },
    { field: 'har', name: 'a.har', content: har },
  ])
  expect(sent.statusCode).toBe(303)
  const number = numberIn(sent.headers['location'])
  expect(await filesOf(number)).toMatchObject([
    { name: 'a.har', state: unread },
    { name: 'stuck.png', state: 'stored', media_type: 'image/png' },
  ])
  const captures = await paged.world.rows(
    'SELECT c.name FROM captures c JOIN conversations v ON v.id = c.conversation_id WHERE v.number = $1',
    [number],
  )
  expect(captures).toEqual([{ name: 'a.har' }])
})

test('a recording that somebody puts among the pictures is a capture all the same', async () => {
  const browser = await formFor()
  const sent = await browser.postFiles('/en/contact', filled, [{ field: 'files', name: 'log.txt', content: har }])
  expect(await filesOf(numberIn(sent.headers['location']))).toMatchObject([{ state: unread }])
})

test('a file over the limit is refused with what to do, and the others and every word are kept', async () => {
  const browser = await formFor()
  const refused = await browser.postFiles('/en/contact', { ...filled, snippet: '  a\n\tb' }, [
    { field: 'files', name: 'small.png', content: png, type: 'image/png' },
    { field: 'files', name: 'large.txt', content: Buffer.alloc(30_000_000, 'a'), type: 'text/plain' },
  ])
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('A file is over 25 MB.')
  expect(refused.body).toContain('href="#files"')
  expect(refused.body).toContain('small.png has come')
  expect(refused.body).toContain('\n  a\n\tb</textarea>')
  const kept = /name="kept" value="([^"]+)"/.exec(refused.body)?.[1] ?? ''
  const sent = await browser.post('/en/contact', { ...filled, kept })
  expect(sent.statusCode).toBe(303)
  expect(await filesOf(numberIn(sent.headers['location']))).toMatchObject([{ name: 'small.png' }])
  const again = await browser.post('/en/contact', { ...filled, kept })
  expect(again.headers['location']).toBe(sent.headers['location'])
})

test('a file of another form cannot be taken into a case', async () => {
  const one = await formFor()
  const first = await one.postFiles('/en/contact', { kind: 'upload' }, [
    { field: 'files', name: 'private.png', content: png, type: 'image/png' },
  ])
  const kept = /name="kept" value="([^"]+)"/.exec(first.body)?.[1] ?? ''
  expect(kept).not.toBe('')
  const sent = await (await formFor()).post('/en/contact', { ...filled, kept })
  expect(sent.statusCode).toBe(303)
  const number = numberIn(sent.headers['location'])
  expect(
    await paged.world.rows(
      'SELECT 1 FROM message_files m JOIN conversations c ON c.contact_id = m.contact_id WHERE c.number = $1',
      [number],
    ),
  ).toEqual([])
})

test('of a form that is not ours no file is kept', async () => {
  const count = async () => (await paged.world.rows('SELECT 1 FROM files')).length
  const before = await count()
  const browser = await formFor()
  const answer = await browser.postFiles('/en/contact', { ...filled, csrf: 'made.up' }, [
    { field: 'files', name: 'a.png', content: png, type: 'image/png' },
  ])
  expect(answer.statusCode).toBe(403)
  expect(await count()).toBe(before)
})

test('more files than fit are told, and the first ones are kept', async () => {
  const browser = await formFor()
  const files = Array.from({ length: 10 }, (_, i) => ({
    field: 'files',
    name: `${i}.png`,
    content: png,
    type: 'image/png',
  }))
  const answer = await browser.postFiles('/en/contact', filled, files)
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('No more than 8 files at once')
  expect(answer.body.match(/name="kept"/g)).toHaveLength(8)
})
