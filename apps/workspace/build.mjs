// Builds the agent workspace into dist and refuses a start that is too heavy.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const folder = import.meta.dirname
const budgetBytes = 220_000

/** @returns {Promise<{ initialBytes: number, files: { file: string, bytes: number }[] }>} gzip sizes */
export async function build() {
  const { build: viteBuild } = await import('vite')
  await viteBuild({ configFile: path.join(folder, 'vite.config.ts'), logLevel: 'warn' })
  const files = initialFiles().map((file) => ({ file, bytes: gzipSize(file) }))
  const initialBytes = files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (initialBytes > budgetBytes)
    throw new Error(
      `The workspace starts with ${initialBytes} bytes of JavaScript (gzip); the budget is ${budgetBytes}`,
    )
  return { initialBytes, files }
}

/** What the first screen of a signed-in agent needs: the entry, what it imports, and the heavier language. */
function initialFiles() {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'dist/.vite/manifest.json'), 'utf8'))
  const chunks = Object.values(manifest)
  const seen = new Set()
  const visit = (chunk) => {
    if (seen.has(chunk.file)) return
    seen.add(chunk.file)
    for (const name of chunk.imports ?? []) visit(manifest[name])
  }
  const inbox = chunks.filter((chunk) => chunk.isEntry || chunk.src?.endsWith('routes/inbox-screen.tsx'))
  const languages = chunks.filter((chunk) => chunk.src?.includes('generated/workspace.'))
  const heaviest = languages.toSorted((a, b) => gzipSize(b.file) - gzipSize(a.file)).slice(0, 1)
  for (const chunk of [...inbox, ...heaviest]) visit(chunk)
  return [...seen]
}

const gzipSize = (file) => gzipSync(readFileSync(path.join(folder, 'dist', file))).length

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { initialBytes, files } = await build()
  for (const { file, bytes } of files) console.log(`${String(bytes).padStart(7)} ${file}`)
  console.log(`${String(initialBytes).padStart(7)} of ${budgetBytes} bytes at the start (gzip)`)
}
