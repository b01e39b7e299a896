import type { Locale } from '@clew/i18n'
import type { Download, Locator, Page } from 'playwright-core'
import type { Faults } from '../../harness/axe.ts'
import type { Clew } from '../../harness/clew.ts'
import type { Api, Customer } from '../../harness/customer.ts'
import type { Keyboard } from '../../harness/keyboard.ts'
import type { Stage, Visit } from '../../harness/stage.ts'
import type { Words } from '../../harness/words.ts'

export type DataScene = {
  stage: Stage
  clew: Clew
  customer: Customer & { api: Api } & Visit
  page: Page
  keys: Keyboard
  locale: Locale
  words: Words
  faults: Faults
  /** Of the product of the operator. */
  reportingKey: string
  /** Who has asked something, and what. */
  contact: { email: string; body: string; number: number }
  /** Who looks at exports besides the owner. */
  second: Visit & { api: Api }
  secondName: string
}

type Opening = { page: Page; keys: Keyboard; clew: Clew }

/** Opens a page of the console and goes past what stands before its main part. */
export async function openPage({ page, keys, clew }: Opening, name: string): Promise<void> {
  await keys.open(`${clew.url}/app/console/${name}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await keys.skip()
}

export const part = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

/** What is downloaded when a control is pressed, in a file. */
export async function download({ page, keys, stage }: DataScene, control: Locator): Promise<string> {
  const [arrived] = await Promise.all([page.waitForEvent('download'), keys.use(control)])
  return fileOf(stage, arrived)
}

export async function fileOf({ folder }: Stage, arrived: Download): Promise<string> {
  const file = `${folder}/${Math.random().toString(36).slice(2)}-${arrived.suggestedFilename()}`
  await arrived.saveAs(file)
  return file
}
