import type { Config } from './config.ts'

export type ConfigWarning = 'files_key_alone'

/** What an operator should know of settings that work and may harm them later. */
export function configWarnings({ filesUrl, filesKey }: Pick<Config, 'filesUrl' | 'filesKey'>): ConfigWarning[] {
  // The key is made in the data folder: another folder has another one, and without this one no file opens again.
  return filesUrl !== undefined && filesKey === undefined ? ['files_key_alone'] : []
}
