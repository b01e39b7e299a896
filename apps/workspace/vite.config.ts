import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { fontFiles } from '../../packages/ui/src/fonts.ts'

/** fonts.css names its files beside itself; here they come from their packages, the early ones with a preload. */
const fonts: Plugin = {
  name: 'clew-fonts',
  enforce: 'pre',
  transform(code, id) {
    if (!id.split('?')[0]?.endsWith('/ui/src/fonts.css')) return undefined
    return fontFiles.reduce(
      (css, font) => css.replaceAll(`./fonts/${font.file}`, fileURLToPath(import.meta.resolve(font.from))),
      code,
    )
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => early.some((name) => file.includes(name)))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/app/${file}`, crossorigin: '' },
          injectTo: 'head',
        })),
  },
}

const early = fontFiles
  .filter((font) => font.early && font.script === 'latin')
  .map((font) => font.file.replace('.woff2', ''))

// Vite demands a default export.
export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  plugins: [fonts, react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // A strict policy refuses data: addresses, and the polyfill is older than every browser we support.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': process.env['CLEW_API'] ?? 'http://localhost:3000' } },
})
