import { endAt, isFailingAt, isSlowAt, kindAt, startAt, type Waterfall } from './model.ts'
import { type ResourceKind, resourceKinds } from './resource-kind.ts'
import type { TimeRange } from './scale.ts'

export const statusClasses = ['1xx', '2xx', '3xx', '4xx', '5xx', 'none'] as const
export type StatusClass = (typeof statusClasses)[number]

export const onlyChoices = ['all', 'failing', 'found', 'slow'] as const
export type Only = (typeof onlyChoices)[number]

/** Criteria that all have to hold; an empty list of hosts, kinds or statuses asks for nothing. */
export interface EntryFilter {
  readonly text: string
  readonly only: Only
  readonly hosts: readonly string[]
  readonly kinds: readonly ResourceKind[]
  readonly statuses: readonly StatusClass[]
  /** Only what was under way in this time. */
  readonly range: TimeRange | undefined
}

export const noFilter: EntryFilter = { text: '', only: 'all', hosts: [], kinds: [], statuses: [], range: undefined }

export const isFiltering = (filter: EntryFilter): boolean =>
  filter.only !== 'all' ||
  filter.range !== undefined ||
  filter.text.trim() !== '' ||
  filter.hosts.length + filter.kinds.length + filter.statuses.length > 0

/** The positions that pass, in the order of their start. */
export function selectEntries(waterfall: Waterfall, filter: EntryFilter): Int32Array {
  const tests = testsOf(waterfall, filter)
  const passing = new Int32Array(waterfall.count)
  let length = 0
  for (let position = 0; position < waterfall.count; position += 1) {
    if (tests.every((test) => test(position))) passing[length++] = position
  }
  return passing.slice(0, length)
}

type Test = (position: number) => boolean

function testsOf(waterfall: Waterfall, filter: EntryFilter): Test[] {
  const tests: Test[] = []
  const { hosts, kinds, statuses, range } = filter
  if (filter.only !== 'all') tests.push((position) => onlyTests[filter.only](waterfall, position))
  if (hosts.length > 0) tests.push((position) => hosts.includes(waterfall.entries[position]?.host ?? ''))
  if (kinds.length > 0) tests.push((position) => kinds.includes(kindAt(waterfall, position)))
  if (statuses.length > 0)
    tests.push((position) => statuses.includes(statusClassOf(waterfall.entries[position]?.status ?? 0)))
  if (range !== undefined)
    tests.push((position) => startAt(waterfall, position) <= range.toMs && endAt(waterfall, position) >= range.fromMs)
  return [...tests, ...termsOf(filter.text).map((term) => termTest(waterfall, term))]
}

const onlyTests: Readonly<Record<Only, (waterfall: Waterfall, position: number) => boolean>> = {
  all: () => true,
  failing: isFailingAt,
  slow: isSlowAt,
  found: ({ severities }, position) => (severities[position] ?? 0) > 0,
}

export function statusClassOf(status: number): StatusClass {
  return statusClasses[Math.floor(status / 100) - 1] ?? 'none'
}

type Field = 'any' | 'host' | 'status' | 'kind' | 'method' | 'id' | 'larger' | 'slower'
type Term = { readonly field: Field; readonly value: string; readonly negated: boolean }

const fieldNames: Readonly<Record<string, Field>> = {
  host: 'host',
  domain: 'host',
  status: 'status',
  code: 'status',
  type: 'kind',
  kind: 'kind',
  method: 'method',
  id: 'id',
  larger: 'larger',
  slower: 'slower',
}

/** `post uploads`, `-host:cdn status:5xx slower:2s larger:100k`: words that all have to fit, a minus for those that may not. */
export function termsOf(text: string): Term[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-')
  return words.map((word) => {
    const negated = word.startsWith('-')
    const bare = negated ? word.slice(1) : word
    const [name = '', ...rest] = bare.split(':')
    const field = Object.hasOwn(fieldNames, name) && rest.length > 0 ? fieldNames[name] : undefined
    return { field: field ?? 'any', value: field === undefined ? bare : rest.join(':'), negated }
  })
}

function termTest(waterfall: Waterfall, { field, value, negated }: Term): Test {
  const test = value === '' ? () => true : fieldTests[field](waterfall, value)
  return negated && value !== '' ? (position) => !test(position) : test
}

