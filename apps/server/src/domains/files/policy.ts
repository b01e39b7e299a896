import type { ContactId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import type { FileRow } from './model.ts'

/** Who may upload, and to whom the file then belongs. */
export function authorizeUpload(actor: Actor): { uploadedBy: string; contactId: ContactId | undefined } {
  if (actor.type === 'contact') return { uploadedBy: actor.id, contactId: actor.id }
  if (actor.type === 'agent') return { uploadedBy: actor.id, contactId: undefined }
  throw new AppError('permission.denied')
}

/** The team reads every file; a contact their own and those that were sent to them. What one may not see does not exist. */
export function authorizeDownload(actor: Actor, file: FileRow, sentToContact: boolean): void {
  const allowed = actor.type === 'agent' || (actor.type === 'contact' && (file.contactId === actor.id || sentToContact))
  if (!allowed) throw new AppError('file.not_found')
}

/** Resumable uploads belong to contacts. Whose upload it is, row-level security says as well. */
export function authorizeResumable(actor: Actor): ContactId {
  if (actor.type !== 'contact') throw new AppError('permission.denied')
  return actor.id
}

export function authorizeUploadOf(actor: Actor, upload: { contactId: ContactId } | undefined): void {
  if (upload === undefined || (actor.type === 'contact' && actor.id !== upload.contactId))
    throw new AppError('upload.not_found')
}

/** Whoever writes messages attaches files to them. Which ones they may, the room of messages has looked. */
export function authorizeKeep(actor: Actor): void {
  if (actor.type !== 'contact' && actor.type !== 'agent') throw new AppError('permission.denied')
}

export function authorizeSweep(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
