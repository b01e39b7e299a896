import {
  isPlaceholder,
  isPlainWords,
  looksRandom,
  ownCopy,
  type Pseudonymiser,
  redactText,
  type SecretKind,
} from '@clew/redact'
import { aroundPlaceholders } from './around-placeholders.ts'
import { isFieldWords } from './distinctive.ts'
import type { Harvest } from './harvest.ts'
import { NO_OPERATOR_POLICY, type OperatorPolicy } from './operator-policy.ts'
import { Denials, MAX_PLACEHOLDER_VALUE, Placeholders } from './placeholders.ts'
import { KIND_OF } from './removal-kinds.ts'
import type { ReportBuilder } from './report.ts'
import type { KeptReason, RemovalKind, SanitisePolicy } from './types.ts'

/** What the walkers tell: "this goes". In the first pass it is learnt, in the second it is replaced; the walk is the same. */
export interface Cleaner {
  readonly policy: SanitisePolicy
  /** The status of the entry's response: from 400 on a body is an error report, whose words are kept. Below 0: what was asked. */
  status: number
  /** The host that the entry asked, in lower case. */
  host: string
  /** The response is a file that caches may give to anybody. */
  isPublic: boolean
  /** The operator keeps the bodies of this host: only what the nets find goes. */
  keepsBody: boolean
  /** In what a server says: there the words under the name of a password are those of a form, not what somebody typed. */
  isAnswer: boolean
  /** What the operator has decided, beside `policy`. */
  operator: OperatorPolicy
  inner: InnerWalkers
  /** Where the walk is, for the report. */
  readonly path: (string | number)[]
  /** For what is walked only to learn from it, for it goes as a whole; undefined when nothing is learnt any more. */
  readonly learner: Cleaner | undefined
  /** A value that must go and whose equals should stay recognisable. */
  secret(kind: RemovalKind, label: string, value: string): string
  /** The same, in a form that may stand in a URL. */
  secretInUrl(kind: RemovalKind, label: string, value: string): string
  /** The same as `secret` for what opens nothing and names nobody: it is not looked for elsewhere. */
  reference(kind: RemovalKind, label: string, value: string): string
  /** A value that is only denied: its type and length stay. Nothing is learnt from it. */
  deny(kind: RemovalKind, label: string, value: string): string
  /** A secret that is part of something else that goes: learnt in the first pass, nothing in the second. */
  learn(kind: RemovalKind, value: string): void
  /** Looks for secrets in a text that goes as a whole, to erase them elsewhere; of all kinds, or of these. */
  learnFrom(text: string, kinds?: readonly SecretKind[]): void
  /** Counts a removal that leaves nothing behind. */
  dropped(kind: RemovalKind, what: string): void
  /** The second net: a kept text loses what looks like a secret in it. */
  net(text: string): string
  /** The same for an identifier, in which digits are no card and no phone number. */
  netForId(text: string): string
  /** Counts something that stays on purpose although it could be taken for a secret. */
  kept(reason: KeptReason): void
  warn(code: string): void
  /** What `walk` makes of a text that comes again and again. Whoever asks says that nothing else decides about it. */
  recall(text: string, walk: () => string): string
}

/** What walks a body that stands in an address. Set by the walk of an entry: addresses and bodies hold each other. */
export interface InnerWalkers {
  /** JSON or GraphQL; undefined for anything else. */
  structured(text: string, cleaner: Cleaner): string | undefined
  /** How the sign-in ended that a SAML message tells of. */
  samlStatus(text: string, cleaner: Cleaner): string | undefined
}

const NO_INNER_WALKERS: InnerWalkers = { structured: () => undefined, samlStatus: () => undefined }

/** Of a long text that goes anyway only the beginning is searched. */
const MAX_LEARNT_FROM = 65_536

const MIN_NETTED = 6
const MAX_REMEMBERED = 8_000
const MAX_REMEMBERED_LENGTH = 2_048

const CREDENTIAL_KINDS: readonly SecretKind[] = ['private_key', 'api_key', 'jwt', 'email']

const MAX_RECALLED = 1_024
const MAX_RECALLS = 2_000

/** What became of a text, and what was told to the report on the way. */
interface Recalled {
  clean: string
  events: readonly Event[]
}

type Event = { kind: RemovalKind; replacement: string } | { reason: KeptReason } | { code: string }

const NO_EVENTS: readonly Event[] = []

abstract class BaseCleaner implements Cleaner {
  readonly policy: SanitisePolicy
  readonly path: (string | number)[] = []
  status = 0
  host = ''
  isPublic = false
  keepsBody = false
  isAnswer = false
  operator: OperatorPolicy = NO_OPERATOR_POLICY
  inner: InnerWalkers = NO_INNER_WALKERS
  readonly #recalled = new Map<string, Recalled>()
  /** What is recalled of an answer's words. */
  readonly #recalledOfAnswers = new Map<string, Recalled>()
  readonly #netted = new Set<string>()
  readonly #nettedIds = new Set<string>()

