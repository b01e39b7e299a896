/** One thing that a client wanted stored, from the first try to its end. */
export type Operation = {
  client: string
  conversationId: string
  clientMessageId: string
  /** `open`: tried, and no answer yet. `refused`: an answer that no repeat will change. */
  outcome: 'open' | 'acknowledged' | 'refused'
  /** Tries whose outcome nobody knows: the connection broke before an answer came. */
  unknown: number
  /** What the acknowledgement said. */
  stored?: { messageId: string; seq: number; repeated: boolean }
  refusal?: string
}

/** What everyone wanted, in the order in which they began. */
export class History {
  readonly operations: Operation[] = []

  invoke(asked: Pick<Operation, 'client' | 'conversationId' | 'clientMessageId'>): Operation {
    const operation: Operation = { ...asked, outcome: 'open', unknown: 0 }
    this.operations.push(operation)
    return operation
  }
}

/** A message as the database holds it when all is over. */
export type StoredMessage = {
  id: string
  conversationId: string
  contactId: string
  seq: number
  internal: boolean
  clientMessageId: string | undefined
}

/** A message as a reader was told of it. */
export type SeenMessage = { id: string; conversationId: string; seq: number }

/** What a reader was told, as it came, and what its screen shows in the end. */
export type View = {
  reader: string
  /** The contact whose messages it may see; a reader of the team sees all. */
  contactId?: string
  told: SeenMessage[]
  /** The messages of each conversation, in the order of the screen. */
  shown: ReadonlyMap<string, readonly SeenMessage[]>
}
