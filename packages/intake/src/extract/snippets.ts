import type { Extractor } from './source.ts'

const fenced = /^[ \t]{0,3}```[^\n`]{0,40}\n([\s\S]{1,4000}?)\n?[ \t]{0,3}```/gm
/** Lines that a machine wrote: traces, console errors, HTTP headers, stamped log lines. */
const machineLine =
  /^(?:[ \t]{2,}at \S|Traceback \(|[ \t]+File "|\w*(?:Error|Exception|Warning)\b[: (]|[<>*] ?(?:HTTP\/|[\w-]+: )|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\$ \S|(?:GET|POST|PUT|PATCH|DELETE) https?:|curl |net::ERR_|Uncaught )/

const most = 5
const longest = 2_000

/** Code and console output, with every space where it stood. */
export const readSnippets: Extractor = ({ text }) => {
  const blocks = [...text.matchAll(fenced)].map((match) => match[1] ?? '')
  const snippets = (blocks.length > 0 ? blocks : machineBlocks(text))
    .filter((snippet) => snippet.trim().length > 3)
    .slice(0, most)
    .map((snippet) => snippet.slice(0, longest))
  return snippets.map((snippet) => ({
    field: 'visuals',
    value: { attachmentIds: [], snippets: [snippet] },
    quote: snippet,
    confidence: 0.9,
  }))
}

/** Machine lines that follow one another, with the lines set in below them. */
function machineBlocks(text: string): string[] {
  const blocks: string[][] = []
  let isOpen = false
  for (const line of text.split('\n')) {
    const isMachine: boolean = machineLine.test(line) || (isOpen && /^[ \t]{2,}\S/.test(line))
    if (isMachine && isOpen) blocks.at(-1)?.push(line)
    else if (isMachine) blocks.push([line])
    isOpen = isMachine
  }
  return blocks.map((lines) => lines.join('\n'))
}
