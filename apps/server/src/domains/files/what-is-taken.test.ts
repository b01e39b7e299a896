import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { maxAttachmentBytes } from '@clew/contract/files'
import { maxFlowBytes } from '@clew/contract/flows'
import { maxInviteTextLength } from '@clew/contract/members'
import { maxLogoBytes } from '@clew/contract/settings'
import { maxMetadataLength } from '@clew/contract/single-sign-on'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'

/** The table of docs/operating.md that says what files are taken: each line of it holds. */
const document = readFileSync(path.join(import.meta.dirname, '../../../../../docs/operating.md'), 'utf8')
const section = document.split('### What is taken, and how large')[1]?.split('\n### ')[0] ?? ''
const lines = new Map(
  [...section.matchAll(/^\| (?!what|---)(.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(
    ([, what = '', kinds, most, becomes]) => [
      what,
      { kinds: String(kinds), most: String(most), becomes: String(becomes) },
    ],
  ),
)
const line = (what: string) => lines.get(what) ?? { kinds: '', most: '', becomes: '' }

let world: World
let contact: Awaited<ReturnType<World['contact']>>
let owner: { headers: Record<string, string> }
beforeAll(async () => {
  world = await createWorld({ config: { baseUrl: 'http://localhost' } })
  contact = await world.contact()
  owner = await world.member(await world.supportTeam(), 'owner')
})
afterAll(() => world.close())

const attach = (content: Buffer, name: string) =>
  world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: {
      ...contact.headers,
      'x-clew-file-id': randomUUID(),
      'x-clew-file-name': name,
      'content-type': 'image/png',
    },
    payload: content,
  })
const code = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code

test('it has a line for everything that can be uploaded', () => {
  expect([...lines.keys()]).toEqual([
    'a file attached in the bubble, the form, or by an agent',
    'a file uploaded in pieces',
    'a capture (HAR)',
    'the logo',
    'a flow',
    'people to invite, by CSV',
    'metadata of an identity provider',
  ])
})

test('an attachment has the size and the kinds that are written', async () => {
  const { most, kinds } = line('a file attached in the bubble, the form, or by an agent')
  expect(most).toBe(`${maxAttachmentBytes / 1_000_000} MB`)
  expect((await attach(Buffer.alloc(maxAttachmentBytes), 'a.bin')).statusCode).toBe(201)
  expect(code(await attach(Buffer.alloc(maxAttachmentBytes + 1), 'a.bin'))).toBe('file.too_large')
  expect(kinds).toMatch(
    /^any; JPEG, PNG, GIF and WebP .*; HEIC, AVIF and TIFF are refused, .*[(]7z, rar, xz, bzip2, zstd/,
  )
  const beginnings = { heic: '\0\0\0\x18ftypheic\0\0\0\0', avif: '\0\0\0\x18ftypavif\0\0\0\0', tiff: 'II*\0\b\0\0\0' }
  for (const [name, bytes] of Object.entries(beginnings))
    expect(code(await attach(Buffer.from(bytes.padEnd(100, '\0'), 'latin1'), `a.${name}`)), name).toBe(
      'file.picture_refused',
    )
  for (const [name, bytes] of Object.entries({
    bz2: 'BZh91AY&SY',
    rar: 'Rar!\x1a\x07\x01\0',
    '7z': '7z\xbc\xaf\x27\x1c',
  }))
    expect(code(await attach(Buffer.from(bytes, 'latin1'), `a.${name}`)), name).toBe('file.archive_refused')
})

test('an upload in pieces may be as large as is written, and a picture as large as is written', async () => {
  for (const what of ['a file uploaded in pieces', 'a capture (HAR)']) expect(line(what).most).toContain('(1000 MB)')
  const spoken = await world.app.inject({ method: 'OPTIONS', url: '/api/v1/widget/uploads' })
  expect(spoken.headers['tus-max-size']).toBe(String(1000 * 1_000_000))
  const begin = (length: number) =>
    world.app.inject({
      method: 'POST',
      url: '/api/v1/widget/uploads',
      headers: {
        ...contact.headers,
        'tus-resumable': '1.0.0',
        'upload-length': String(length),
        'upload-metadata': `filename ${btoa('a.png')},filetype ${btoa('image/png')},kind ${btoa('file')}`,
      },
    })
  expect(code(await begin(1_000_000_001))).toBe('upload.too_large')
  const picture = async (length: number) => {
    const { location } = (await begin(length)).headers
    return world.app.inject({
      method: 'PATCH',
      url: String(location),
      headers: {
        ...contact.headers,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      payload: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    })
  }
  const megabytes = Number(/a picture (\d+) MB/.exec(line('a file uploaded in pieces').most)?.[1])
  expect((await picture(megabytes * 1_000_000)).statusCode).toBe(204)
  expect(code(await picture(megabytes * 1_000_000 + 1))).toBe('upload.too_large')
})

test('what is inflated stops where it is written', () => {
  const har = path.join(import.meta.dirname, '../../../../../packages/har/src')
  const limit = (file: string, name: string) => {
    const [, count, shift] =
      new RegExp(`const ${name} = (\\d+) << (\\d+)`).exec(readFileSync(path.join(har, file), 'utf8')) ?? []
    return (Number(count) << Number(shift)) / (1 << 20)
  }
  const { becomes } = line('a capture (HAR)')
  expect(becomes).toContain(`inflated up to ${limit('bodies.ts', 'MAX_WALKED')} MiB`)
  expect(becomes).toContain(`in a SAML message up to ${limit('saml.ts', 'MAX_MESSAGE')} MiB`)
})

test('a logo, a flow, a list of people and metadata may be as large as is written, and no larger', async () => {
  expect(line('the logo').most).toBe(`${maxLogoBytes / 1000} kB`)
  expect(line('a flow').most).toBe(`${maxFlowBytes / 1000} kB`)
  expect(line('people to invite, by CSV').most).toBe(`${maxInviteTextLength.toLocaleString('en')} characters`)
  expect(line('metadata of an identity provider').most).toBe(`${maxMetadataLength.toLocaleString('en')} characters`)
  const send = (method: 'POST' | 'PUT', url: string, payload: Buffer | object) =>
    world.app.inject({ method, url: `/api/v1${url}`, headers: owner.headers, payload })
  expect(code(await send('POST', '/settings/logo', Buffer.alloc(maxLogoBytes + 1)))).toBe('settings.logo_unusable')
  expect(code(await send('POST', '/flows/inspect', Buffer.alloc(maxFlowBytes + 1, 'x')))).toBe('flow.too_large')
  const people = { source: 'paste', text: 'x'.repeat(maxInviteTextLength + 1) }
  expect(code(await send('POST', '/console/invitations/preview', people))).toBe('input.invalid')
  const metadata = { kind: 'saml', provider: 'okta', name: 'x', metadata: 'x'.repeat(maxMetadataLength + 1) }
  expect(code(await send('POST', '/console/sso/connections', metadata))).toBe('input.invalid')
})

test('every other request may have as much as is written', async () => {
  expect(section).toContain('Any other request may have 256 KiB.')
  const ask = (length: number) =>
    world.app.inject({
      method: 'POST',
      url: '/api/v1/join-requests',
      headers: { 'content-type': 'application/json' },
      payload: `{"organisation":"x","more":"${'x'.repeat(length)}"}`,
    })
  expect((await ask(200 * 1024)).statusCode).toBe(400)
  expect((await ask(256 * 1024)).statusCode).toBe(413)
})
