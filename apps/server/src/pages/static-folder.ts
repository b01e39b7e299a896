import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type Compressed, compress, uncompressed } from './compressed.ts'

export type StaticFile = Compressed & { type: string }

/** Files of one folder, read and compressed when they are first asked for, and again when they have changed. */
export type StaticFolder = {
  find(name: string): Promise<StaticFile | undefined>
  /** Whether anything was built into the folder at all. */
  exists(): Promise<boolean>
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

/** Names that we give: no dot in front, no way up. */
const safeName = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/
const keptQuality = 9

type Kept = { stamp: string; file: Promise<StaticFile> }

export function createStaticFolder(folder: string): StaticFolder {
  const kept = new Map<string, Kept>()
  return {
    exists: async () => (await stampOf(folder)) !== undefined,
    find: async (name) => {
      const type = types[extname(name)]
      if (type === undefined || !safeName.test(name)) return undefined
      const path = join(folder, name)
      const stamp = await stampOf(path)
      if (stamp === undefined) return undefined
      const known = kept.get(name)
      if (known?.stamp === stamp) return known.file
      const file = read(path, type)
      kept.set(name, { stamp, file })
      file.catch(() => kept.delete(name))
      return file
    },
  }
}

async function read(path: string, type: string): Promise<StaticFile> {
  const body = await readFile(path)
  const content = /^(font|image\/png)/.test(type) ? uncompressed(body) : await compress(body, keptQuality)
  return { ...content, type }
}

async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size } = await stat(path)
    return `${mtimeMs}-${size}`
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
