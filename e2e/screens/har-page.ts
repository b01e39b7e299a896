import type { Locale } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { wordsOf } from '../harness/words.ts'

type Failure = 'not_har' | 'empty' | 'cut' | 'damaged' | 'worker'

/** The page on which a HAR is made safe and read, as a person uses it. */
export function harPageOn(page: Page, locale: Locale) {
  const t = wordsOf(locale).harPage
  const picker = page.locator('#har-file')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const fileOf = (name: string, content: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  })
  return {
    choose: (file: string) => picker.setInputFiles(file),
    give: (name: string, content: string) => picker.setInputFiles(fileOf(name, content)),
    giveMany: (files: Readonly<Record<string, string>>) =>
      picker.setInputFiles(Object.entries(files).map(([name, content]) => fileOf(name, content))),
    paste: (text: string) =>
      page.evaluate((content) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', content)
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, text),

    isKept: () => page.locator('[data-offline=ready]').waitFor(),
    assurance: () => page.locator('.dropstage .echo').innerText(),
    isWorking: () => page.locator('.harapp progress').waitFor(),
    isDone: () => page.locator('#har-keep').waitFor({ timeout: 60_000 }),
    hasFailed: (failure: Failure, name: string) =>
      page
        .getByRole('alert')
        .getByText(t(`har-page.failed_${failure}`, { name }))
        .waitFor(),
    cancel: () => press(t('har-page.cancel')),
    cleanAfterAll: () => press(t('har-page.clean_after_all')),

    findings: () => page.locator('.finding h3').allInnerTexts(),
    timelineIsDrawn: () => page.locator('.timeline .rows canvas').waitFor(),
    async openFirstFailing() {
      const rows = page.getByRole('listbox', { name: t('har-page.timeline') })
      await rows.focus()
      await rows.press('n')
      await rows.press('Enter')
      await page.locator('.entrypane .part').nth(2).waitFor()
    },
    showTable: () => press(t('har-page.as_table')),

    files: () => page.locator('.jobs li').allInnerTexts(),
    forget: () => press(t('har-page.forget')),
    startOver: () => press(t('har-page.start_over')),
    async save() {
      const waiting = page.waitForEvent('download')
      await page.getByRole('link', { name: t('har-page.save') }).click()
      const download = await waiting
      return { name: download.suggestedFilename(), path: await download.path() }
    },
    sendToSupport: () => press(t('har-page.send')),
  }
}
