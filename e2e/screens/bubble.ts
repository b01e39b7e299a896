import { type Flow, uploadFailures } from '@clew/flows'
import type { Locale } from '@clew/i18n'
import type { Locator, Page } from 'playwright-core'
import { wordsOf } from '../harness/words.ts'

export type Bubble = ReturnType<typeof bubbleOn>

/** The bubble on any page, as a person uses it. */
export function bubbleOn(page: Page, locale: Locale) {
  const { widget: t } = wordsOf(locale)
  const host = page.locator('clew-widget')
  const panel = host.getByRole('dialog')
  const log = panel.getByRole('log')
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click()
  const said = (text: string | RegExp): Locator => log.getByText(text).first()

  return {
    page,
    locale,
    panel,
    log,
    said,
    press,
    /** What the head of the panel says, such as who has the case. */
    status: (text: string): Locator => panel.getByRole('status').filter({ hasText: text }).first(),

    async open() {
      await host.locator('button.launcher').click()
      await panel.waitFor()
    },

    /** Writes and sends, and waits until the words stand in the conversation. */
    async write(text: string) {
      await panel.getByRole('textbox', { name: t('widget.composer_label') }).fill(text)
      await press(t('widget.send'))
      await said(text).waitFor()
    },

    attachBytes: (name: string, buffer: Buffer) =>
      panel.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer }),

    /** Answers every step with what says that it did not help. */
    async walkInVain(flow: Flow = uploadFailures) {
      for (const step of flow.steps) {
        const reply = step.replies.find(({ outcome }) => outcome === 'not_fixed')
        if (reply === undefined) throw new Error(`${step.id} has no reply that says it did not help`)
        await said(step.title[locale]).waitFor()
        await panel.getByRole('button', { name: reply.label[locale], exact: true }).last().click()
      }
    },

    /** Attaches a HAR and waits for the report of what was taken out; answers with how many values that were. */
    async makeSafe(file: string): Promise<number> {
      await panel.locator('input[type=file]').setInputFiles(file)
      await said(t('widget.har_left_none')).waitFor({ timeout: 60_000 })
      const rows = await log.locator('table td').allInnerTexts()
      return rows.reduce((sum, count) => sum + Number(count.replace(/\D/g, '')), 0)
    },

    async sendSafeCopy() {
      await panel.getByRole('button', { name: t('widget.har_send', { size: '' }).trim() }).click()
    },

    /** Opens the small form of one category by its chip. */
    async chip(field: 'environment' | 'timestamps' | 'account' | 'request_ids') {
      const name = t(`widget.field_${field}`)
      await panel.locator('.case').getByRole('button', { name }).click()
      return panel.getByRole('form', { name })
    },

    async agreeToShareEnvironment() {
      await this.chip('environment')
      await press(t('widget.share_environment'))
    },

    async give(field: 'timestamps' | 'account', fill: (form: Locator) => Promise<void>) {
      const form = await this.chip(field)
      await fill(form)
      await form.getByRole('button', { name: t('widget.save_fact') }).click()
      await form.waitFor({ state: 'hidden' })
    },

    /** The chips, by what a screen reader says of them. */
    chips: () => panel.locator('.case li').allInnerTexts(),

    /** By the link that is always in reach, under the field. */
    askForPerson: () =>
      panel
        .locator('footer')
        .getByRole('button', { name: t('widget.talk_to_person') })
        .click(),
  }
}