  constructor(policy: SanitisePolicy) {
    this.policy = policy
  }

  abstract secret(kind: RemovalKind, label: string, value: string): string
  abstract secretInUrl(kind: RemovalKind, label: string, value: string): string
  abstract reference(kind: RemovalKind, label: string, value: string): string
  abstract deny(kind: RemovalKind, label: string, value: string): string
  abstract learn(kind: RemovalKind, value: string): void
  abstract get learner(): Cleaner | undefined
  abstract learnFrom(text: string, kinds?: readonly SecretKind[]): void
  abstract kept(reason: KeptReason): void
  abstract dropped(kind: RemovalKind, what: string): void
  abstract warn(code: string): void

  /** An operator's rules look at the place. */
  recall(text: string, walk: () => string): string {
    if (text.length > MAX_RECALLED || this.operator.hasRules || this.keepsBody) return walk()
    const recalled = this.isAnswer ? this.#recalledOfAnswers : this.#recalled
    const known = recalled.get(text)
    if (known !== undefined) return this.replay(known)
    const fresh = this.record(walk)
    if (recalled.size >= MAX_RECALLS) recalled.clear()
    recalled.set(ownCopy(text), fresh)
    return fresh.clean
  }

  protected isFieldWords(kind: RemovalKind, value: string): boolean {
    return this.isAnswer && kind === 'password' && isFieldWords(value)
  }

  protected record(walk: () => string): Recalled {
    return { clean: walk(), events: NO_EVENTS }
  }

  protected replay(known: Recalled): string {
    return known.clean
  }

  net(text: string): string {
    return this.#netOf(text, undefined)
  }

  protected readonly netting = (text: string): string => this.net(text)

  netForId(text: string): string {
    return this.#netOf(text, CREDENTIAL_KINDS)
  }

  /** Looks for these kinds without remembering the text: for what is long and seen once. */
  protected look(text: string, kinds: readonly SecretKind[]): void {
    redactText(text, { kinds, replacementOf: (kind, value) => this.secret(KIND_OF[kind], kind, value) })
  }

  /** Headers repeat from entry to entry, so a text in which nothing was found is remembered as clean. */
  #netOf(text: string, kinds: readonly SecretKind[] | undefined): string {
    if (text.length < MIN_NETTED || isPlainWords(text)) return text
    const clean = kinds === undefined ? this.#netted : this.#nettedIds
    if (text.length < MAX_REMEMBERED_LENGTH && clean.has(text)) return text
    const replacementOf = (kind: SecretKind, value: string): string => this.secret(KIND_OF[kind], kind, value)
    const found = redactText(text, kinds === undefined ? { replacementOf } : { replacementOf, kinds })
    if (found.values.length === 0) {
      if (clean.size > MAX_REMEMBERED) clean.clear()
      if (text.length < MAX_REMEMBERED_LENGTH) clean.add(ownCopy(text))
      return text
    }
    return found.text
  }
}

/** First pass: remembers, changes nothing. */
export class Learner extends BaseCleaner {
  readonly #harvest: Harvest
  readonly #learntFrom = new Set<string>()
  readonly #learntFromAnswers = new Set<string>()

  constructor(policy: SanitisePolicy, harvest: Harvest) {
    super(policy)
    this.#harvest = harvest
  }

  secret(kind: RemovalKind, label: string, value: string): string {
    if (isPlaceholder(value)) return ''
    if (aroundPlaceholders(value, this.netting, (stretch) => this.secret(kind, label, stretch)) !== undefined) return ''
    // A value that is denied only because nothing is known about it is a secret if it looks like one.
    if (this.isFieldWords(kind, value)) return ''
    if (kind !== 'other' || looksRandom(value)) this.#harvest.learn(kind, value)
    return ''
  }

  reference(): string {
    return ''
  }

  secretInUrl(kind: RemovalKind, label: string, value: string): string {
    return this.secret(kind, label, value)
  }

  deny(): string {
    return ''
  }

  learn(kind: RemovalKind, value: string): void {
    this.#harvest.learn(kind, value)
  }

  get learner(): Cleaner {
    return this
  }

  learnFrom(text: string, kinds?: readonly SecretKind[]): void {
    const beginning = text.length > MAX_LEARNT_FROM ? text.slice(0, MAX_LEARNT_FROM) : text
    if (kinds === undefined) this.#learnOnce(beginning)
    else this.look(beginning, kinds)
  }

  kept(): void {}
  dropped(): void {}
  warn(): void {}

  /** The same ids and texts come in one body after another. */
  #learnOnce(text: string): void {
    if (text.length > MAX_PLACEHOLDER_VALUE) return void this.net(text)
    const learntFrom = this.isAnswer ? this.#learntFromAnswers : this.#learntFrom
    if (text.length < MIN_NETTED || isPlainWords(text) || learntFrom.has(text)) return
    this.net(text)
    if (learntFrom.size >= MAX_REMEMBERED) learntFrom.clear()
    learntFrom.add(ownCopy(text))
  }
}

