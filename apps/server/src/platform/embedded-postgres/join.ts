import { realpathSync } from 'node:fs'
import path from 'node:path'
import { keptSecret } from '../kept-secret.ts'
import { baseFolder, ownerOfCluster } from './cluster.ts'
import { findPostmaster } from './postmaster.ts'
import { type SuperuserConnection, superuser } from './ready.ts'
import { chooseRunAs } from './run-as.ts'

/** The server of a Clew that runs on this data directory, for a command that works beside it; undefined when none does. */
export function findRunningPostgres(dataDir: string): SuperuserConnection | undefined {
  const folder = realpathSync(dataDir)
  const postmaster = findPostmaster(path.join(baseFolder(folder, chooseRunAs(ownerOfCluster(folder))), 'pg'))
  return postmaster && superuser(postmaster.socketFolder, keptSecret(folder, 'postgres_superuser_password'))
}
