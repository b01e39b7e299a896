/** What a statement says, as the server writes it. */
export type Statement = {
  kind: 'retention_run' | 'erasure'
  id: string
  at: string
  key: string
  backups_forget_by: string
  tombstones: { count: number; sha256: string }
  run?: { reason: 'schedule' | 'asked'; started_at: string; finished_at: string }
  classes?: readonly StatedClass[]
  asked_by?: 'contact' | 'admin'
  erased?: { conversations: number; messages: number; files: number; captures: number }
  kept?: { conversations: number }
}

export type StatedClass = {
  class: string
  policy: { of: 'own' | 'team' | 'built_in'; version: number; keep_days: number }
  before: string
  deleted: number
  bytes: number
  held: number
}

/** The server has checked that these are the words that were signed. */
export const readStatement = (statement: string): Statement => JSON.parse(statement) as Statement

export const sumOf = (classes: readonly StatedClass[] = []): { deleted: number; held: number } => ({
  deleted: classes.reduce((sum, each) => sum + each.deleted, 0),
  held: classes.reduce((sum, each) => sum + each.held, 0),
})
