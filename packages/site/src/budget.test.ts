import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../build.mjs'
import { createAssets, type SiteAssets } from './site.ts'
import { samplePages } from './testing/pages.ts'
import { sampleSite } from './testing/samples.ts'

/** What a page may weigh over the wire, fonts and bubble not counted. */
const budgetBytes = 60_000

let folder = ''
let assets: SiteAssets

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'clew-site-'))
  const { manifest } = await build({ to: folder })
  assets = createAssets(manifest, '/assets')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const gzipped = (content: string | Uint8Array) => gzipSync(content).length

async function weigh(html: string): Promise<number> {
  const files = [...html.matchAll(/<(?:script|link)[^>]*(?:src|href)="\/assets\/([^"]+\.(?:js|css|svg))"/g)].map(
    ([, file]) => file ?? '',
  )
  expect(files.length).toBeGreaterThan(1)
  const sizes = await Promise.all(files.map(async (file) => gzipped(await readFile(path.join(folder, file)))))
  return sizes.reduce((sum, size) => sum + size, gzipped(html))
}

describe.each(Object.keys(samplePages))('the page "%s"', (name) => {
  test('weighs no more than 60 kB with its styles and scripts', async () => {
    const page = samplePages[name]?.('el', sampleSite('el', { assets })) ?? ''
    const bytes = await weigh(page)
    expect(bytes).toBeGreaterThan(1_000)
    expect(bytes).toBeLessThanOrEqual(budgetBytes)
  })
})

test('names of built files change with their content, and fonts come from us', async () => {
  expect(assets.url('site.css')).toMatch(/\/assets\/site\.[A-Z0-9]{8}\.css$/)
  const css = await readFile(path.join(folder, path.basename(assets.url('site.css'))), 'utf8')
  expect(css).not.toMatch(/https?:\/\//)
  expect(css.match(/\.woff2/g)).toHaveLength(6)
  expect(assets.preloadFonts.latin).toHaveLength(2)
})
