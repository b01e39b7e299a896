import assert from 'node:assert/strict'
import type { Journey } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { sitDown } from '../screens/workspace.ts'

const { site } = wordsOf('en')
const problem = 'The weekly export arrives empty since Monday'

/** Without any script: read, search, and open a case that reaches the team. */
export const helpCentreNoJs: Journey = {
  name: 'help-centre.no-js',
  async run(stage) {
    const clew = await stage.startClew()
    const agent = await sitDown(stage, clew)
    const { context } = await stage.visit({ javaScriptEnabled: false })
    const page = await context.newPage()

    stage.step('home, search, article')
    await page.goto(`${clew.url}/en`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('searchbox', { name: site('site.search_label') }).fill('uplod fails')
    await page.getByRole('button', { name: site('site.search_button') }).click()
    await page
      .getByRole('main')
      .getByRole('link', { name: /upload/i })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: /upload/i }).waitFor()
    assert.match(await page.getByRole('main').innerText(), /20 MB/)

    stage.step('an empty form says what is missing and loses nothing')
    await page.getByRole('link', { name: site('site.footer_contact'), exact: true }).click()
    await page.getByLabel(site('site.contact_field_steps')).fill('Open Reports\nPress Export')
    await page
      .locator('form')
      .evaluate(() => undefined)
      .catch(() => undefined)
    await page.getByLabel(site('site.contact_field_problem')).fill(problem)
    await page.getByLabel(site('site.contact_field_email')).fill('dora@harbour-books.example')
    await page.getByRole('button', { name: site('site.contact_send') }).click()
    await page.getByRole('heading', { name: site('site.sent_title') }).waitFor()

    stage.step('the team has it, with all that was said')
    await agent.item(/weekly export/).click()
    await agent.facts.getByText('Press Export').waitFor()
    await agent.facts.getByText('dora@harbour-books.example').first().waitFor()
  },
}
