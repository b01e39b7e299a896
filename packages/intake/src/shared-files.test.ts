import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSharedFiles, recogniseSharedFile } from './shared-files.ts'

const id = '1aB-cD_eFgHiJkLmNoPqRsTuVwXyZ0123'

describe('a link to a file elsewhere', () => {
  test.each([
    [`https://drive.google.com/file/d/${id}/view?usp=sharing`, 'google_drive', 'view', false],
    [`https://drive.google.com/file/d/${id}/view?usp=drive_link`, 'google_drive', 'view', false],
    [`https://drive.google.com/file/d/${id}/edit?usp=sharing`, 'google_drive', 'edit', false],
    [`https://drive.google.com/file/u/1/d/${id}/preview`, 'google_drive', 'view', false],
    [`https://drive.google.com/open?id=${id}`, 'google_drive', 'unknown', false],
    [`https://drive.google.com/uc?export=download&id=${id}`, 'google_drive', 'unknown', false],
    [`https://drive.google.com/drive/folders/${id}?usp=sharing`, 'google_drive', 'unknown', true],
    [`https://drive.google.com/drive/u/0/folders/${id}`, 'google_drive', 'unknown', true],
    [`https://docs.google.com/document/d/${id}/edit?usp=sharing`, 'google_drive', 'edit', false],
    [`https://docs.google.com/spreadsheets/d/${id}/view#gid=0`, 'google_drive', 'view', false],
    ['https://www.dropbox.com/s/a1b2c3d4e5f6g7h/app.har?dl=0', 'dropbox', 'view', false],
    ['https://www.dropbox.com/sh/a1b2c3d4e5f6g7h/AAAbbb?dl=0', 'dropbox', 'view', true],
    ['https://www.dropbox.com/scl/fi/a1b2c3d4/app.har?rlkey=xyz123&st=abc&dl=0', 'dropbox', 'unknown', false],
    ['https://www.dropbox.com/scl/fo/a1b2c3d4/h?rlkey=xyz123&dl=0', 'dropbox', 'unknown', true],
    ['https://dropbox.com/s/a1b2c3d4e5f6g7h/app.har', 'dropbox', 'view', false],
    ['https://dl.dropboxusercontent.com/s/a1b2c3/app.har', 'dropbox', 'view', false],
    ['https://paper.dropbox.com/doc/Notes--A1b2c3', 'dropbox', 'edit', false],
    ['https://1drv.ms/u/s!AbCdEfGhIjKl?e=xYz123', 'onedrive', 'unknown', false],
    ['https://1drv.ms/f/s!AbCdEfGhIjKl', 'onedrive', 'unknown', true],
    ['https://1drv.ms/u/c/0123456789abcdef/EabCdEfGh-_?e=xYz123', 'onedrive', 'unknown', false],
    [
      'https://onedrive.live.com/?authkey=%21ABC&id=0123456789ABCDEF%21123&cid=0123456789ABCDEF',
      'onedrive',
      'unknown',
      false,
    ],
    ['https://onedrive.live.com/edit.aspx?resid=0123456789ABCDEF!123', 'onedrive', 'edit', false],
    ['https://onedrive.live.com/embed?resid=0123456789ABCDEF%21123&authkey=%21ABC', 'onedrive', 'view', false],
    ['https://onedrive.live.com/download?resid=0123456789ABCDEF%21123', 'onedrive', 'view', false],
    ['https://kyma.sharepoint.com/:u:/s/support/EabCdEf-Gh?e=xYz123', 'onedrive', 'unknown', false],
    ['https://kyma-my.sharepoint.com/:u:/g/personal/ann_kyma_example/EabCdEf?e=x', 'onedrive', 'unknown', false],
    [
      'https://kyma.sharepoint.com/:f:/r/sites/support/Shared%20Documents/hars?csf=1&web=1',
      'onedrive',
      'unknown',
      true,
    ],
    ['https://kyma.sharepoint.com/:x:/s/support/Eabc?action=edit', 'onedrive', 'edit', false],
    [
      'https://kyma.sharepoint.com/sites/s/_layouts/15/Doc.aspx?sourcedoc=%7BA%7D&action=view',
      'onedrive',
      'view',
      false,
    ],
    [
      'https://kyma.sharepoint.com/sites/s/_layouts/15/Doc.aspx?sourcedoc=%7BA%7D&action=edit',
      'onedrive',
      'edit',
      false,
    ],
  ])('%s', (url, provider, access, isFolder) => {
    expect(recogniseSharedFile(url)).toEqual({
      provider,
      access,
      isFolder,
      host: new URL(url).hostname,
      url: new URL(url).href,
    })
  })
})

describe('is no such link', () => {
  test.each([
    'http://drive.google.com/file/d/abc/view',
    'https://drive.google.com.evil.example/file/d/abc/view',
    'https://drive.google.com@evil.example/file/d/abc/view',
    'https://me:secret@drive.google.com/file/d/abc/view',
    'https://evil.example/https://drive.google.com/file/d/abc/view',
    'https://evil.example/?u=https%3A%2F%2Fdrive.google.com%2Ffile%2Fd%2Fabc%2Fview',
    'https://notdropbox.com/s/abc/app.har',
    'https://dropbox.com.evil.example/s/abc/app.har',
    'https://evilsharepoint.com/:u:/s/x/y',
    'https://a.b.sharepoint.com.evil.example/:u:/s/x/y',
    'https://drive.google.com:8443/file/d/abc/view',
    'https://drive.google.com/',
    'https://www.dropbox.com/login',
    'https://onedrive.live.com/about',
    'https://kyma.sharepoint.com/sites/support',
    'javascript:alert(1)//https://drive.google.com/file/d/abc/view',
    'https://',
    '',
    `https://drive.google.com/file/d/${'a'.repeat(3000)}/view`,
  ])('%s', (url) => {
    expect(recogniseSharedFile(url)).toBeUndefined()
  })
})

test('links are found in what people write, each once', () => {
  const text = `Here it is: https://drive.google.com/file/d/${id}/view?usp=sharing. And again
(https://drive.google.com/file/d/${id}/view?usp=sharing), or «https://1drv.ms/u/s!AbC?e=1», and https://example.com/x`
  expect(findSharedFiles(text).map(({ provider }) => provider)).toEqual(['google_drive', 'onedrive'])
})

test('no more than five are taken from one message', () => {
  const text = Array.from({ length: 40 }, (_, n) => `https://www.dropbox.com/s/abc${n}/x.har`).join(' ')
  expect(findSharedFiles(text)).toHaveLength(5)
})

test('whatever is written, it ends, and what is found leads where it says', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.webUrl(), (words, url) => {
      for (const file of findSharedFiles(`${words} ${url} https://1drv.ms/u/s!A${words}`))
        expect(new URL(file.url).hostname).toBe(file.host)
    }),
  )
})
