import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, runnerImport } from 'vite';
import { areaDocuments } from './area-documents.mjs';
import { firstLoadBudget } from './first-load-budget.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const portal = process.env.ISU_PORTAL_URL ?? 'http://localhost:8080';
const workspace = join(here, '..', '..', '..');

const app = {
  root: here,
  // The law in the browser is the library itself, from its sources: no build has to come before ours.
  resolve: {
    alias: [
      { find: /^@isu\/(values|calc)$/, replacement: join(workspace, 'libs', '$1', 'src', 'index.ts') },
      { find: /^@isu\/typography\/(jsx-runtime|jsx-dev-runtime)$/, replacement: join(here, 'src', 'typography', '$1.ts') },
    ],
  },
};
// JSX goes through our own runtime, which typesets French (src/typography).
const typesetting = () => react({ jsxImportSource: '@isu/typography' });

/** What is rendered while it is built has no need of its styles. */
const withoutStyles = () => ({
  name: 'without-styles',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('.css') ? '\0without-styles' : null),
  load: (id) => (id === '\0without-styles' ? '' : null),
});

const documents = {
  firstSights: async () =>
    (await runnerImport('/src/first-sight.tsx', { ...app, configFile: false, plugins: [withoutStyles(), typesetting()] })).module
      .firstSights,
  early: '/src/asking/early.ts',
  areas: {
    'mon-compte': '/src/account/account-area.tsx',
    bureau: '/src/desk/desk-area.tsx',
    connexion: '/src/access/sign-in.tsx',
    simulateur: '/src/simulator/simulator.tsx',
  },
};

export default defineConfig({
  ...app,
  plugins: [typesetting(), firstLoadBudget({ gzippedKilobytes: 250 }), areaDocuments(documents)],
  build: {
    outDir: join(here, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    // An image inlined as a data: address would be one more thing for the Content-Security-Policy to allow.
    assetsInlineLimit: 0,
    // The polyfill is an inline script; every browser of the target preloads modules by itself.
    modulePreload: { polyfill: false },
    // Tables of the whole world's IBANs: made when the module is loaded, and of no use to who does not ask for one.
    rollupOptions: { treeshake: { moduleSideEffects: (id) => !/\/(?:ibantools|decimal\.js)\//u.test(id) } },
    chunkSizeWarningLimit: 1000,
  },
  server: {
    port: Number(process.env.ISU_WEB_PORT ?? 5173),
    // The portal believes only what comes from its own origin: while one develops, that is ours.
    proxy: { '/api': { target: portal, headers: { origin: new URL(portal).origin } } },
  },
});
