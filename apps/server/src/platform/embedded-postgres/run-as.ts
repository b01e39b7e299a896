import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import os from 'node:os'
import { say } from '../say.ts'
import { EmbeddedPostgresError } from './errors.ts'

/** The account that PostgreSQL runs under, or undefined for our own: it refuses to run as root. */
export type RunAs = { uid: number; gid: number } | undefined

export function chooseRunAs(clusterOwner: { uid: number; gid: number } | undefined): RunAs {
  const uid = process.getuid?.()
  if (uid === undefined)
    throw new EmbeddedPostgresError(
      'unsupported_platform',
      say('cli.postgres_no_platform', { platform: process.platform }),
    )
  if (uid === 0) return clusterOwner ?? account('postgres') ?? account('nobody') ?? refuseRoot()
  if (clusterOwner && clusterOwner.uid !== uid)
    throw new EmbeddedPostgresError(
      'not_our_files',
      say('cli.postgres_of_another', { owner: String(clusterOwner.uid), uid: String(uid) }),
    )
  needPasswdEntry(uid)
  return undefined
}

/** Whether that account can pass through the folder. */
export function canEnter(folder: string, runAs: RunAs): boolean {
  return runAs ? succeeds('test', ['-x', folder], runAs) : isOurs(folder, constants.X_OK)
}

export function succeeds(program: string, args: string[], runAs: RunAs): boolean {
  return spawnSync(program, args, { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0
}

function isOurs(folder: string, mode: number): boolean {
  try {
    accessSync(folder, mode)
    return true
  } catch {
    return false
  }
}

function account(name: string): RunAs {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

function refuseRoot(): never {
  throw new EmbeddedPostgresError('no_account', say('cli.postgres_not_as_root'))
}

function needPasswdEntry(uid: number): void {
  try {
    os.userInfo()
  } catch {
    throw new EmbeddedPostgresError('no_account', say('cli.postgres_no_name', { uid: String(uid) }))
  }
}
