import type { TxCtx } from '../../platform/ctx.ts'
import type { FileRow, FileState } from './model.ts'

/** Lets the scanner know of a file that the database has put before it. */
export function waitForScanner(
  tx: TxCtx,
  { id, contactId }: Pick<FileRow, 'id' | 'contactId'>,
  state: FileState | undefined,
): void {
  if (state === 'checking') tx.emit('file.waiting', { fileId: id, contactId })
}
