import type { Extractor } from './source.ts'

const numberedLine = /^[ \t]{0,8}(\d{1,2})[.)][ \t]+(\S[^\n]*)$/gm

const mostSteps = 50
const longestStep = 400

/** Reproduction steps: a numbered list that starts at one and has at least two items. */
export const readSteps: Extractor = ({ text }) => {
  const lines = [...text.matchAll(numberedLine)]
  const start = lines.findIndex((line) => line[1] === '1')
  if (start < 0) return []
  const run = lines.slice(start).filter((line, index) => Number(line[1]) === index + 1)
  const [first] = run
  const last = run.at(-1)
  if (!first || !last || run.length < 2) return []
  const items = run.slice(0, mostSteps).map((line) => (line[2] ?? '').trim().slice(0, longestStep))
  return [{ field: 'steps', value: { items }, quote: text.slice(first.index, last.index + last[0].length) }]
}
