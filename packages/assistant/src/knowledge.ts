import type { FlowLibrary, Look, PlaceholderValues } from '@clew/flows'
import type { DetectedLanguage, Locale } from '@clew/text'
import type { Route } from './routing/router.ts'

export type Passage = {
  heading: string | undefined
  anchor: string | undefined
  text: string
  steps: string[]
}

export type Article = {
  slug: string
  locale: Locale
  title: string
  description: string
  updatedOn: string
  flowId: string | undefined
  passages: readonly Passage[]
}

export type ArticleHit = { article: Article; coverage: number; query: string }

/** What the assistant can read: the help centre, in memory. */
export type Library = {
  search(query: string, options: { locale: Locale; limit: number }): ArticleHit[]
  find(locale: Locale, slug: string): Article | undefined
  detect(text: string): DetectedLanguage
}

/** A disturbance that is known. */
export type KnownIncident = { id: string; title: string; text: string; startedAt: string; url?: string }

/** Everything the assistant may rest an answer on. */
export type Knowledge = {
  /** The name of the product, as people write it. */
  brand: string
  library: Library
  flows: FlowLibrary
  /** What flows may name: the brand, limits, addresses. */
  flowValues: PlaceholderValues
  /** Lets the product look at something for a flow. */
  look: Look
  route: (message: string) => Route
  /** The open incident that explains what somebody describes, if there is one. */
  incidentFor: (symptom: { text: string; at?: Date; locale: Locale }) => KnownIncident | undefined
}
