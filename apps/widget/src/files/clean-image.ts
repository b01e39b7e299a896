const reencodable = ['image/jpeg', 'image/png', 'image/webp']
const mostPixels = 50_000_000

/**
 * Draws a picture anew, so that place, camera and other hidden data stay behind. What cannot be drawn (a video, an
 * animation, a broken file) comes back as it is.
 */
export async function cleanImage(file: File): Promise<File> {
  if (!reencodable.includes(file.type)) return file
  try {
    const picture = await createImageBitmap(file)
    if (picture.width * picture.height > mostPixels) return file
    const canvas = document.createElement('canvas')
    canvas.width = picture.width
    canvas.height = picture.height
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    picture.close()
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, file.type, 0.92))
    return drawn?.type === file.type ? new File([drawn], file.name, { type: file.type }) : file
  } catch {
    return file
  }
}
