import { createT, isLocale } from '@clew/i18n'
import { catalogue as greek } from '@clew/i18n/generated/site-live.el'
import { catalogue as english } from '@clew/i18n/generated/site-live.en'
import { el } from './dom.ts'
import { HarDropZone } from './har-drop-zone.ts'
import type { HarResult, HarWorkerMessage } from './har-messages.ts'
import { drawReport } from './har-report.ts'
import { startWorker } from './start-worker.ts'

/** Above this a browser tab runs short of memory; the command line takes any size. */
const largestBytes = 250_000_000

function enhanceHarPage(root: HTMLElement): void {
  const { locale, worker: workerAddress = '', contact = '' } = root.dataset
  const t = createT(isLocale(locale) ? locale : 'en', locale === 'el' ? greek : english)
  const report = el('div')
  let worker: Worker | undefined

  const zone = new HarDropZone(t, largestBytes, {
    onFile: (file) => begin(file),
    onCancel: () => {
      stop()
      zone.say(t('site-live.har_cancelled'))
    },
  })
  root.replaceChildren(zone.element, report)
  root.hidden = false

  function stop(): void {
    worker?.terminate()
    worker = undefined
    report.replaceChildren()
  }

  function begin(file: File): void {
    stop()
    if (file.size > largestBytes) return zone.refuse(t('site-live.har_too_large', { name: file.name }))
    zone.work(file.name)
    const current = startWorker(workerAddress)
    worker = current
    current.addEventListener('message', ({ data }: MessageEvent<HarWorkerMessage>) => receive(file, data))
    current.addEventListener('error', () => refuse(t('site-live.har_failed', { name: file.name })))
    current.postMessage(file)
  }

  function receive(file: File, message: HarWorkerMessage): void {
    if (message.type === 'progress') return zone.progress(message.share)
    if (message.type === 'done') return show(file, message.result)
    refuse(t(message.reason === 'not_a_har' ? 'site-live.har_not_a_har' : 'site-live.har_failed', { name: file.name }))
  }

  function refuse(sentence: string): void {
    stop()
    zone.refuse(sentence)
  }

  function show(file: File, result: HarResult): void {
    worker?.terminate()
    zone.finish(file, result.entries)
    const forget = () => {
      stop()
      zone.reset()
    }
    report.replaceChildren(...drawReport({ result, name: file.name, contact, t, forget }))
  }
}

for (const root of document.querySelectorAll<HTMLElement>('[data-har]')) enhanceHarPage(root)
