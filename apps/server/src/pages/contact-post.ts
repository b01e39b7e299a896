import { maxAttachmentBytes } from '@clew/contract/files'
import type { FileId } from '@clew/contract/primitives'
import type { ContactError } from '@clew/site'
import { AppError } from '../platform/app-error.ts'
import type { ContactDesk } from './contact-desk.ts'
import type { ContactErrors, Posted } from './contact-form.ts'
import { type PostedFile, readPost } from './read-post.ts'
import type { Visit } from './shell.ts'

/** A posted form, with what became of its files. */
export type Posting = { posted: Posted; formId: string | undefined; fileIds: readonly FileId[]; errors: ContactErrors }

const mostFiles = 8
/** One that is too long is read to its end, so that the words of the form come back with the refusal. */
const mostBytes = mostFiles * maxAttachmentBytes + 50_000_000

type Opening = { open(token: string): string | undefined }

/**
 * Takes a posted form. Files are stored as they come, once the token before them has shown that the form is ours; one
 * that cannot be kept becomes an error at its field and takes nothing else with it.
 */
export async function takePost(desk: ContactDesk, { request, locale }: Visit, { open }: Opening): Promise<Posting> {
  const fileIds: FileId[] = []
  const errors: ContactErrors = {}
  let formId: string | undefined
  const posted = await readPost(request, {
    mostBytes,
    take: async (file, before) => {
      const field = file.field === 'har' ? 'har' : 'files'
      formId ??= open(before['csrf']?.[0] ?? '')
      if (formId === undefined) return
      if (fileIds.length + (before['kept']?.length ?? 0) >= mostFiles) {
        errors[field] = 'file_too_many'
        return
      }
      try {
        fileIds.push(await desk.keepFile({ id: formId, locale }, file))
      } catch (error) {
        errors[field] = refusalOf(error)
        await pass(file)
      }
    },
  })
  return { posted, formId: formId ?? open(posted['csrf']?.[0] ?? ''), fileIds, errors }
}

function refusalOf(error: unknown): ContactError {
  if (!(error instanceof AppError)) throw error
  if (error.code === 'file.too_large') return 'file_too_large'
  return error.code === 'file.empty' ? 'file_empty' : 'file_refused'
}

/** What is left of a file that was refused. It may have been let go of already. */
async function pass({ body }: PostedFile): Promise<void> {
  if (body.destroyed || body.readableEnded) return
  for await (const _piece of body) continue
}