const fieldTests: Readonly<Record<Field, (waterfall: Waterfall, value: string) => Test>> = {
  any: (waterfall, value) => {
    const texts = searchTexts(waterfall)
    return (position) => texts[position]?.includes(value) ?? false
  },
  host:
    ({ entries }, value) =>
    (position) =>
      entries[position]?.host.toLowerCase().includes(value) ?? false,
  status:
    ({ entries }, value) =>
    (position) =>
      matchesStatus(entries[position]?.status ?? 0, value),
  kind: (waterfall, value) => (position) => kindAt(waterfall, position).startsWith(value),
  method:
    ({ entries }, value) =>
    (position) =>
      entries[position]?.method.toLowerCase() === value,
  id:
    ({ entries }, value) =>
    (position) =>
      entries[position]?.requestIds.some((id) => id.toLowerCase().includes(value)) ?? false,
  larger: ({ entries }, value) => {
    const bytes = amountOf(value, sizeUnits)
    return (position) => (entries[position]?.sizeBytes ?? 0) > bytes
  },
  slower: (waterfall, value) => {
    const ms = amountOf(value, timeUnits)
    return (position) => endAt(waterfall, position) - startAt(waterfall, position) > ms
  },
}

/** `5xx`, `50`, `502`, `none`. */
const matchesStatus = (status: number, value: string): boolean =>
  statusClassOf(status) === value || (status > 0 && String(status).startsWith(value.replace(/x+$/, '')))

const sizeUnits: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6 }
const timeUnits: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1e3, m: 6e4 }

/** What cannot be read as an amount is more than anything. */
function amountOf(text: string, units: Readonly<Record<string, number>>): number {
  const match = /^(\d+(?:[.,]\d+)?)([a-z]*)$/.exec(text)
  const unit = Object.hasOwn(units, match?.[2] ?? '') ? units[match?.[2] ?? ''] : undefined
  return match === null || unit === undefined ? Number.POSITIVE_INFINITY : Number(match[1]?.replace(',', '.')) * unit
}

const textsOf = new WeakMap<Waterfall, readonly string[]>()

/** What words are looked for in: method, host, path, status, media type, request ids and the browser's error. */
function searchTexts(waterfall: Waterfall): readonly string[] {
  const known = textsOf.get(waterfall)
  if (known !== undefined) return known
  const texts = waterfall.entries.map(({ method, host, path, status, mediaType, requestIds, error = '' }) =>
    [method, host + path, String(status), mediaType, ...requestIds, error].join(' ').toLowerCase(),
  )
  textsOf.set(waterfall, texts)
  return texts
}

export interface Facets {
  readonly hosts: readonly { readonly host: string; readonly count: number; readonly failing: number }[]
  readonly kinds: readonly { readonly kind: ResourceKind; readonly count: number }[]
  readonly statuses: readonly { readonly status: StatusClass; readonly count: number }[]
  readonly only: Readonly<Record<Only, number>>
}

/** What there is to filter by, the busiest host first. */
export function facetsOf(waterfall: Waterfall): Facets {
  const hosts = new Map<string, { host: string; count: number; failing: number }>()
  const kinds = new Map<ResourceKind, number>()
  const statuses = new Map<StatusClass, number>()
  const only = { all: waterfall.count, failing: 0, found: 0, slow: 0 }
  for (const [position, { host, status }] of waterfall.entries.entries()) {
    const failing = Number(isFailingAt(waterfall, position))
    const before = hosts.get(host) ?? { host, count: 0, failing: 0 }
    hosts.set(host, { host, count: before.count + 1, failing: before.failing + failing })
    addOne(kinds, kindAt(waterfall, position))
    addOne(statuses, statusClassOf(status))
    only.failing += failing
    only.slow += Number(isSlowAt(waterfall, position))
    only.found += Number((waterfall.severities[position] ?? 0) > 0)
  }
  return {
    hosts: [...hosts.values()].toSorted((a, b) => b.count - a.count || a.host.localeCompare(b.host)),
    kinds: resourceKinds.map((kind) => ({ kind, count: kinds.get(kind) ?? 0 })).filter(({ count }) => count > 0),
    statuses: statusClasses
      .map((status) => ({ status, count: statuses.get(status) ?? 0 }))
      .filter(({ count }) => count > 0),
    only,
  }
}

const addOne = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
