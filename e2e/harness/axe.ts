import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const widths = [1280, 320]
const schemes = ['light', 'dark'] as const
// All that another scheme changes.
const colourRules = ['color-contrast', 'link-in-text-block']

/** Each kind of fault once, with the screens that have it. */
export type Faults = Map<string, string[]>

/** Notes what axe finds wrong with what is shown, on a desk and on the narrowest phone, light and dark. */
export async function inspect(page: Page, what: string, faults: Faults): Promise<void> {
  const note = (fault: string, where: string) => faults.set(fault, [...(faults.get(fault) ?? []), where])
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await rulesFor(page, colorScheme).analyze()
      for (const { id, help, nodes } of violations)
        for (const { target, failureSummary = '' } of nodes)
          note(
            `${id}, ${help}: ${target.join(' ')} ${failureSummary.replaceAll(/\s+/g, ' ')}`,
            `${what} ${width} ${colorScheme}`,
          )
    }
    // WCAG 1.4.10: nothing needs scrolling in two directions at 320 px.
    const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth)
    if (contentWidth > width) note(`${contentWidth} px wide on a screen of ${width} px`, what)
  }
  if (before !== null) await page.setViewportSize(before)
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
}

function rulesFor(page: Page, scheme: (typeof schemes)[number]): AxeBuilder {
  // Without frames there is no need for the page of its own in which axe puts together what it found in each.
  const axe = new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1)
  return scheme === schemes[0] ? axe.withTags(tags) : axe.withRules(colourRules)
}

/** Fails with every fault that was noted, and where it is. */
export const assertNone = (faults: Faults): void =>
  assert.deepEqual(
    [...faults].map(([fault, where]) => `${fault}\n  on ${where.join('; ')}`),
    [],
  )
