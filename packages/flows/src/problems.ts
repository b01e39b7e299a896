export type FlowProblemCode =
  // the file
  | 'yaml_too_large'
  | 'yaml_too_deep'
  | 'yaml_syntax'
  | 'yaml_alias'
  | 'yaml_tag'
  | 'yaml_duplicate_key'
  | 'yaml_many_documents'
  // the shape
  | 'missing'
  | 'wrong_type'
  | 'unknown_key'
  | 'unknown_value'
  | 'bad_format'
  | 'empty'
  | 'too_long'
  | 'too_many'
  | 'out_of_range'
  // the sense
  | 'duplicate_id'
  | 'reserved_id'
  | 'unknown_step'
  | 'fixed_must_end'
  | 'no_way_on'
  | 'needless'
  | 'unknown_slot'
  | 'bad_slot_value'
  | 'unknown_placeholder'
  | 'undeclared_placeholder'
  | 'tells_membership'
  | 'unreachable'
  | 'never_ends'
  | 'silent_cycle'
  | 'unknown_flow'

export type FlowPath = readonly (string | number)[]

/** What is wrong and where: `path` such as `steps[2].replies[0].next`, line and column when it was read from YAML. */
export type FlowProblem = {
  path: string
  code: FlowProblemCode
  params: Readonly<Record<string, string | number>>
  line?: number
  column?: number
}

/** A problem before its place is written out. `key` says that the key itself is wrong, not its value. */
export type Problem = {
  at: FlowPath
  code: FlowProblemCode
  params: Readonly<Record<string, string | number>>
  key?: string
}

export const problem = (at: FlowPath, code: FlowProblemCode, params: Problem['params'] = {}): Problem => ({
  at,
  code,
  params,
})

const plainKey = /^[A-Za-z_][\w-]*$/

export function writePath(at: FlowPath): string {
  return at.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`
    if (!plainKey.test(part)) return `${path}[${JSON.stringify(part.slice(0, 60))}]`
    return path === '' ? part : `${path}.${part}`
  }, '')
}

/** The word that was probably meant, as params to join. */
export function suggest(written: string, known: Iterable<string>): { suggestion?: string } {
  let best: string | undefined
  let bestDistance = Math.ceil(Math.min(written.length, 40) / 3) + 1
  for (const each of known) {
    const distance = editDistance(written.slice(0, 80).toLowerCase(), each.toLowerCase())
    if (distance < bestDistance) {
      best = each
      bestDistance = distance
    }
  }
  return best === undefined ? {} : { suggestion: best }
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
