import type { T } from '@clew/i18n'
import { el, strip } from './dom.ts'
import { writeSize } from './sizes.ts'

interface Listeners {
  onFile(file: File): void
  onCancel(): void
}

/** The place for a file: empty, working, done or refused. Choosing by keyboard and dropping do the same. */
export class HarDropZone {
  readonly element: HTMLElement
  readonly #t: T<'site-live'>
  readonly #listeners: Listeners
  readonly #limit: string
  readonly #input = el('input', {
    type: 'file',
    accept: '.har,application/json',
    class: 'visually-hidden',
    id: 'har-file',
  }) as HTMLInputElement
  readonly #zone = el('div', { class: 'drop' })
  readonly #status = el('p', { class: 'echo', role: 'status' })
  readonly #bar = el('progress', { max: '1' }) as HTMLProgressElement

  constructor(t: T<'site-live'>, largestBytes: number, listeners: Listeners) {
    this.#t = t
    this.#listeners = listeners
    this.#limit = t('site-live.har_limit', { size: writeSize(largestBytes, t) })
    this.element = strip({ class: 'stage', live: true, knot: ['dot', 'pine'] }, this.#zone, this.#status)
    this.#listen()
    this.reset()
  }

  reset(): void {
    this.#fill('site-live.har_choose', el('b', {}, this.#t('site-live.har_drop')))
    this.say(this.#limit)
  }

  work(name: string): void {
    this.#bar.value = 0
    const cancel = el('button', { class: 'btn', type: 'button' }, this.#t('site-live.har_cancel'))
    cancel.addEventListener('click', () => {
      this.reset()
      this.#listeners.onCancel()
    })
    const sentence = this.#t('site-live.har_working', { name })
    this.#bar.setAttribute('aria-label', sentence)
    this.#zone.replaceChildren(el('b', {}, sentence), cancel, this.#bar)
    this.say('')
  }

  progress(share: number): void {
    this.#bar.value = share
  }

  finish(file: File, entries: number): void {
    const facts = this.#t('site-live.har_file_facts', { size: writeSize(file.size, this.#t), entries })
    this.#fill(
      'site-live.har_choose_another',
      el('span', {}, el('b', {}, file.name), ' ', el('span', { class: 'muted' }, facts)),
    )
    this.say(this.#t('site-live.har_done'))
  }

  refuse(sentence: string): void {
    this.reset()
    this.#status.replaceChildren(el('strong', { class: 'major' }, sentence))
  }

  say(sentence: string): void {
    this.#status.replaceChildren(sentence)
  }

  #fill(key: 'site-live.har_choose' | 'site-live.har_choose_another', text: HTMLElement): void {
    const button = el('label', { class: 'btn', for: 'har-file' }, this.#t(key))
    this.#zone.replaceChildren(text, el('span', {}, this.#input, button))
  }

  #listen(): void {
    this.#input.addEventListener('change', () => {
      this.#take(this.#input.files)
      this.#input.value = ''
    })
    this.#zone.addEventListener('dragover', (event) => {
      event.preventDefault()
      this.#zone.classList.add('over')
    })
    this.#zone.addEventListener('dragleave', () => this.#zone.classList.remove('over'))
    this.#zone.addEventListener('drop', (event) => {
      event.preventDefault()
      this.#zone.classList.remove('over')
      this.#take(event.dataTransfer?.files)
    })
  }

  #take(files: FileList | null | undefined): void {
    const file = files?.[0]
    if (file !== undefined) this.#listeners.onFile(file)
  }
}
