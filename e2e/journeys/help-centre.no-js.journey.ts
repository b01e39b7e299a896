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
    const { context, watch } = await stage.visit({ javaScriptEnabled: false })
    watch.allow(/status of 422 /)
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

    stage.step('a form with a mistake comes back with every word')
    await page.getByRole('link', { name: site('site.footer_contact'), exact: true }).click()
    await page.getByRole('radio', { name: site('site.contact_kind_other') }).check()
    await page.getByRole('button', { name: site('site.contact_continue') }).click()
    const field = (name: 'problem' | 'email' | 'steps') => page.getByLabel(site(`site.contact_field_${name}`))
    const send = () => page.getByRole('button', { name: site('site.contact_send') }).click()
    await field('problem').fill(problem)
    await field('steps').fill('Open Reports\nPress Export')
    await field('email').fill('dora@harbour-books')
    await send()
    await page.getByText(site('site.contact_error_email_invalid')).first().waitFor()
    assert.equal(await field('problem').inputValue(), problem)
    await field('email').fill('dora@harbour-books.example')
    await send()
    await page.getByRole('heading', { name: site('site.sent_title') }).waitFor()

    stage.step('the team has it, with all that was said')
    await agent.item(/weekly export/).click()
    await agent.facts.getByText('Press Export').waitFor()
    await agent.facts.getByText('dora@harbour-books.example').first().waitFor()
  },
}
