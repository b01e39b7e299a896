import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core'

/** What went wrong in the pages of a browser context without anybody asking. */
export type Watch = {
  problems(): string[]
  /** What the console said, whole. */
  console(): string
  /** A trouble that the journey causes itself, such as an answer 413. */
  allow(pattern: RegExp): void
}

export function watch(context: BrowserContext): Watch {
  const problems: string[] = []
  const said: string[] = []
  const allowed: RegExp[] = []
  const onConsole = (message: ConsoleMessage) => {
    const { url, lineNumber } = message.location()
    const line = `${message.type()}: ${message.text()} (${url}:${lineNumber})`
    said.push(line)
    if (message.type() === 'error' || /content security policy|trusted ?types?/i.test(message.text()))
      problems.push(line)
  }
  const onPage = (page: Page) => {
    page.on('pageerror', (error) => problems.push(`page error: ${error.stack ?? error.message} (${page.url()})`))
    page.on('crash', () => problems.push(`the page crashed: ${page.url()}`))
  }
  context.on('console', onConsole)
  context.on('page', onPage)
  return {
    problems: () => problems.filter((line) => !allowed.some((pattern) => pattern.test(line))),
    console: () => said.join('\n'),
    allow: (pattern) => void allowed.push(pattern),
  }
}
