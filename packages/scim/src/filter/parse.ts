import type { AttributePath } from '../attribute-path.ts'
import type { Filter, Operator } from './filter.ts'
import { type FilterLimits, Reader } from './reader.ts'

const operators: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])

/**
 * Reads a filter by the grammar of RFC 7644 §3.4.2.2, in linear time. `not` binds strongest, then `and`, then `or`;
 * operators and literals are taken in any case. Beyond the grammar, `emails[type eq "work"].value eq "x"` is read as
 * `emails[type eq "work" and value eq "x"]`: Entra ID matches that way.
 *
 * Anything else is `invalidFilter` with the position where it stopped making sense, as is a filter beyond the limits
 * (10 000 characters, 32 levels, 500 comparisons).
 */
export function parseFilter(text: string, limits: FilterLimits = {}): Filter {
  const reader = new Reader(text, 'invalidFilter', limits)
  const filter = readOr(reader, false)
  if (!reader.ended) throw reader.refusal('expected "and", "or" or the end')
  return filter
}

/** What is between `[` and `]`; the reader stands behind `[`. RFC 7644 §3.4.2.2, `valFilter`. */
export function readElementFilter(reader: Reader): Filter {
  const filter = reader.nested(() => readOr(reader, true))
  reader.expect(']')
  return filter
}

function readOr(reader: Reader, inElement: boolean): Filter {
  return readChain(reader, 'or', () => readChain(reader, 'and', () => readTerm(reader, inElement)))
}

function readChain(reader: Reader, word: 'and' | 'or', read: () => Filter): Filter {
  const first = read()
  const filters = [first]
  reader.skipSpaces()
  while (reader.takeWord(word)) {
    filters.push(read())
    reader.skipSpaces()
  }
  return filters.length === 1 ? first : { kind: word, filters }
}

function readTerm(reader: Reader, inElement: boolean): Filter {
  reader.skipSpaces()
  if (reader.peek() === '(') return readGroup(reader, inElement)
  if (reader.peekWord() === 'not') {
    const start = reader.at
    reader.takeWord('not')
    reader.skipSpaces()
    if (reader.peek() === '(') return { kind: 'not', filter: readGroup(reader, inElement) }
    reader.at = start
  }
  return readExpression(reader, inElement)
}

function readGroup(reader: Reader, inElement: boolean): Filter {
  reader.expect('(')
  const filter = reader.nested(() => readOr(reader, inElement))
  reader.expect(')')
  return filter
}

function readExpression(reader: Reader, inElement: boolean): Filter {
  const start = reader.at
  const path = reader.readPath()
  if (reader.peek() !== '[') {
    if (inElement && (path.schema !== undefined || path.sub !== undefined)) {
      throw reader.refusal('expected a sub-attribute', start)
    }
    return readComparison(reader, path)
  }
  if (inElement || path.sub !== undefined) throw reader.refusal('a value path cannot stand here')
  reader.expect('[')
  const filter = readElementFilter(reader)
  if (reader.peek() !== '.') return { kind: 'element', path, filter }
  reader.expect('.')
  const sub = readExpression(reader, true)
  return { kind: 'element', path, filter: { kind: 'and', filters: [filter, sub] } }
}

function readComparison(reader: Reader, path: AttributePath): Filter {
  reader.countTerm()
  requireSpace(reader)
  const word = reader.peekWord()
  if (reader.takeWord('pr')) return { kind: 'present', path }
  if (!isOperator(word)) throw reader.refusal('expected an operator')
  reader.takeWord(word)
  requireSpace(reader)
  return { kind: 'compare', path, operator: word, value: reader.readLiteral() }
}

function requireSpace(reader: Reader): void {
  const before = reader.at
  reader.skipSpaces()
  if (reader.at === before) throw reader.refusal(reader.ended ? 'it ends too early' : 'expected a space')
}

function isOperator(word: string): word is Operator {
  return operators.has(word)
}
