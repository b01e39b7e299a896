import assert from 'node:assert/strict'
import { inspect } from '../../harness/axe.ts'
import { browserLocale } from '../../harness/customer.ts'
import { keyboardOn } from '../../harness/keyboard.ts'
import { fromLetter } from '../../harness/mail.ts'
import { openArchive } from './archive.ts'
import { type DataScene, fileOf } from './scene.ts'

/** Whoever asked something takes everything home that is kept of them, by themselves. */
export async function ownCopy({ stage, clew, contact, locale, words, faults }: DataScene): Promise<void> {
  const { site: t } = words
  stage.step('whoever asked has a link sent, and takes their data home')
  const { context } = await stage.visit({ viewport: { width: 1280, height: 800 }, locale: browserLocale[locale] })
  const page = await context.newPage()
  const keys = keyboardOn(page)
  await keys.open(`${clew.url}/${locale}/my`)
  await keys.write(page.getByLabel(t('site.my_email')), contact.email)
  await keys.press('Enter')
  await page.getByText(t('site.my_asked_title')).waitFor()
  const token = await fromLetter(clew, contact.email, /(?<=\/my\/enter#token=)[\w-]{43}/)
  await keys.open(`${clew.url}/${locale}/my/enter#token=${token}`)
  await keys.use(page.getByRole('button', { name: t('site.my_enter_button') }))
  const take = page.getByRole('button', { name: t('site.my_export'), exact: true })
  await take.waitFor()
  await inspect(page, `one’s own cases, ${locale}`, faults)
  const [arrived] = await Promise.all([page.waitForEvent('download'), keys.use(take)])
  const { files } = await openArchive(await fileOf(stage, arrived))
  assert.ok(files.get('person.json')?.includes(contact.email))
  assert.ok(files.get(`cases/C-${contact.number}.json`)?.includes('413'))
  await context.close()
}
