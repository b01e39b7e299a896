import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { fontFiles } from '../../packages/ui/src/fonts.ts'

/** fonts.css names its files beside itself; here they come from their packages. */
const fontsFromPackages: Plugin = {
  name: 'clew-fonts',
  enforce: 'pre',
  transform(code, id) {
    if (!id.split('?')[0]?.endsWith('/ui/src/fonts.css')) return undefined
    return fontFiles.reduce(
      (css, font) => css.replaceAll(`./fonts/${font.file}`, fileURLToPath(import.meta.resolve(font.from))),
      code,
    )
  },
}

// Vite demands a default export.
export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  plugins: [fontsFromPackages, react()],
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
