import type { ContactId, FileId, Locale } from '@clew/contract/primitives'
import type { ContactFile } from '@clew/site'
import type { Product } from '../clew.ts'
import { ensureContact } from '../domains/contacts/index.ts'
import { listFiles, storeFile } from '../domains/files/index.ts'
import { type Ctx, createCtx } from '../platform/ctx.ts'
import { uuidOf } from '../platform/ids.ts'
import type { OpenCase } from './contact-form.ts'
import { type OpenedCase, openCase } from './open-case.ts'
import type { PostedFile } from './read-post.ts'

/** What the contact form may ask of the product. Whoever fills in a form is a contact of their own. */
export type ContactDesk = {
  openCase(input: OpenCase): Promise<OpenedCase>
  keepFile(form: { id: string; locale: Locale }, file: PostedFile): Promise<FileId>
  /** Those of the files that came with this form and no other. */
  files(formId: string, ids: readonly FileId[]): Promise<ContactFile[]>
}

export function contactDesk({ database, clock, house }: Product): ContactDesk {
  const as = (formId: string, locale: Locale): Ctx =>
    createCtx(database, {
      actor: { type: 'contact', id: uuidOf('contact form', formId) as ContactId },
      organisationId: undefined,
      locale,
      requestId: 'pages.contact',
      clock,
    })
  return {
    openCase: (input) => openCase(as(input.formId, input.locale), input),
    keepFile: async (form, { name, mediaType, body }) => {
      const ctx = as(form.id, form.locale)
      await ensureContact(ctx)
      const id = ctx.ids.next() as FileId
      await storeFile(ctx, house.storage, { id, name, claimedType: mediaType, claimedSize: undefined, body })
      return id
    },
    files: async (formId, ids) => {
      if (ids.length === 0) return []
      const files = await as(formId, 'en').transaction((tx) => listFiles(tx, ids))
      return files
        .filter(({ state }) => ['stored', 'checking', 'held'].includes(state))
        .map(({ id, name, sizeBytes, state }) => ({ id, name, sizeBytes, isCapture: state === 'held' }))
    },
  }
}
