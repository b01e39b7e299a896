/** Puts what others wrote between marks that they cannot know, so that it stays what it is: data. */
export type Fence = (about: Readonly<Record<string, string>>, text: string) => string

/** `mark` is made anew for every turn, of letters that nobody can guess. */
export const fenceWith =
  (mark: string): Fence =>
  (about, text) => {
    const named = Object.entries(about).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    // Nobody knows the mark; should somebody guess it, it is taken out of their words.
    return [`<<${mark} ${named.join(' ')}>>`, text.replaceAll(mark, ''), `<<${mark} end>>`].join('\n')
  }
