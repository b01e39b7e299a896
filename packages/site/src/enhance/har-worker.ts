import { HarError, type HarValidation, readEntryDetails } from '@clew/har'
import { type Cleaning, cleanFile, failureOf } from './har/clean-file.ts'
import { cutLongTexts } from './har/cut-long-texts.ts'
import type { FromWorker, ToWorker } from './har/messages.ts'

const say = (message: FromWorker) => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'clean') void clean(data.file, { ...data.choice, rules: data.rules })
  else void tellDetails(data.id, data.entry)
})

async function clean(file: Blob, choice: Cleaning): Promise<void> {
  let validation: HarValidation | undefined
  try {
    const result = await cleanFile(file, choice, {
      onProgress: (progress) => say({ type: 'progress', progress }),
      onChecked: (checked) => (validation = checked),
    })
    if (result.report.entries + result.report.entriesDropped === 0) throw new HarError('har.empty')
    say({ type: 'done', result })
  } catch (error) {
    say(failureOf(error, validation))
  }
}

async function tellDetails(id: number, entry: Blob): Promise<void> {
  const details = await entry.text().then(readEntryDetails, () => undefined)
  say({ type: 'details', id, details: details && cutLongTexts(details) })
}
