import type { Router } from '@clew/assistant'
import type { Locale } from '@clew/contract/primitives'
import type { FlowLibrary } from '@clew/flows'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Library } from '../articles/index.ts'
import type { ConversationRow, MessageRow } from '../conversations/index.ts'
import type { StatusSnapshot } from '../status/index.ts'
import type { ComposingParts } from './composing/parts.ts'

/** What flows and the assistant say about this installation. */
export type FlowSettings = {
  brand: string
  appHost: string
  supportEmail: string
  uploadLimitBytes: number
  captureLimitBytes: number
  baseUrl: string
}

/** Whether somebody of the team answers now, and else when, in the reader's words. */
export type TeamHours = (reader: { locale: Locale; timeZone: string | undefined }) => {
  isOpen: boolean
  opensLine: string | undefined
}

/** What answers rest on, whoever asks. */
export type SharedParts = {
  library: () => Library
  flows: () => FlowLibrary
  status: () => StatusSnapshot
  flowSettings: () => FlowSettings
  router: () => Router
}

export type AssistantParts = SharedParts & {
  team: TeamHours
  composing: ComposingParts
  /** What an organisation knows of an address, or of the reference of a sign-in, in one of the words of flows. */
  membership(tx: TxCtx, about: string): Promise<string>
}

/** One message of the contact, and where it stands. */
export type About = { conversation: ConversationRow; message: MessageRow; parts: AssistantParts }