/** Second pass: replaces and reports. */
export class Replacer extends BaseCleaner {
  readonly #report: ReportBuilder
  readonly #placeholders: Placeholders
  readonly #compact: Placeholders
  /** What is not learnt is remembered apart: elsewhere the same may be a secret. */
  readonly #references: Placeholders
  readonly #denials = new Denials()
  /** What is told while a text is walked that will be recalled. */
  #events: Event[] | undefined

  constructor(policy: SanitisePolicy, pseudonyms: Pseudonymiser, report: ReportBuilder) {
    super(policy)
    this.#report = report
    this.#placeholders = new Placeholders(pseudonyms.placeholder)
    this.#compact = new Placeholders(pseudonyms.compact)
    this.#references = new Placeholders(pseudonyms.placeholder)
  }

  secret(kind: RemovalKind, label: string, value: string): string {
    if (this.isFieldWords(kind, value)) return this.reference(kind, label, value)
    const known = this.#placeholders.known(kind, label, value)
    if (known !== undefined) return this.#counted(kind, known)
    this.learnSecret(kind, value)
    if (value === '' || isPlaceholder(value)) return value
    const around = aroundPlaceholders(value, this.netting, (stretch) => this.secret(kind, label, stretch))
    return around ?? this.#counted(kind, this.#placeholders.add(kind, label, value))
  }

  secretInUrl(kind: RemovalKind, label: string, value: string): string {
    const known = this.#compact.known(kind, label, value)
    if (known !== undefined) return this.#counted(kind, known)
    this.learnSecret(kind, value)
    if (value === '' || isPlaceholder(value)) return value
    const around = aroundPlaceholders(value, this.netting, (stretch) => this.secretInUrl(kind, label, stretch))
    return around ?? this.#counted(kind, this.#compact.add(kind, label, value))
  }

  reference(kind: RemovalKind, label: string, value: string): string {
    const known = this.#references.known(kind, label, value)
    if (known !== undefined) return this.#counted(kind, known)
    if (value === '' || isPlaceholder(value)) return value
    const around = aroundPlaceholders(value, this.netting, (stretch) => this.reference(kind, label, stretch))
    return around ?? this.#counted(kind, this.#references.add(kind, label, value))
  }

  deny(kind: RemovalKind, label: string, value: string): string {
    if (value === '' || isPlaceholder(value)) return value
    const around = aroundPlaceholders(value, this.netting, (stretch) => this.deny(kind, label, stretch))
    return around ?? this.#counted(kind, this.#denials.of(label, value.length))
  }

  learn(_kind: RemovalKind, _value: string): void {}
  learnFrom(_text: string, _kinds?: readonly SecretKind[]): void {}

  get learner(): Cleaner | undefined {
    return undefined
  }

  kept(reason: KeptReason): void {
    this.#events?.push({ reason })
    this.#report.keep(reason)
  }

  dropped(kind: RemovalKind, what: string): void {
    this.#counted(kind, `(${what} removed)`)
  }

  warn(code: string): void {
    this.#events?.push({ code })
    this.#report.warn(code, this.#where())
  }

  protected override record(walk: () => string): Recalled {
    const outer = this.#events
    const events: Event[] = []
    this.#events = events
    const clean = walk()
    this.#events = outer
    outer?.push(...events)
    return { clean, events: events.length === 0 ? NO_EVENTS : events }
  }

  protected override replay({ clean, events }: Recalled): string {
    for (const event of events) {
      if ('kind' in event) this.#counted(event.kind, event.replacement)
      else if ('reason' in event) this.kept(event.reason)
      else this.warn(event.code)
    }
    return clean
  }

  /** Told of each secret before it is replaced for the first time. */
  protected learnSecret(_kind: RemovalKind, _value: string): void {}

  #counted(kind: RemovalKind, replacement: string): string {
    this.#events?.push({ kind, replacement })
    if (this.#report.count(kind)) this.#report.example(kind, replacement, this.#where())
    return replacement
  }

  #where(): string {
    return this.path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
  }
}

/** Both at once, for entries that are cleaned in the first pass already. */
export class LearningReplacer extends Replacer {
  readonly #learner: Learner

  constructor(policy: SanitisePolicy, pseudonyms: Pseudonymiser, notes: { report: ReportBuilder; harvest: Harvest }) {
    super(policy, pseudonyms, notes.report)
    this.#learner = new Learner(policy, notes.harvest)
  }

  override learn(kind: RemovalKind, value: string): void {
    this.#learner.learn(kind, value)
  }

  override learnFrom(text: string, kinds?: readonly SecretKind[]): void {
    this.learner.learnFrom(text, kinds)
  }

  override get learner(): Cleaner {
    this.#learner.isAnswer = this.isAnswer
    return this.#learner
  }

  protected override learnSecret(kind: RemovalKind, value: string): void {
    this.learner.secret(kind, '', value)
  }
}
