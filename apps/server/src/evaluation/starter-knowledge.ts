import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRouter, type Knowledge } from '@clew/assistant'
import type { ArticleId } from '@clew/contract/primitives'
import { loadFlows } from '../../content/load-flows.ts'
import { createLibrary, readStarterFiles } from '../domains/articles/index.ts'
import { sharedKnowledge } from '../domains/assistant/index.ts'
import { emptySnapshot } from '../domains/status/index.ts'
import { routerFile, serverFolder } from '../folders.ts'

const settings = {
  brand: 'Northlight',
  appHost: 'app.northlight.example',
  supportEmail: 'help@northlight.example',
  uploadLimitMb: 20,
  captureRetentionDays: 30,
}

/** What the assistant knows on a fresh installation: the starter articles and flows, and no incident. */
export async function starterKnowledge({
  folder = join(serverFolder, 'content'),
  trained = routerFile,
} = {}): Promise<Knowledge> {
  const { sections, articles } = await readStarterFiles(folder)
  const library = createLibrary(
    { version: 'starter', sections, articles: articles.map((each) => ({ ...each, id: each.slug as ArticleId })) },
    settings,
  )
  const flows = loadFlows(folder)
  const router = createRouter(readFileSync(trained))
  return sharedKnowledge(
    {
      library: () => library,
      flows: () => flows,
      status: () => emptySnapshot,
      router: () => router,
      flowSettings: () => ({
        ...settings,
        uploadLimitBytes: settings.uploadLimitMb * 1_000_000,
        captureLimitBytes: 25_000_000,
        baseUrl: 'https://help.northlight.example',
      }),
    },
    '1042',
  )
}
