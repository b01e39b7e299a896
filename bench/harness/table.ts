/** What a cell holds: numbers are rounded to what can be told apart. */
export type Cell = string | number | undefined

/** Prints rows under a title, numbers to the right. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const texts = rows.map((row) => row.map(textOf))
  const widths = head.map((name, i) => Math.max(name.length, ...texts.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  console.log(`\n${title}\n`)
  console.log(line(head))
  console.log(widths.map((width) => '-'.repeat(width)).join('  '))
  for (const row of texts) console.log(line(row))
}

function textOf(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'string') return cell
  return cell.toFixed(Math.abs(cell) >= 100 ? 0 : Math.abs(cell) >= 10 ? 1 : 2)
}

/** How many times the baseline. */
export const ratio = (value: number, baseline: number): string => `${(value / baseline).toFixed(2)} ×`

/** `≤ 3 ✓`, or ✗ when the figure is beyond its limit. */
export const atMost = (value: number, limit: number): string => `≤ ${limit} ${value <= limit ? '✓' : '✗'}`
export const atLeast = (value: number, limit: number): string => `≥ ${limit} ${value >= limit ? '✓' : '✗'}`
