import type { Extractor } from './source.ts'

const numberedLine = /^[ \t]{0,8}(\d{1,2})[.)][ \t]+(\S[^\n]*)$/gm
const bulletLine = /^[ \t]{0,8}[-–—*•][ \t]+(\S[^\n]*)$/gm
const stepsHeading =
  /(?:steps|to reproduce|what (?:i|we) did|βήματα|βηματα|τι κάνα(?:με|τε)?|έκανα|vimata|bimata)[^\n]{0,40}:[ \t]*\n\s*$/iu

const mostSteps = 50
const longestStep = 400

/** Reproduction steps: a numbered list that starts at one and has at least two items, or a list below "steps:". */
export const readSteps: Extractor = ({ text }) => {
  const numbered = numberedRun(text)
  const run = numbered.length >= 2 ? numbered : bulletRun(text)
  const [first] = run
  const last = run.at(-1)
  if (!first || !last || run.length < 2) return []
  const items = run.slice(0, mostSteps).map((line) => (line.at(-1) ?? '').trim().slice(0, longestStep))
  const quote = text.slice(first.index, last.index + last[0].length)
  return [{ field: 'steps', value: { items }, quote, confidence: 0.9 }]
}

function numberedRun(text: string): RegExpExecArray[] {
  const lines = [...text.matchAll(numberedLine)]
  const start = lines.findIndex((line) => line[1] === '1')
  if (start < 0) return []
  return lines.slice(start).filter((line, index) => Number(line[1]) === index + 1)
}

function bulletRun(text: string): RegExpExecArray[] {
  const lines = [...text.matchAll(bulletLine)]
  const [first] = lines
  if (!first || !stepsHeading.test(text.slice(Math.max(0, first.index - 80), first.index))) return []
  return lines
}
