#!/usr/bin/env node
// Committed, so that npm can link it before anything is built; all it does is find the built program.
import { existsSync, readFileSync } from 'node:fs'
import nodeModule from 'node:module'

// Whoever reads the output may stop in the middle, as `head` does.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// From Node 22 on the compiled program is kept for the next run.
nodeModule.enableCompileCache?.()

const program = new URL('../dist/main.js', import.meta.url)

if (existsSync(program)) {
  const { run } = await import(program.href)
  process.exitCode = await run(process.argv.slice(2))
} else {
  process.stderr.write(`${sentence()}\n`)
  process.exitCode = 2
}

function sentence() {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  const locale = (LC_ALL || LC_MESSAGES || LANG || '').startsWith('el') ? 'el' : 'en'
  const catalogue = new URL(`../../../packages/i18n/catalogues/cli.${locale}.json`, import.meta.url)
  return JSON.parse(readFileSync(catalogue, 'utf8'))['cli.not_built']
}
