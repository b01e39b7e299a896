import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { inRoot } from './folders.ts'
import { type HostProduct, planted, uploadRequestId } from './host-product.ts'
import { assertHolds } from './leaks.ts'
import type { Stage } from './stage.ts'

/** A capture of the demo, as it would have been before anybody cleaned it: quicker than recording one. */
export async function uncleanHar(stage: Stage): Promise<string> {
  const recorded: unknown = JSON.parse(await readFile(inRoot('apps/server/content/demo/upload-refused.har'), 'utf8'))
  const { entries } = (recorded as { log: { entries: { request: { headers: unknown[] } }[] } }).log
  for (const { request } of entries)
    request.headers.push(
      { name: 'authorization', value: `Bearer ${planted.bearer}` },
      { name: 'cookie', value: `kyma_session=${planted.cookie}` },
    )
  const file = path.join(stage.folder, 'upload-refused.har')
  await writeFile(file, JSON.stringify(recorded))
  return file
}

/** A capture of about so many bytes: the same exchanges over and over, as a page that was left open records them. */
export async function largeHar(stage: Stage, bytes: number): Promise<string> {
  const { log } = JSON.parse(await readFile(await uncleanHar(stage), 'utf8')) as { log: { entries: object[] } }
  const filler = 'a line of a long answer that nobody reads. '.repeat(400)
  const entries = log.entries.map((entry) => ({ ...entry, comment: filler }))
  const times = Math.ceil(bytes / JSON.stringify(entries).length)
  const all = Array.from({ length: times }, () => entries).flat()
  const file = path.join(stage.folder, 'large.har')
  await writeFile(file, JSON.stringify({ log: { ...log, entries: all } }))
  return file
}

/** Lets Chromium record the failing upload, as a person does with the developer tools; answers with the file. */
export async function recordFailingUpload(stage: Stage, host: HostProduct): Promise<string> {
  const file = path.join(stage.folder, 'upload fails.har')
  const upload = path.join(stage.folder, 'q3-report.pdf')
  await writeFile(upload, Buffer.alloc(20_500_000, 'quarterly report '))
  const { context, watch } = await stage.visit({ recordHar: { path: file, content: 'embed', mode: 'full' } })
  watch.allow(/413/)
  const page = await context.newPage()
  await page.goto(host.url)
  await page.getByText(planted.email).waitFor()
  await page.locator('input[type=file]').setInputFiles(upload)
  await page.getByRole('button', { name: 'Upload' }).click()
  await page.getByText(uploadRequestId).waitFor()
  await context.close()

  // Without the planted values in it, the rest of the journey would prove nothing.
  const recorded = await readFile(file)
  for (const value of [...Object.values(planted), uploadRequestId]) assertHolds(recorded, value, 'the recorded HAR')
  return file
}
