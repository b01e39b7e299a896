import { Transform } from 'node:stream'
import { maxAttachmentBytes } from '@clew/contract/files'
import { AppError } from '../../platform/app-error.ts'
import { isCleanable, isUncleanable, withoutMetadata } from './image-metadata.ts'

const decidingBytes = 12

export const uncleanable = (): AppError => new AppError('file.picture_refused')

/** Lets everything pass but a picture: that is held until it is whole, and goes on without what it says besides its pixels. */
export class ImageCleaner extends Transform {
  #chunks: Buffer[] = []
  #heldBytes = 0
  #is: 'unknown' | 'picture' | 'other' = 'unknown'

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#is === 'other') {
      this.push(chunk)
      return done()
    }
    this.#chunks.push(chunk)
    this.#heldBytes += chunk.length
    if (this.#heldBytes > maxAttachmentBytes)
      return done(new AppError('file.too_large', { limitMb: maxAttachmentBytes / 1_000_000 }))
    if (this.#is === 'picture' || this.#heldBytes < decidingBytes) return done()
    const head = Buffer.concat(this.#chunks)
    if (isUncleanable(head)) return done(uncleanable())
    if (isCleanable(head)) this.#is = 'picture'
    else {
      this.#is = 'other'
      this.push(head)
      this.#chunks = []
    }
    done()
  }

  override _flush(done: (error?: Error | null, data?: Buffer) => void): void {
    if (this.#is === 'other') return done()
    const whole = Buffer.concat(this.#chunks)
    done(null, this.#is === 'picture' ? withoutMetadata(whole) : whole)
  }
}
