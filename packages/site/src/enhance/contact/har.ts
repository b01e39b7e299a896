import { createT, isLocale, type T } from '@clew/i18n'
import { catalogue as el_ } from '@clew/i18n/generated/contact-live.el'
import { catalogue as en_ } from '@clew/i18n/generated/contact-live.en'
import type { Operator } from '../har/messages.ts'
import { Session, type SessionState } from '../har/session.ts'
import { startWorker } from '../start-worker.ts'

/**
 * A chosen recording is cleaned here before it can be sent: the clean copy takes its place. One that cannot be cleaned
 * is taken out again and never leaves.
 */
export function followHar(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('#har')
  const { worker, operator, locale } = form.dataset
  if (field === null || worker === undefined || operator === undefined) return
  const t = createT<'contact-live'>(isLocale(locale) ? locale : 'en', locale === 'el' ? el_ : en_)
  const place: Place = {
    field,
    t,
    state: form.querySelector<HTMLElement>('[data-har-state]'),
    removed: form.querySelector<HTMLInputElement>('[data-har-removed]'),
    send: form.querySelector<HTMLButtonElement>('button.main[type="submit"]'),
  }
  let session: Session | undefined
  field.addEventListener('change', () => {
    session?.startOver()
    session = undefined
    const file = field.files?.[0]
    tell(place, '')
    if (place.removed !== null) place.removed.value = ''
    if (file === undefined) return
    session = new Session(() => startWorker(worker), JSON.parse(operator) as Operator)
    session.subscribe(() => session && follow(place, session.get(), file.name))
    if (place.send !== null) place.send.disabled = true
    tell(place, t('contact-live.har_cleaning', { percent: 0 }))
    session.add([file])
  })
}

interface Place {
  readonly field: HTMLInputElement
  readonly t: T<'contact-live'>
  readonly state: HTMLElement | null
  readonly removed: HTMLInputElement | null
  readonly send: HTMLButtonElement | null
}

function follow(place: Place, { jobs }: SessionState, name: string): void {
  const work = jobs[0]?.work
  if (work?.step === 'working' && work.progress !== undefined)
    tell(place, place.t('contact-live.har_cleaning', { percent: Math.round(work.progress.share * 100) }))
  if (work?.step === 'failed') {
    place.field.value = ''
    end(place, place.t('contact-live.har_failed'))
  }
  if (work?.step !== 'done') return
  const { clean, report } = work.result
  const transfer = new DataTransfer()
  transfer.items.add(new File([clean], name, { type: 'application/json' }))
  place.field.files = transfer.files
  if (place.removed !== null)
    place.removed.value = JSON.stringify(report.removed.map(({ kind, count }) => ({ kind, count })))
  end(place, place.t('contact-live.har_clean', { count: report.removedTotal }))
}

function end(place: Place, text: string): void {
  if (place.send !== null) place.send.disabled = false
  tell(place, text)
}

const tell = ({ state }: Place, text: string): void => {
  if (state !== null && state.textContent !== text) state.textContent = text
}
