/**
 * What the sanitiser removes and keeps in real captures: plants a secret of every kind into each file of a folder and
 * looks for them in the clean copy, raw and decoded.
 *
 *   npx esbuild bench/har-recall.ts --bundle --platform=node --format=esm --outfile=/tmp/har-recall.mjs
 *   node /tmp/har-recall.mjs FOLDER [--details]
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sanitiseHarBytes } from '../packages/har/src/sanitise.ts'
import { createRandom } from '../packages/har/src/testing/random.ts'
import { emptyScore, entriesOf, plantInto, type Score, scoreInto, sharesOf } from '../packages/har/src/testing/score.ts'
import type { JsonObject } from '../packages/har/src/types.ts'

const folder = process.argv[2] ?? '.'
const wantsDetails = process.argv.includes('--details')
const score = emptyScore()
let files = 0

for (const name of readdirSync(folder).sort()) {
  const har = name.endsWith('.har') ? readHar(join(folder, name)) : undefined
  if (har === undefined) continue
  files += 1
  const planted = plantInto(har, createRandom(files))
  const { bytes } = await sanitiseHarBytes(new TextEncoder().encode(JSON.stringify(planted.har)))
  const before = score.leaks.length
  scoreInto(score, planted, new TextDecoder().decode(bytes))
  for (const id of wantsDetails ? score.leaks.slice(before) : []) console.log(`leak in ${basename(name)}: ${id}`)
}
print(score)

/** Files that are no JSON or have no entry are the business of other tests. */
function readHar(path: string): JsonObject | undefined {
  try {
    const har = JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, '')) as JsonObject
    return entriesOf(har).some((entry) => typeof entry === 'object' && entry !== null) ? har : undefined
  } catch {
    return undefined
  }
}

function print(of: Score): void {
  const { credential, token, pii } = of.recall
  console.log(`${files} files, ${credential.total + token.total + pii.total} plants, ${of.decoys.total} decoys`)
  for (const [name, share] of Object.entries(sharesOf(of))) console.log(`${name.padEnd(12)}${share.toFixed(4)}`)
  for (const [name, { same, total }] of Object.entries(of.utility)) {
    console.log(`  ${name.padEnd(16)}${(same / Math.max(1, total)).toFixed(4)}  of ${total}`)
  }
  if (!wantsDetails) return
  for (const [what, list] of Object.entries({ leak: of.leaks, decoy: of.lostDecoys })) printCounts(what, list)
  for (const [name, { lost }] of Object.entries(of.utility)) printCounts(name, lost.map(withoutPlace))
}

/** `request header 3 accept = x` → `request header accept = x`: equal losses are counted together. */
function withoutPlace(lost: string): string {
  return lost.replace(/ \d+/, '')
}

function printCounts(what: string, list: readonly string[]): void {
  const counts = new Map<string, number>()
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1)
  for (const [item, count] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 60))
    console.log(`${what}: ${count} × ${item}`)
}
