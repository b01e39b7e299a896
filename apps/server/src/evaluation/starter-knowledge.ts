import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRouter, type Knowledge } from '@clew/assistant'
import type { ArticleId } from '@clew/contract/primitives'
import { exampleSettings } from '../../content/load-articles.ts'
import { loadFlows } from '../../content/load-flows.ts'
import { createLibrary, readStarterFiles } from '../domains/articles/index.ts'
import { sharedKnowledge } from '../domains/assistant/index.ts'
import { emptySnapshot } from '../domains/status/index.ts'
import { routerFile, serverFolder } from '../folders.ts'

/** What the assistant knows on a fresh installation: the starter articles and flows, and no incident. */
export async function starterKnowledge({
  folder = join(serverFolder, 'content'),
  trained = routerFile,
} = {}): Promise<Knowledge> {
  const { sections, articles } = await readStarterFiles(folder)
  const library = createLibrary(
    { version: 'starter', sections, articles: articles.map((each) => ({ ...each, id: each.slug as ArticleId })) },
    exampleSettings,
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
        ...exampleSettings,
        uploadLimitBytes: exampleSettings.uploadLimitMb * 1_000_000,
        captureLimitBytes: 25_000_000,
        baseUrl: 'https://help.northlight.example',
      }),
    },
    '1042',
  )
}
