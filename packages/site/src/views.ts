import type { Locale } from '@clew/i18n'
import type { SafeHtml } from './safe-html.ts'

/**
 * What the server hands to each page. Instants are `Date`s; pages write them in the reader's language and zone.
 * Optional figures are shown only when given: leave out what was not computed.
 */

export type ComponentState = 'ok' | 'degraded' | 'partial' | 'major' | 'maintenance'

/** The same page in another language. A page always lists itself. */
export type Translations = Readonly<Partial<Record<Locale, string>>>

export interface Crumb {
  readonly title: string
  readonly href: string
}

// ---------- home ----------

export interface HomeView {
  /** Open incidents, told before anything else. */
  readonly incidents?: readonly IncidentLine[]
  readonly sections: readonly HomeSection[]
  readonly facts?: LiveFacts
  readonly changes?: readonly ArticleChange[]
  /** Shown in the rail beside the greeting; leave out on pages kept in a cache. */
  readonly now?: Date
}

export interface HomeSection {
  readonly slug: string
  readonly title: string
  /** How many articles the section holds, listed here or not. */
  readonly count: number
  readonly articles: readonly ArticleLink[]
}

export interface ArticleLink {
  readonly slug: string
  readonly title: string
  /** Set while a component that the article is about is hurt. */
  readonly state?: ComponentState
}

export interface LiveFacts {
  readonly service?: {
    readonly state: ComponentState
    readonly sentence: string
    readonly since?: Date
    readonly nextUpdateBy?: Date
  }
  /** Median wait for a person over the last `overDays` days. */
  readonly wait?: { readonly minutes: number; readonly overDays: number }
  readonly changed?: { readonly count: number; readonly latest: ArticleLink }
}

export interface ArticleChange {
  readonly article: ArticleLink
  readonly at: Date
  readonly note?: string
}

// ---------- article ----------

/** An article, parsed and sanitised by the server. Headings inside `html` start at level 2 (level 4 inside a step). */
export interface ArticleView {
  readonly slug: string
  readonly title: string
  /** One or two sentences, without markup: the lede, and the description for search engines. */
  readonly description: string
  readonly section: { readonly slug: string; readonly title: string }
  readonly updatedOn: Date
  readonly publishedOn?: Date
  /** Reading time. */
  readonly minutes: number
  /** Troubleshooting steps, quickest first; drawn on the rail with a box to tick. */
  readonly steps?: readonly ArticleStep[]
  /** Heading over the steps, read out and listed under "On this page". */
  readonly stepsTitle?: string
  /** Text before the steps. */
  readonly introHtml?: SafeHtml
  /** The body; with steps, what follows them. */
  readonly html?: SafeHtml
  /** Headings of `html` that carry an id. The page adds the steps and the feedback itself. */
  readonly toc: readonly TocEntry[]
  /** The flow that the assistant runs for this article. */
  readonly flowId?: string
  /** The same flow on the page itself. */
  readonly walk?: FlowWalk
  readonly translations?: Translations
  /** The language of the text where it is not the page's: no translation exists yet. */
  readonly fallbackFrom?: Locale
  /** Set while a component that the article is about is hurt. */
  readonly incident?: IncidentLine
  readonly readNext?: readonly ArticleLink[]
  readonly feedback?: ArticleFeedback
}

export interface FlowWalk {
  readonly title: string
  readonly state: 'offered' | 'walking' | 'done' | 'answered' | 'handover'
  readonly startHref: string
  readonly said: readonly { readonly title?: string; readonly text?: string }[]
  readonly minutes?: number
  readonly replies: readonly { readonly label: string; readonly href: string }[]
  readonly skipHref?: string
  readonly backHref?: string
}

export interface ArticleStep {
  readonly id: string
  readonly title: string
  readonly minutes?: number
  readonly html: SafeHtml
}

export interface TocEntry {
  readonly id: string
  readonly title: string
  readonly level: 2 | 3
}

export interface IncidentLine {
  readonly state: ComponentState
  readonly title: string
  /** The language of the title and the text, where it is not the page's. */
  readonly lang?: Locale
  readonly text?: string
  readonly since: Date
  readonly href: string
}

export interface ArticleFeedback {
  /** What this reader answered a moment ago. */
  readonly given?: 'yes' | 'no'
  readonly csrfToken?: string
  /** "9 in 10": shown only with enough answers to be true. */
  readonly helped?: { readonly yes: number; readonly of: number }
}

// ---------- section ----------

export interface SectionView {
  readonly slug: string
  readonly title: string
  readonly description?: string
  readonly articles: readonly (ArticleLink & { readonly description: string; readonly updatedOn: Date })[]
  readonly translations?: Translations
}

// ---------- search ----------

export interface SearchView {
  readonly query: string
  readonly total: number
  /** How the words were read when not as written. */
  readonly readAs?: { readonly kind: 'typo' | 'greeklish'; readonly text: string }
  readonly incident?: IncidentLine
  readonly results: readonly SearchResult[]
}

