import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateMacro } from '@clew/contract/macros'
import { z } from 'zod'

const StarterMacro = CreateMacro.extend({ slug: z.string().min(1) }).transform(({ slug, ...content }) => ({
  slug,
  content,
}))
export type StarterMacro = z.output<typeof StarterMacro>

/** The macros that come with the product. */
export async function readStarterMacros(contentDir: string): Promise<readonly StarterMacro[]> {
  return z.array(StarterMacro).parse(JSON.parse(await readFile(join(contentDir, 'macros.json'), 'utf8')))
}
