import type { Locale, T } from '@clew/i18n'
import type { Locator, Page } from 'playwright-core'
import { uploadChecks } from '../harness/flows.ts'
import { wordsOf } from '../harness/words.ts'

export type Bubble = ReturnType<typeof bubbleOn>

/** The bubble on any page, as a person uses it. */
export function bubbleOn(page: Page, locale: Locale) {
  const t = wordsOf(locale).widget
  const host = page.locator('clew-widget')
  const panel = host.getByRole('dialog')
  const log = panel.getByRole('log')
  const reach: Reach = {
    locale,
    t,
    panel,
    log,
    said: (text) => log.getByText(text).first(),
    press: (name) => panel.getByRole('button', { name, exact: true }).click(),
    picker: panel.locator('input[type=file]'),
  }
  return {
    page,
    ...reach,
    ...talking(reach),
    ...attaching(reach),
    ...completing(reach),

    async open() {
      await host.locator('button.launcher').click()
      await panel.waitFor()
    },

    /** What the head of the panel says, such as who has the case. */
    status: (text: string): Locator => panel.getByRole('status').filter({ hasText: text }).first(),
  }
}

type Reach = {
  locale: Locale
  t: T<'widget'>
  panel: Locator
  log: Locator
  /** Where words stand in the conversation. */
  said(text: string | RegExp): Locator
  press(name: string): Promise<void>
  picker: Locator
}

function talking({ locale, t, panel, said, press }: Reach) {
  return {
    /** Writes and sends, and waits until the words stand in the conversation. */
    async write(text: string) {
      await panel.getByRole('textbox', { name: t('widget.composer_label') }).fill(text)
      await press(t('widget.send'))
      await said(text).waitFor()
    },

    /** Goes through the checks of an upload and answers each with what says that it did not help. */
    async walkInVain() {
      for (const { title, inVain } of uploadChecks(locale)) {
        await said(title).waitFor()
        await panel.getByRole('button', { name: inVain, exact: true }).last().click()
      }
    },

    /** By the link that is always in reach, under the field. */
    askForPerson: () => {
      const link = panel.locator('footer').getByRole('button', { name: t('widget.talk_to_person') })
      return link.click()
    },
  }
}

function attaching({ locale, panel, log, said, picker }: Reach) {
  const t = wordsOf(locale).safeCopy
  return {
    attach: (files: string | readonly string[]) => picker.setInputFiles(files),

    /** Attaches a HAR and waits for the report of what was taken out; answers with how many values that were. */
    async makeSafe(file: string): Promise<number> {
      await picker.setInputFiles(file)
      await said(t('safe-copy.left_none')).waitFor({ timeout: 60_000 })
      const counts = await log.locator('table td').allInnerTexts()
      return counts.reduce((sum, count) => sum + Number(count.replace(/\D/g, '')), 0)
    },

    /** Of several the first that is there. */
    sendSafeCopy: () =>
      panel
        .getByRole('button', { name: t('safe-copy.send', { size: '' }).trim() })
        .first()
        .click(),
  }
}

type Field = 'environment' | 'timestamps' | 'account'

function completing({ locale, t, panel, press }: Reach) {
  const about = wordsOf(locale).case
  /** Opens the small form of one category by its chip. */
  async function openForm(field: Field): Promise<Locator> {
    const name = t(`widget.field_${field}`)
    await panel.locator('.case li').getByRole('button', { name }).click()
    return panel.getByRole('form', { name })
  }

  /** Looks at what the browser would say of itself. */
  async function openEnvironment(): Promise<void> {
    const form = await openForm('environment')
    await form.getByRole('button', { name: about('case.share_environment') }).waitFor()
  }

  return {
    openEnvironment,

    async agreeToShareEnvironment() {
      await openEnvironment()
      await press(about('case.share_environment'))
    },

    async give(field: Field, fill: (form: Locator) => Promise<void>) {
      const form = await openForm(field)
      await fill(form)
      await form.getByRole('button', { name: about('case.save_fact') }).click()
      await form.waitFor({ state: 'hidden' })
    },

    /** The chips, by what a screen reader says of them. */
    async chips() {
      await panel.locator('.case li').first().waitFor()
      return panel.locator('.case li').allInnerTexts()
    },
  }
}
