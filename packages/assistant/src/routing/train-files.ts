import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parsePhrases } from '../training-phrases.ts'
import { packRouter } from './router.ts'
import { trainRouter } from './train.ts'

/** Run by the build: trains on every `phrases.….txt` of a folder and writes the weights to a file. */
const [folder = '', output = ''] = process.argv.slice(2)
const files = readdirSync(folder)
  .filter((name) => /^phrases\..+\.txt$/.test(name))
  .sort()
const read = (names: readonly string[]) =>
  names.flatMap((name) => parsePhrases(readFileSync(path.join(folder, name), 'utf8')))
const isForGuard = (name: string): boolean => name.endsWith('-broad.txt')
const phrases = read(files.filter((name) => !isForGuard(name)))
const forGuard = read(files.filter(isForGuard))
// Whoever starts meanwhile reads the old file or the new one, never half of it.
writeFileSync(`${output}.new`, packRouter(trainRouter(phrases, forGuard)))
renameSync(`${output}.new`, output)
