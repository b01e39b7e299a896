import { fold, skeleton, tokenise } from '@clew/text'
import { type ComponentRow, type IncidentRow, isOpen, openIncidents, type StatusSnapshot } from './model.ts'

export type Symptom = {
  /** Id or slug of a component, where it is known. */
  component?: string | undefined
  /** What the person says does not work, in their words; a host that failed is as good. */
  symptom?: string | undefined
  /** When it happened to them. Without it only what is open now can be meant. */
  at?: Date | undefined
}

export type IncidentMatch = { incident: IncidentRow; component: ComponentRow | undefined }

/** People notice before a team does, and go on noticing for a while after. */
const earlyMs = 30 * 60_000
const lateMs = 15 * 60_000

/**
 * The incident that explains a symptom, if there is one: it hurts the component that is named or described, and it was
 * going on at that time. A symptom that names no component of any incident is explained by none.
 */
export function incidentFor(snapshot: StatusSnapshot, symptom: Symptom): IncidentMatch | undefined {
  const goingOn = openIncidents(snapshot.incidents.filter(isOpen)).concat(
    symptom.at === undefined ? [] : snapshot.incidents.filter((each) => !isOpen(each)),
  )
  const during = goingOn.filter((each) => wasGoingOn(each, symptom.at))
  if (during.length === 0) return undefined
  const named = namedComponents(snapshot.components, symptom)
  for (const component of named)
    for (const incident of during) if (hurts(incident, component, snapshot.components)) return { incident, component }
  // An incident whose components nobody named can still be known by the words of its own title.
  if (named.length > 0 || symptom.symptom === undefined) return undefined
  const said = termsOf(symptom.symptom)
  const incident = during.find(({ titles }) => [titles.en, titles.el].some((title) => sharesTwo(said, title)))
  return incident && { incident, component: undefined }
}

function wasGoingOn({ startedAt, resolvedAt }: IncidentRow, at: Date | undefined): boolean {
  if (at === undefined) return true
  const end = resolvedAt === undefined ? Number.POSITIVE_INFINITY : resolvedAt.getTime() + lateMs
  return at.getTime() >= startedAt.getTime() - earlyMs && at.getTime() <= end
}

function hurts(incident: IncidentRow, component: ComponentRow, all: readonly ComponentRow[]): boolean {
  const parts = component.isGroup ? all.filter(({ groupId }) => groupId === component.id) : [component]
  return incident.components.some(
    ({ componentId, status }) => status !== 'operational' && parts.some(({ id }) => id === componentId),
  )
}

/** The components that a symptom is about, the one with the longest matching words first. */
function namedComponents(components: readonly ComponentRow[], { component, symptom }: Symptom): ComponentRow[] {
  if (component !== undefined) return components.filter(({ id, slug }) => id === component || slug === component)
  if (symptom === undefined) return []
  return components
    .map((each) => ({ each, score: scoreOf(each, symptom) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ each }) => each)
}

function scoreOf({ names, keywords, hosts }: ComponentRow, symptom: string): number {
  const folded = fold(symptom)
  const hostLength = Math.max(0, ...hosts.filter((host) => saysHost(folded, fold(host))).map(({ length }) => length))
  const said = termsOf(symptom)
  const phrases = [names.en, names.el, ...keywords].map(termsOf).filter(({ length }) => length > 0)
  return Math.max(hostLength * 10, 0, ...phrases.filter((phrase) => saysPhrase(said, phrase)).map(lettersOf))
}

type Term = { stem: string; sound: string }

/** Greek in Greek letters and in Latin ones sound alike, so either may name what the keywords say. */
const termsOf = (text: string): Term[] =>
  tokenise(text.slice(0, 4000)).map((token) => ({ stem: token.stem, sound: skeleton(token.folded) }))

const lettersOf = (phrase: readonly Term[]): number => phrase.reduce((sum, { stem }) => sum + stem.length, 0)

const sameTerm = (a: Term | undefined, b: Term): boolean =>
  a !== undefined && (a.stem === b.stem || (b.sound.length > 4 && a.sound === b.sound))

const saysPhrase = (said: readonly Term[], phrase: readonly Term[]): boolean =>
  said.some((_, start) => phrase.every((term, index) => sameTerm(said[start + index], term)))

/** The host itself or one below it, not a longer name that ends alike. */
function saysHost(symptom: string, host: string): boolean {
  for (let at = symptom.indexOf(host); at >= 0; at = symptom.indexOf(host, at + 1)) {
    const before = symptom[at - 1] ?? ' '
    const after = symptom.slice(at + host.length, at + host.length + 2)
    if (!/[\p{L}\p{N}-]/u.test(before) && !/^(?:[\p{L}\p{N}-]|\.[\p{L}\p{N}])/u.test(after)) return true
  }
  return false
}

const sharesTwo = (said: readonly Term[], title: string): boolean =>
  new Set(
    tokenise(title)
      .filter(({ isStop }) => !isStop)
      .map(({ stem }) => stem)
      .filter((stem) => said.some((term) => term.stem === stem)),
  ).size >= 2
