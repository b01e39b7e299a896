// The catalogues agree with each other, and every error code has its sentence.
import { readFileSync } from 'node:fs'
import { transform } from 'esbuild'
import { readCatalogues } from '../messages/read-catalogues.mjs'
import { inRoot } from '../run/say.mjs'

export async function words({ catalogues = inRoot('packages/i18n/catalogues'), codes } = {}) {
  const { namespaces, problems } = readCatalogues(catalogues)
  const sentences = namespaces.get('errors')?.en ?? new Map()
  const known = codes ?? (await errorCodes())
  return [
    ...problems,
    ...known
      .filter((code) => !sentences.has(`errors.${code}`))
      .map((code) => `errors.en.json: errors.${code} is missing`),
    ...[...sentences.keys()]
      .filter((key) => !known.includes(key.slice('errors.'.length)))
      .map((key) => `errors.en.json: ${key} belongs to no error code of the contract`),
  ]
}

async function errorCodes() {
  const { code } = await transform(readFileSync(inRoot('packages/contract/src/errors.ts'), 'utf8'), {
    loader: 'ts',
    format: 'esm',
  })
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return Object.keys(module.errorCodes)
}
