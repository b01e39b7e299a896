import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const widths = [1280, 320]
const schemes = ['light', 'dark'] as const

/** What axe finds wrong with what is shown, on a desk and on the narrowest phone, light and dark. */
export async function violationsOf(page: Page, what: string): Promise<string[]> {
  const found: string[] = []
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
      for (const { id, help, nodes } of violations)
        for (const { target, failureSummary = '' } of nodes)
          found.push(`${what}, ${width} px, ${colorScheme}: ${id}, ${help}: ${target.join(' ')} ${failureSummary.replaceAll(/\s+/g, ' ')}`)
      if (width === 320) found.push(...(await overflowOf(page, what)))
    }
  }
  if (before !== null) await page.setViewportSize(before)
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  return found
}

/** WCAG 1.4.10: nothing needs scrolling in two directions at 320 px. */
async function overflowOf(page: Page, what: string): Promise<string[]> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  return width > 320 ? [`${what}: ${width} px wide on a screen of 320 px`] : []
}
