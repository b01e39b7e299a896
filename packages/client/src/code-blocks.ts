/** What a person wrote, cut into words and code. Code keeps every space. */
export type Stretch = { isCode: boolean; text: string }

const fence = /^\s{0,3}```/
/** Lines that a machine wrote: traces, console errors, headers, log lines with a time, commands. */
const machineLine =
  /^(\s{2,}at \S|Traceback |\s+File "|\w*(Error|Exception|Warning)[: (]|[<>*] ?(HTTP\/|[\w-]+: )|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|\$ \S|(GET|POST|PUT|PATCH|DELETE) (https?:|\/)|curl |net::ERR_|Uncaught |[{}[\]],?$|\s*"[^"]+": )/

/** A log of fewer lines reads well as it is. */
const fewestLines = 3

/** Parts code from words: what stands between fences, and the lines of a log that was pasted without them. */
export function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = []
  let isFenced = false
  let lines: string[] = []
  const close = (isCode: boolean) => {
    if (lines.length > 0) stretches.push(...(isCode ? [{ isCode, text: lines.join('\n') }] : withLogs(lines)))
    lines = []
  }
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    // A fence that opens and closes in one line is a word in code.
    const isFence: boolean = fence.test(line) && !/```.*```/.test(line)
    if (isFence) {
      close(isFenced)
      isFenced = !isFenced
    } else lines.push(line)
  }
  close(isFenced)
  return stretches.filter((stretch) => stretch.text.trim() !== '')
}

function withLogs(lines: readonly string[]): Stretch[] {
  const runs: { isCode: boolean; lines: string[] }[] = []
  for (const line of lines) {
    const last = runs.at(-1)
    const isCode: boolean = machineLine.test(line) || (last?.isCode === true && /^(\t| {2,})\S/.test(line))
    if (last?.isCode === isCode) last.lines.push(line)
    else runs.push({ isCode, lines: [line] })
  }
  const stretches: Stretch[] = []
  for (const run of runs) {
    const isCode = run.isCode && run.lines.length >= fewestLines
    const text = run.lines.join('\n')
    const last = stretches.at(-1)
    if (last && !last.isCode && !isCode) last.text += `\n${text}`
    else stretches.push({ isCode, text })
  }
  return stretches
}

/** The words alone, for one line that says what a text is about; all of it where there is nothing but code. */
export function withoutCode(text: string): string {
  const words = text.split('```').filter((_, index) => index % 2 === 0)
  return words.join(' ').replaceAll(/\s+/g, ' ').trim() || text
}
