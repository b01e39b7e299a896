import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import S3rver from 's3rver'

export type S3 = {
  url: string
  /** Where it keeps the objects. */
  directory: string
  close(): Promise<void>
}

/** An S3 server on loopback with its own folder. `url` is what `CLEW_FILES_URL` takes, for the bucket `clew`. */
export async function startS3(): Promise<S3> {
  const directory = mkdtempSync(path.join(tmpdir(), 'clew-s3-'))
  const buckets = [{ name: 'clew' }, { name: 'other' }]
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: buckets })
  const { port } = await server.run()
  return {
    url: `s3+http://S3RVER:S3RVER@127.0.0.1:${port}/clew`,
    directory,
    close: async () => {
      await server.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
