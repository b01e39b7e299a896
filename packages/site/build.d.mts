import type { SiteManifest } from './src/site.ts'

export function build(options?: { to?: string }): Promise<{ manifest: SiteManifest }>
