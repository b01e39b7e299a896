import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Owner } from '../../../platform/keeping.ts'
import type { FileName } from '../shapes.ts'

/** One row of a file as it is, and the names that may stand in what was written in it. */
export type RawRow = { values: Readonly<Record<string, unknown>>; people?: readonly string[] }

/** Some rows for each of the files of a section, and where the next ones begin. */
export type Batch = { files: readonly { file: FileName; rows: AsyncIterable<RawRow> }[]; after: unknown }

/** A part of what is taken out, read piece by piece. All of it in the scope of the system. */
export type Section = {
  name: string
  /** How many rows there will be, by file. */
  count(): Promise<Partial<Record<FileName, number>>>
  /** The next piece; undefined once there is no more. */
  batch(after: unknown): Promise<Batch | undefined>
}

export type Reading = { ctx: Ctx; owner: Owner; organisationId: OrganisationId }

export async function* rowsOf(rows: readonly RawRow[]): AsyncGenerator<RawRow> {
  yield* rows
}

export const instant = (at: Date | undefined): string | undefined => at?.toISOString()