export interface SearchResult {
  readonly slug: string
  readonly title: readonly TextPart[]
  readonly snippet: readonly TextPart[]
  readonly section: string
  readonly updatedOn: Date
  /** The heading and anchor that matched, when it is not the whole article. */
  readonly part?: { readonly id: string; readonly title: string }
  /** Quoted word for word, as the one best answer. */
  readonly best?: boolean
  /** Set when the article exists only in another language than the page's. */
  readonly onlyIn?: Locale
}

/** A run of text; `match` marks the words that were searched for. */
export interface TextPart {
  readonly text: string
  readonly match?: boolean
}

// ---------- status ----------

export interface StatusView {
  readonly components: readonly StatusComponent[]
  readonly checkedAt: Date
  /** Open incidents, the worst first. */
  readonly incidents?: readonly IncidentStory[]
  /** What is over, the newest first. */
  readonly history?: { readonly days: number; readonly incidents: readonly IncidentStory[] }
}

/** An incident with what was said about it. */
/** What was asked for; `email` only where it is no address that a mail can go to. */
export type FollowAsked = { readonly incident: string; readonly email?: string; readonly every?: boolean }

/** `ask`: a mail asks for the confirmation; `leave`: whether one wants no more of them. */
export type FollowView =
  | { readonly step: 'sent' }
  | { readonly step: 'again'; readonly asked: FollowAsked }
  | {
      readonly step: 'ask' | 'following' | 'leave' | 'left'
      readonly incident: { readonly title: string; readonly lang: Locale }
      readonly isOver: boolean
    }

export interface IncidentStory {
  readonly id: string
  readonly title: string
  /** The language of the title; each update has its own. */
  readonly lang: Locale
  readonly state: ComponentState
  /** Names of what is hurt. */
  readonly components: readonly string[]
  readonly startedAt: Date
  readonly resolvedAt?: Date
  /** The newest first. */
  readonly updates: readonly IncidentUpdateLine[]
}

export interface IncidentUpdateLine {
  readonly status: 'investigating' | 'identified' | 'monitoring' | 'resolved'
  readonly text: string
  readonly lang: Locale
  readonly at: Date
}

export interface StatusComponent {
  readonly name: string
  readonly state: ComponentState
  readonly description?: string
  /** The group that it belongs to. */
  readonly group?: string
}

// ---------- notices ----------

export type ErrorKind =
  | 'not_found'
  | 'no_link'
  | 'gone'
  | 'denied'
  | 'rate_limited'
  | 'invalid'
  | 'unavailable'
  | 'broken'

export interface ErrorView {
  readonly kind: ErrorKind
  readonly requestId?: string
  readonly retryAfterSeconds?: number
}

export interface InsecureOriginView {
  /** The origin as the browser used it, such as `http://10.0.0.5:3000`. */
  readonly origin: string
}

export interface FirstRunView {
  /** Command that prints a fresh one-time link. */
  readonly command?: string
}

export interface DemoView {
  /** Where the made-up product sends a file. It refuses large ones, so that there is something to ask about. */
  readonly uploadAction: string
}

// ---------- a capture behind a view-only link ----------

export interface SharedFinding {
  readonly severity: 'high' | 'medium' | 'low'
  /** In the reader's language. */
  readonly message: string
  readonly requestIds: readonly string[]
}

export interface SharedEntry {
  readonly index: number
  readonly method: string
  readonly host: string
  readonly path: string
  readonly status: number
  readonly error?: string | undefined
  readonly sizeBytes: number
  readonly totalMs: number
}

export interface SharedCaptureView {
  readonly name: string
  readonly findings: readonly SharedFinding[]
  readonly entries: readonly SharedEntry[]
  /** How many there are in the capture. */
  readonly entryCount: number
  /** The file was deleted by policy; the findings are still there. */
  readonly isExpired: boolean
  readonly expiresAt: Date
  /** Only where the link permits it. */
  readonly downloadHref?: string | undefined
}

/** How captures are cleaned here, as the settings of the bubble say it, and how large one may be. */
export interface HarPageView {
  /** Who demands the strict policy, where it is not the site itself. */
  readonly demandedBy?: 'organisation' | 'unknown'
  readonly sanitising: {
    readonly policy: 'standard' | 'strict'
    readonly keepBodiesOf: readonly string[]
    readonly rules: readonly unknown[]
  }
  readonly maxCaptureBytes: number
}

/** What is still on its way, or being cleaned. */
export interface SharedPendingView {
  readonly name: string
  readonly expiresAt: Date
}

export interface SharedFileView {
  readonly name: string
  readonly sizeBytes: number
  readonly expiresAt: Date
  /** Left out for what a browser does not show without running something. */
  readonly shown?: { readonly as: 'film' | 'picture'; readonly href: string; readonly mediaType: string }
  /** Only where the link permits it. */
  readonly downloadHref?: string | undefined
}

export interface SharedPasswordView {
  readonly action: string
  readonly isWrong: boolean
  /** After too many wrong ones: for how long no other is taken. */
  readonly waitSeconds?: number
}
