import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { configWarnings } from './config-warnings.ts'

const warnings = (env: Record<string, string>) => configWarnings(readConfig(env, '/srv'))

test('files outside the data folder with a key that is only there are warned of', () => {
  expect(warnings({ CLEW_FILES_URL: 's3://key:secret@store.example/bucket' })).toEqual(['files_key_alone'])
  expect(warnings({ CLEW_FILES_URL: 'file:///mnt/files' })).toEqual(['files_key_alone'])
})

test('a key of the operator’s own, and files in the data folder, are not', () => {
  const key = Buffer.alloc(32, 1).toString('base64')
  expect(warnings({ CLEW_FILES_URL: 's3://key:secret@store.example/bucket', CLEW_FILES_KEY: key })).toEqual([])
  expect(warnings({})).toEqual([])
})
