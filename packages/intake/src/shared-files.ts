export type SharedFileHost = 'google_drive' | 'dropbox' | 'onedrive'

/** A link to a file that lies with somebody else. Nobody but people ever follows it. */
export type SharedFile = {
  provider: SharedFileHost
  /** As the address names it, for the reader to see where it leads. */
  host: string
  url: string
  isFolder: boolean
  /** What the address gives away of who may change the file; most do not say. */
  access: 'view' | 'edit' | 'unknown'
}

type Shape = Pick<SharedFile, 'isFolder' | 'access'>
type Recogniser = (url: URL) => Shape | undefined

const longest = 2000
const most = 5

/** The shared files that a text links to, each once, in their order. */
export function findSharedFiles(text: string): SharedFile[] {
  const found = new Map(sharedFilesIn(text).map(({ file }) => [file.url, file]))
  return [...found.values()].slice(0, most)
}

/** Where in a text shared files are linked to, in their order. */
export function sharedFilesIn(text: string): { file: SharedFile; start: number; end: number }[] {
  const found: { file: SharedFile; start: number; end: number }[] = []
  for (const match of text.matchAll(/https:\/\/[^\s<>"'`\\^{}|]{4,2000}/gi)) {
    const address = withoutEnd(match[0])
    const file = recogniseSharedFile(address)
    if (file) found.push({ file, start: match.index, end: match.index + address.length })
  }
  return found
}

/** What stands after an address in a sentence does not belong to it. */
const withoutEnd = (address: string): string => address.replace(/[.,;:!?)\]»”’·]+$/, '')

/** The file behind an address of Google Drive, Dropbox, OneDrive or SharePoint; undefined for any other address. */
export function recogniseSharedFile(address: string): SharedFile | undefined {
  if (address.length > longest || !URL.canParse(address)) return undefined
  const url = new URL(address)
  // `https://drive.google.com@other.example` leads to the other one.
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return undefined
  const provider = providerOf(url.hostname)
  const shape = provider && recognisers[provider](url)
  return shape && { provider, host: url.hostname, url: url.href, ...shape }
}

function providerOf(host: string): SharedFileHost | undefined {
  if (host === 'drive.google.com' || host === 'docs.google.com') return 'google_drive'
  if (/^(?:(?:www|paper)\.)?dropbox\.com$/.test(host) || host === 'dl.dropboxusercontent.com') return 'dropbox'
  if (host === '1drv.ms' || host === 'onedrive.live.com' || /^[a-z0-9-]+\.sharepoint\.com$/.test(host))
    return 'onedrive'
  return undefined
}

const recognisers: Readonly<Record<SharedFileHost, Recogniser>> = {
  google_drive: ({ hostname, pathname, searchParams }) => {
    if (hostname === 'docs.google.com') {
      const mode = /^\/(?:document|spreadsheets|presentation|forms|file)\/(?:u\/\d+\/)?d\/[\w-]+(?:\/([a-z]+))?/.exec(
        pathname,
      )
      return mode ? { isFolder: false, access: accessOf(mode[1]) } : undefined
    }
    if (/^\/drive\/(?:u\/\d+\/)?(?:mobile\/)?folders\/[\w-]+/.test(pathname))
      return { isFolder: true, access: 'unknown' }
    const mode = /^\/file\/(?:u\/\d+\/)?d\/[\w-]+(?:\/([a-z]+))?/.exec(pathname)
    if (mode) return { isFolder: false, access: accessOf(mode[1]) }
    if (/^\/(?:open|uc)$/.test(pathname) && searchParams.has('id')) return { isFolder: false, access: 'unknown' }
    return undefined
  },

  dropbox: ({ hostname, pathname }) => {
    if (hostname === 'paper.dropbox.com')
      return /^\/doc\/./.test(pathname) ? { isFolder: false, access: 'edit' } : undefined
    if (hostname === 'dl.dropboxusercontent.com')
      return /^\/(?:s|scl\/fi)\/./.test(pathname) ? { isFolder: false, access: 'view' } : undefined
    // The old addresses are for looking only; of the new ones either kind exists.
    if (/^\/s\/\w+/.test(pathname)) return { isFolder: false, access: 'view' }
    if (/^\/sh\/\w+/.test(pathname)) return { isFolder: true, access: 'view' }
    if (/^\/scl\/fi\/\w+/.test(pathname)) return { isFolder: false, access: 'unknown' }
    if (/^\/scl\/fo\/\w+/.test(pathname)) return { isFolder: true, access: 'unknown' }
    return undefined
  },

  onedrive: (url) => {
    if (url.hostname === '1drv.ms') return shortOneDrive(url)
    return url.hostname === 'onedrive.live.com' ? personalOneDrive(url) : sharePoint(url)
  },
}

function shortOneDrive({ pathname }: URL): Shape | undefined {
  const kind = /^\/([a-z])\/(?:s!|c\/)[\w!./-]+/.exec(pathname)
  return kind ? { isFolder: kind[1] === 'f', access: 'unknown' } : undefined
}

function personalOneDrive({ pathname, searchParams }: URL): Shape | undefined {
  const page = /^\/(edit|view|embed|download|redir)(?:\.aspx)?$/.exec(pathname)?.[1]
  if (page === undefined && pathname !== '/' && pathname !== '/personal') return undefined
  const isNamed = ['id', 'resid', 'cid', 'authkey', 'redeem'].some((name) => searchParams.has(name))
  return isNamed ? { isFolder: false, access: accessOf(searchParams.get('action') ?? page) } : undefined
}

function sharePoint({ pathname, searchParams }: URL): Shape | undefined {
  const says = searchParams.get('action')
  const kind = /^\/:([a-z]):\/[a-z]\/\S+/.exec(pathname)
  if (kind) return { isFolder: kind[1] === 'f', access: accessOf(says) }
  const page = /\/_layouts\/15\/(doc2?|onedrive|download|guestaccess)\.aspx$/i.exec(pathname)?.[1]
  return page === undefined ? undefined : { isFolder: false, access: accessOf(says ?? page.toLowerCase()) }
}

function accessOf(mode: string | null | undefined): SharedFile['access'] {
  if (/^(?:edit|editnew|formsubmit)$/.test(mode ?? '')) return 'edit'
  return /^(?:view|preview|embed|embedview|interactivepreview|download|htmlview)$/.test(mode ?? '') ? 'view' : 'unknown'
}
