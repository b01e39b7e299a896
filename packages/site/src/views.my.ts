/** "My cases": what the server hands to each of its pages. */

export interface MyDoorView {
  readonly csrfToken: string
  /** What was typed, shown again when it is no address. */
  readonly address?: string
  readonly error?: 'address_invalid' | 'rate_limited' | 'form_expired'
  /** The answer to asking: the same for every address. */
  readonly isAsked?: boolean
  /** What just happened: a link that no longer works, a session that was ended. */
  readonly notice?: 'link_invalid' | 'identity_refused' | 'signed_out' | 'erased' | 'erased_kept'
  /** Of what was erased just now, to be kept. */
  readonly certificate?: string
}

export interface MyEnterView {
  readonly csrfToken: string
  readonly token: string
}

export type MyHandling = 'assistant' | 'waiting' | 'agent'

export interface MyCaseLine {
  readonly number: number
  readonly title: string
  readonly status: 'open' | 'resolved'
  readonly handling: MyHandling
  readonly ownerName?: string
  readonly lastActivityAt: Date
  readonly unread: number
  /** Who writes next, while it is open and with the team. */
  readonly next?: MyNext
}

/** `hours` says when the team is there, where it has hours. */
export type MyNext = { readonly turn: 'team'; readonly hours?: string } | { readonly turn: 'contact' }

export interface MyListView {
  readonly csrfToken: string
  /** The address that was proved; without one it was the host page that said who this is. */
  readonly address?: string
  readonly cases: readonly MyCaseLine[]
}

export type MyEvent = 'handed_over' | 'took_over' | 'resolved' | 'reopened' | 'capture_attached' | 'shared_file'

export interface MyFile {
  readonly name: string
  readonly href: string
  readonly sizeBytes: number
  /** Nobody can open it: the virus scanner has not looked at it yet, or has refused it. */
  readonly check?: 'waiting' | 'refused'
}

export interface MyMessage {
  readonly id: string
  readonly at: Date
  readonly by: 'contact' | 'assistant' | 'agent' | 'system'
  readonly name?: string
  readonly body: string
  readonly steps?: readonly string[]
  readonly files: readonly MyFile[]
  readonly event?: { readonly type: MyEvent; readonly name: string }
  /** A password or key was masked in it. */
  readonly isMasked: boolean
}

export interface MyCapture {
  readonly id: string
  readonly name: string
  readonly state: 'coming' | 'analysed' | 'refused' | 'expired'
  readonly findings: readonly string[]
}

export interface MyCaseView {
  readonly csrfToken: string
  readonly line: MyCaseLine
  readonly given: number
  readonly wanted: number
  readonly messages: readonly MyMessage[]
  readonly captures: readonly MyCapture[]
  /** What was typed when it could not be sent. */
  readonly draft?: string
  readonly error?: 'empty' | 'too_long' | 'form_expired' | 'rate_limited'
}

export interface MyErasureView {
  readonly csrfToken: string
  readonly conversations: number
  readonly messages: number
  readonly files: number
  readonly captures: number
  readonly error?: 'not_confirmed' | 'form_expired'
}
