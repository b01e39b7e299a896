import { drawMarks, type Mark } from './marks.ts'

/** The picture with what is covered gone from its pixels, as a new file. */
export async function coveredFile(file: File, picture: ImageBitmap, marks: readonly Mark[]): Promise<File> {
  const canvas = document.createElement('canvas')
  canvas.width = picture.width
  canvas.height = picture.height
  const ink = canvas.getContext('2d')
  if (ink === null) throw new Error('no canvas')
  ink.drawImage(picture, 0, 0)
  drawMarks(ink, marks)
  const type = file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png'
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.92))
  if (drawn?.type !== type) throw new Error('not drawn')
  const name = file.type === type ? file.name : `${file.name.replace(/\.\w+$/, '')}.png`
  return new File([drawn], name, { type })
}
