import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createT, type Locale, type T } from '@clew/i18n'
import { catalogue as greek } from '@clew/i18n/generated/cli.el'
import { catalogue as english } from '@clew/i18n/generated/cli.en'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

const words: Record<Locale, T<'cli'>> = { en: createT('en', english), el: createT('el', greek) }
const terminals = [
  { locale: 'en', lcAll: 'C' },
  { locale: 'el', lcAll: 'el_GR.UTF-8' },
] as const

const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-sentence-'))
const arch = Object.getOwnPropertyDescriptor(process, 'arch')
let answer: http.RequestListener = (_, response) => response.end()
const server = http.createServer((request, response) => {
  request.resume().once('end', () => answer(request, response))
})
const host = (): string => `127.0.0.1:${(server.address() as AddressInfo).port}`
const keys = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')] as const

beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)))
afterEach(() => {
  vi.unstubAllEnvs()
  // What was read in one language must not speak in the files that follow.
  vi.resetModules()
  vi.restoreAllMocks()
  if (arch) Object.defineProperty(process, 'arch', arch)
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Read anew, since the language is that of the terminal at the start. */
async function platformIn(lcAll: string) {
  vi.stubEnv('LC_ALL', lcAll)
  vi.resetModules()
  return {
    ...(await import('./operator-sentence.ts')),
    ...(await import('./platform/embedded-postgres/run-as.ts')),
    ...(await import('./platform/embedded-postgres/run-program.ts')),
    ...(await import('./platform/embedded-postgres/cluster.ts')),
    ...(await import('./platform/embedded-postgres/native-files.ts')),
    ...(await import('./platform/storage.ts')),
    ...(await import('./platform/storage/sealed.ts')),
    ...(await import('./platform/storage/text-seal.ts')),
    ...(await import('./platform/storage/file-keys.ts')),
    ...(await import('./platform/storage/key.ts')),
  }
}
type Platform = Awaited<ReturnType<typeof platformIn>>

const asUser = (uid: number | undefined): void => void vi.spyOn(process, 'getuid').mockReturnValue(uid as number)
const madeFolder = (name: string): string => {
  mkdirSync(path.join(folder, name), { recursive: true })
  return path.join(folder, name)
}

type Case = { key: Parameters<T<'cli'>>[0]; params?: () => Record<string, string>; provoke(p: Platform): unknown }

const postgres: Case[] = [
  {
    key: 'cli.postgres_no_platform',
    params: () => ({ platform: process.platform }),
    provoke: ({ chooseRunAs }) => {
      asUser(undefined)
      return chooseRunAs(undefined)
    },
  },
  {
    key: 'cli.postgres_of_another',
    params: () => ({ owner: '12', uid: '4711' }),
    provoke: ({ chooseRunAs }) => {
      asUser(4711)
      return chooseRunAs({ uid: 12, gid: 12 })
    },
  },
  {
    key: 'cli.postgres_not_as_root',
    provoke: ({ chooseRunAs }) => {
      asUser(0)
      // Nobody can be asked for.
      vi.stubEnv('PATH', folder)
      return chooseRunAs(undefined)
    },
  },
  {
    key: 'cli.postgres_no_name',
    params: () => ({ uid: '4711' }),
    provoke: ({ chooseRunAs }) => {
      asUser(4711)
      vi.spyOn(os, 'userInfo').mockImplementation(() => {
        throw new Error('ENOENT')
      })
      return chooseRunAs(undefined)
    },
  },
  {
    key: 'cli.postgres_not_installed',
    params: () => ({ name: `@embedded-postgres/${process.platform}-abacus` }),
    provoke: ({ nativeFiles }) => {
      Object.defineProperty(process, 'arch', { ...arch, value: 'abacus' })
      return nativeFiles({ base: folder, runAs: undefined, log: () => undefined })
    },
  },
  {
    key: 'cli.postgres_cannot_enter',
    params: () => ({ uid: '4711', folder: path.join(folder, 'closed') }),
    provoke: ({ baseFolder }) => {
      writeFileSync(path.join(madeFolder('closed/pg'), 'PG_VERSION'), '18')
      return baseFolder(path.join(folder, 'closed'), { uid: 4711, gid: 4711 })
    },
  },
  {
    key: 'cli.postgres_place_gone',
    params: () => ({ folder: path.join(folder, 'unmounted') }),
    provoke: ({ baseFolder }) => {
      writeFileSync(path.join(madeFolder('moved'), 'pg-location'), path.join(folder, 'unmounted'))
      return baseFolder(path.join(folder, 'moved'), undefined)
    },
  },
  {
    key: 'cli.postgres_program_failed',
    params: () => ({ program: 'sh', words: 'no room left' }),
    provoke: ({ runProgram }) =>
      runProgram('/bin/sh', { args: ['-c', 'echo no room left >&2; exit 3'], runAs: undefined }),
  },
]

const fileKey = 'ab/s-file'
const about = (status: number) => ({ host: host(), bucket: 'clew', status: String(status) })
const storeAt = ({ openStorage }: Platform, at = host()) => openStorage(`s3+http://key:secret@${at}/clew`, folder)
const answers = (status: number, body = ''): void => {
  answer = (_, response) => response.writeHead(status).end(body)
}
const putLarge = (p: Platform): Promise<void> =>
  storeAt(p).put(p.notedStorageKey(fileKey), Readable.from([Buffer.alloc(9_000_000)]), 9_000_000)

const store: Case[] = [
  {
    key: 'cli.files_url_incomplete',
    provoke: ({ openStorage }) => openStorage('s3://key:secret@files.example', folder),
  },
  {
    key: 'cli.files_url_unreadable',
    provoke: ({ openStorage }) => openStorage('file://elsewhere.example/files', folder),
  },
  {
    key: 'cli.files_url_unreadable',
    provoke: ({ openStorage }) => openStorage('s3://key:100%@files.example/clew', folder),
  },
  {
    key: 'cli.files_unreachable',
    params: () => ({ host: '127.0.0.1:9', reason: 'bad port' }),
    provoke: (p) => storeAt(p, '127.0.0.1:9').get(fileKey),
  },
  {
    key: 'cli.files_refused',
    params: () => about(403),
    provoke: (p) => {
      answers(403)
      return storeAt(p).get(fileKey)
    },
  },
  {
    key: 'cli.files_no_bucket',
    params: () => about(404),
    provoke: (p) => {
      answers(404, '<Error><Code>NoSuchBucket</Code></Error>')
      return storeAt(p).get(fileKey)
    },
  },
  {
    key: 'cli.files_gone',
    params: () => ({ ...about(404), key: fileKey }),
    provoke: (p) => {
      answers(404, '<Error><Code>NoSuchKey</Code></Error>')
      return storeAt(p).get(fileKey)
    },
  },
  {
    key: 'cli.files_failed',
    params: () => about(409),
    provoke: (p) => {
      answers(409)
      return storeAt(p).get(fileKey)
    },
  },
  {
    key: 'cli.files_no_store',
    params: () => ({ host: host() }),
    provoke: (p) => {
      answers(200, '<html>Welcome</html>')
      return putLarge(p)
    },
  },
  {
    key: 'cli.files_not_joined',
    params: () => ({ host: host() }),
    provoke: (p) => {
      answer = ({ url = '' }, response) =>
        response.end(url.endsWith('?uploads') ? '<UploadId>1</UploadId>' : '<Error><Code>InternalError</Code></Error>')
      return putLarge(p)
    },
  },
]

type Spoil = (file: Buffer) => Buffer

async function opened({ openStorage, sealedStorage, fileKeyOf, notedStorageKey }: Platform, spoil: Spoil) {
  const raw = openStorage(undefined, folder)
  const storage = sealedStorage(raw, [fileKeyOf(keys[0])])
  await storage.put(notedStorageKey(fileKey), Readable.from([Buffer.from('content')]))
  const there = await buffer(await raw.get(fileKey))
  await raw.put(notedStorageKey(fileKey), Readable.from([spoil(there)]))
  return buffer(await storage.get(fileKey))
}
const idOf = async (key: string): Promise<string> =>
  (await import('./platform/storage/file-keys.ts')).fileKeyOf(key).id.toString('hex')

const seals: Case[] = [
  { key: 'cli.files_key_unusable', provoke: ({ fileKeyOf }) => fileKeyOf('too short') },
  {
    key: 'cli.seal_none',
    params: () => ({ key: fileKey }),
    provoke: (p) => opened(p, () => Buffer.from('{"log":{}}')),
  },
  {
    key: 'cli.seal_altered',
    provoke: (p) => opened(p, (file) => Buffer.concat([file.subarray(0, -2), Buffer.alloc(2)])),
  },
  // All but five bytes of its one chunk, which is a tag of 16 behind seven of content.
  { key: 'cli.seal_cut_off', provoke: (p) => opened(p, (file) => file.subarray(0, -18)) },
  {
    key: 'cli.seal_altered_text',
    provoke: ({ textSeal, fileKeyOf }) => {
      const seal = textSeal([fileKeyOf(keys[0])])
      return seal.open(seal.seal('secret', 'here'), 'elsewhere')
    },
  },
]

describe.each(terminals)('in a terminal in $locale', ({ locale, lcAll }) => {
  test.each([...postgres, ...store, ...seals])('$key is said in its language', async ({ key, params, provoke }) => {
    const platform = await platformIn(lcAll)
    const error: unknown = await (async () => provoke(platform))().catch((thrown: unknown) => thrown)
    const said = (words[locale] as unknown as (key: string, params?: object) => string)(key, params?.())
    expect(said).not.toMatch(/\{|undefined/)
    expect(platform.sentenceOf(error)).toBe(said)
  })

  test('which key is missing is said in its language', async () => {
    const { sealedStorage, openStorage, notedStorageKey, textSeal, fileKeyOf, sentenceOf } = await platformIn(lcAll)
    const [mine, other] = [fileKeyOf(keys[0]), fileKeyOf(keys[1])]
    const raw = openStorage(undefined, folder)
    await sealedStorage(raw, [mine]).put(notedStorageKey(fileKey), Readable.from([Buffer.from('content')]))
    const id = await idOf(keys[0])
    const file = await sealedStorage(raw, [other])
      .get(fileKey)
      .catch((thrown: unknown) => thrown)
    expect(sentenceOf(file)).toBe(words[locale]('cli.seal_other_key', { id }))
    const secret = await (async () => textSeal([other]).open(textSeal([mine]).seal('secret', 'here'), 'here'))().catch(
      (thrown: unknown) => thrown,
    )
    expect(sentenceOf(secret)).toBe(words[locale]('cli.seal_other_key_text', { id }))
  })
})

test('a defect is no sentence', async () => {
  const { sentenceOf } = await platformIn('C')
  expect(sentenceOf(new Error('undefined is not a function'))).toBeUndefined()
})
